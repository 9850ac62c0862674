import { DiagnosisProblem, OAuthGrantState } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import { SYSTEM } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import type { Plaintext, SecretBox } from '../secret/secret-box.js'
import { secretPlace } from '../secret/secret-column.js'
import { grantEnded } from './grant-record.js'
import { OAuthGrant } from './oauth-grant.entity.js'
import type { Tokens } from './provider-client.js'

type TokenField = 'accessToken' | 'refreshToken'

/** Longer than a refresh can take (discovery and the token, each within its deadline). */
const LEASE_SECONDS = 30

/** A grant's stored tokens, sealed; and the lease by which one process at a time refreshes them. */
export class GrantTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: SecretBox,
  ) {}

  find(id: string): Promise<OAuthGrant | null> {
    return this.dataSource.manager.findOneBy(OAuthGrant, { id })
  }

  open(grant: OAuthGrant, field: TokenField): Plaintext | undefined {
    const sealed = grant[field]
    return sealed === null ? undefined : this.secrets.open(sealed, placeOf(grant.id, field))
  }

  /** The columns that hold these tokens; a refresh token that did not come along stays as it is. */
  columnsFor(id: string, { accessToken, refreshToken, expiresAt }: Tokens) {
    return {
      state: OAuthGrantState.ACTIVE,
      problem: null,
      accessToken: this.secrets.seal(accessToken, placeOf(id, 'accessToken')),
      ...(refreshToken === undefined
        ? {}
        : { refreshToken: this.secrets.seal(refreshToken, placeOf(id, 'refreshToken')) }),
      accessExpiresAt: expiresAt,
    }
  }

  /** Takes the lease; undefined where somebody else has it, or the grant has ended. */
  async lease(id: string): Promise<string | undefined> {
    const leaseId = crypto.randomUUID()
    const { affected } = await this.dataSource.manager
      .createQueryBuilder()
      .update(OAuthGrant)
      .set({ leaseId, leasedUntil: () => `now() + interval '${LEASE_SECONDS} seconds'` })
      .where('id = :id AND state = :state', { id, state: OAuthGrantState.ACTIVE })
      .andWhere('(lease_id IS NULL OR leased_until < now())')
      .execute()
    return affected === 1 ? leaseId : undefined
  }

  /** Keeps what was refreshed under the lease; whoever lost it meanwhile changes nothing. */
  async keep(id: string, leaseId: string, tokens: Tokens): Promise<void> {
    await this.#release(id, leaseId, this.columnsFor(id, tokens))
  }

  /** The provider takes it no more: its tokens are worth nothing and are forgotten. */
  async end(id: string, leaseId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const isEnded = await this.#release(
        id,
        leaseId,
        {
          state: OAuthGrantState.ENDED,
          problem: DiagnosisProblem.OAUTH_GRANT_ENDED,
          accessToken: null,
          refreshToken: null,
        },
        manager,
      )
      if (!isEnded) return
      const grant = await manager.findOneOrFail(OAuthGrant, {
        where: { id },
        relations: { provider: true },
      })
      await recordAudit(manager, SYSTEM, grantEnded(grant, grant.provider))
    })
  }

  /** A later refresh may work. */
  async failed(id: string, leaseId: string): Promise<void> {
    await this.#release(id, leaseId, { problem: DiagnosisProblem.AUTH_TEMPORARY })
  }

  /** Lets go of the lease without having refreshed. */
  async release(id: string, leaseId: string): Promise<void> {
    await this.#release(id, leaseId, {})
  }

  /** Whether the lease was still there. */
  async #release(
    id: string,
    leaseId: string,
    columns: Partial<OAuthGrant>,
    manager = this.dataSource.manager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      OAuthGrant,
      { id, leaseId },
      {
        ...columns,
        leaseId: null,
        leasedUntil: null,
        ...(Object.keys(columns).length > 0 ? { updatedAt: () => 'now()' } : {}),
      },
    )
    return affected === 1
  }
}

const placeOf = (id: string, field: TokenField) => secretPlace(OAuthGrant, field, id)
