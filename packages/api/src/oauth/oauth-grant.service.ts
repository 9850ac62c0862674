import { AuditAction, OAUTH_CALLBACK_PATH, OAuthFlow } from '@mailroom/shared'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { fieldChanges, secretChange } from '../audit/field-changes.js'
import { recordAudit } from '../audit/record-audit.js'
import type { Person } from '../auth/caller.js'
import type { RequestLimit } from '../auth/request-limit.service.js'
import { hashToken } from '../auth/token.js'
import { asPlaintext, type SecretBox } from '../secret/secret-box.js'
import { secretPlace } from '../secret/secret-column.js'
import { isUuid } from '../validation/rules.js'
import { grantRecord } from './grant-record.js'
import type { GrantTokens } from './grant-tokens.js'
import { OAuthGrant } from './oauth-grant.entity.js'
import { OAuthProvider } from './oauth-provider.entity.js'
import type { OAuthProviderService } from './oauth-provider.service.js'
import { OAuthSignIn } from './oauth-sign-in.entity.js'
import {
  grantNotFound,
  providerChangedMeanwhile,
  providerFailed,
  providerNeedsNoSignIn,
  providerNotFound,
  signInRefusedByProvider,
  signInUnknown,
} from './oauth.errors.js'
import type { ProviderClient, Tokens } from './provider-client.js'
import { ProviderError } from '../transport/provider-error.js'

const SIGN_IN_MINUTES = 10
/** Begun and not finished, of one session; older ones make room. */
const SIGN_INS_MAX = 10

/** Signing in at providers, and what people granted there. */
export class OAuthGrantService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: SecretBox,
    private readonly providers: OAuthProviderService,
    private readonly client: ProviderClient,
    private readonly tokens: GrantTokens,
    private readonly limit: RequestLimit,
  ) {}

  /**
   * Where the person's browser is to go; state, nonce and verifier stay here, bound to the session.
   * Throws TOO_MANY_REQUESTS, since each may ask the provider.
   */
  async start(
    { userId, sessionToken }: Person,
    providerId: string,
    mailbox: string,
    origin: string,
  ): Promise<string> {
    const provider = await this.providers.find(providerId)
    if (provider === null) throw providerNotFound()
    if (provider.flow !== OAuthFlow.AUTHORIZATION_CODE) throw providerNeedsNoSignIn()
    await this.limit.take(userId)
    const redirectUri = redirectUriOf(origin)
    const checks = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: asPlaintext(randomPKCECodeVerifier()),
    }
    const url = await this.client
      .authorizationUrl(provider, checks, redirectUri, mailbox)
      .catch((error: unknown) => {
        throw error instanceof ProviderError ? providerFailed(error.reason) : error
      })
    const stateHash = hashToken(checks.state)
    const sessionHash = hashToken(sessionToken)
    await this.#makeRoom(sessionHash)
    await this.dataSource.transaction(async (manager) => {
      await holdProvider(manager, provider)
      await manager.insert(OAuthSignIn, {
        stateHash,
        sessionHash,
        providerId: provider.id,
        mailbox,
        nonce: checks.nonce,
        verifier: this.secrets.seal(
          checks.verifier,
          secretPlace(OAuthSignIn, 'verifier', stateHash),
        ),
        redirectUri,
        expiresAt: () => `now() + interval '${SIGN_IN_MINUTES} minutes'`,
      })
    })
    return url.href
  }

  /**
   * Takes what the provider sent the browser back with, and keeps the tokens. Throws an AppError where
   * the sign-in was not begun by this session, was used already, or the provider refuses.
   */
  async finish(
    by: Actor,
    { userId, sessionToken }: Person,
    query: URLSearchParams,
  ): Promise<OAuthGrant> {
    const state = query.get('state') ?? ''
    const { signIn, provider } = await this.#takeSignIn(hashToken(state), hashToken(sessionToken))
    const verifier = this.secrets.open(
      signIn.verifier,
      secretPlace(OAuthSignIn, 'verifier', signIn.stateHash),
    )
    const callback = new URL(signIn.redirectUri)
    callback.search = query.toString()
    const tokens = await this.client
      .exchange(provider, { state, nonce: signIn.nonce, verifier }, callback)
      .catch((error: unknown) => {
        throw error instanceof ProviderError ? signInRefusedByProvider(error.reason) : error
      })
    return this.#keep(by, userId, provider, signIn.mailbox, tokens)
  }

  /** The person's own, newest first. */
  list(userId: string): Promise<OAuthGrant[]> {
    return this.dataSource.manager.find(OAuthGrant, {
      where: { userId },
      order: { createdAt: 'DESC', id: 'DESC' },
    })
  }

  /** Forgets a grant and revokes it at the provider; answers whether the provider has done so. */
  async delete(by: Actor, userId: string, id: string): Promise<boolean> {
    const grant = isUuid(id) ? await this.tokens.find(id) : null
    if (grant === null || grant.userId !== userId) throw grantNotFound()
    const token = this.tokens.open(grant, 'refreshToken') ?? this.tokens.open(grant, 'accessToken')
    const provider = await this.providers.find(grant.providerId)
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(OAuthGrant, { id: grant.id })
      if (affected !== 1) throw grantNotFound()
      const name = provider?.name ?? ''
      await recordAudit(manager, by, grantRecord(AuditAction.DELETE, grant, { name }))
    })
    if (token === undefined || provider === null) return false
    return this.client.revoke(provider, token).catch((error: unknown) => {
      if (error instanceof ProviderError) return false
      throw error
    })
  }

  /** Along with their person. The providers are not asked: deleting waits for nobody. */
  async deleteAllOf(manager: EntityManager, by: Actor, userId: string): Promise<void> {
    const grants = await manager.find(OAuthGrant, {
      where: { userId },
      relations: { provider: true },
    })
    await manager.delete(OAuthGrant, { userId })
    const records = grants.map((grant) => grantRecord(AuditAction.DELETE, grant, grant.provider))
    await recordAudit(manager, by, ...records)
  }

  /** Signing in again for the same mailbox renews what was granted, so that whoever uses it goes on. */
  async #keep(
    by: Actor,
    userId: string,
    provider: OAuthProvider,
    mailbox: string,
    tokens: Tokens,
  ): Promise<OAuthGrant> {
    const providerId = provider.id
    return this.dataSource.transaction(async (manager) => {
      await holdProvider(manager, provider)
      const existing = await manager.findOne(OAuthGrant, {
        where: { userId, providerId, mailbox },
        lock: { mode: 'pessimistic_write' },
      })
      const id = existing?.id ?? (await newId(manager))
      const columns = {
        refreshToken: null,
        ...this.tokens.columnsFor(id, tokens),
        // A refresh of the old tokens that is on its way must not overwrite the new ones.
        leaseId: null,
        leasedUntil: null,
      }
      if (existing === null) {
        await manager.insert(OAuthGrant, { id, userId, providerId, mailbox, ...columns })
      } else {
        await manager.update(OAuthGrant, { id }, { ...columns, updatedAt: () => 'now()' })
      }
      const grant = await manager.findOneByOrFail(OAuthGrant, { id })
      const action = existing === null ? AuditAction.CREATE : AuditAction.UPDATE
      const changes = fieldChanges(existing === null ? undefined : { state: existing.state }, {
        state: grant.state,
      })
      await recordAudit(
        manager,
        by,
        grantRecord(action, grant, provider, [...changes, secretChange('token')]),
      )
      return grant
    })
  }

  /**
   * Used once: whoever comes second, or from another session, finds nothing. A change of the provider
   * deletes what was begun there, so the provider read beside the locked row is the one it began at.
   */
  async #takeSignIn(
    stateHash: Buffer,
    sessionHash: Buffer,
  ): Promise<{ signIn: OAuthSignIn; provider: OAuthProvider }> {
    return this.dataSource.transaction(async (manager) => {
      const signIn = await manager
        .createQueryBuilder(OAuthSignIn, 'sign_in')
        .setLock('pessimistic_write')
        .where('sign_in.stateHash = :stateHash AND sign_in.sessionHash = :sessionHash', {
          stateHash,
          sessionHash,
        })
        .andWhere('sign_in.expiresAt > now()')
        .getOne()
      if (signIn === null) throw signInUnknown()
      const provider = await manager.findOneByOrFail(OAuthProvider, { id: signIn.providerId })
      await manager.delete(OAuthSignIn, { stateHash })
      return { signIn, provider }
    })
  }

  async #makeRoom(sessionHash: Buffer): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM oauth_sign_in WHERE expires_at < now() OR state_hash IN (
         SELECT state_hash FROM oauth_sign_in WHERE session_hash = $1
         ORDER BY expires_at DESC OFFSET $2)`,
      [sessionHash, SIGN_INS_MAX - 1],
    )
  }
}

/**
 * Keeps a provider as it was read until the transaction ends. Changed meanwhile, what it gave must not
 * be kept under settings that would send it elsewhere.
 */
async function holdProvider(manager: EntityManager, { id, version }: OAuthProvider): Promise<void> {
  const now = await manager.findOne(OAuthProvider, {
    where: { id },
    lock: { mode: 'pessimistic_read' },
  })
  if (now === null) throw providerNotFound()
  if (now.version !== version) throw providerChangedMeanwhile()
}

/** Where providers send people back to; what is to be registered there. */
export function redirectUriOf(origin: string): string {
  return `${origin}${OAUTH_CALLBACK_PATH}`
}

/** Tokens are sealed with the row's id, which must therefore be known before the row is. */
async function newId(manager: { query(sql: string): Promise<{ id: string }[]> }): Promise<string> {
  const [row] = await manager.query('SELECT uuidv7() AS id')
  return row?.id ?? crypto.randomUUID()
}
