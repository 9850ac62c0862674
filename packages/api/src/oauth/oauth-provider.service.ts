import {
  AuditAction,
  AuditSubject,
  FieldRule,
  OAUTH_PROVIDERS_MAX,
  OAuthGrantState,
  OAuthPreset,
} from '@mailroom/shared'
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { fieldChanges, secretChange } from '../audit/field-changes.js'
import { recordAudit, type AuditRecord } from '../audit/record-audit.js'
import { AnnouncedTransactions } from '../db/announced.js'
import type { ChangeFeed } from '../db/change-feed.js'
import { badUserInput } from '../errors.js'
import { asPlaintext, type SecretBox } from '../secret/secret-box.js'
import { secretPlace } from '../secret/secret-column.js'
import { isUuid } from '../validation/rules.js'
import {
  providerChanged,
  providerInUse,
  providerNotFound,
  tooManyProviders,
} from './oauth.errors.js'
import { OAuthProvider } from './oauth-provider.entity.js'
import type { OAuthProviderInput } from './oauth-provider.input.js'
import { OAuthGrant } from './oauth-grant.entity.js'
import { grantEnded, grantRecord } from './grant-record.js'
import type { OAuthProviderSettings } from './oauth-provider-settings.js'
import { OAuthSignIn } from './oauth-sign-in.entity.js'

/** Of the servers that use a provider, as many are named when it cannot be deleted. */
const NAMED_SERVERS_MAX = 5
const FOREIGN_KEY_VIOLATION = '23503'

/** Keeps the OAuth 2.0 providers where Mailroom is registered as a client. */
export class OAuthProviderService {
  /** Whether people sign in at a provider is told with the servers that use it. */
  readonly #transactions: AnnouncedTransactions

  constructor(
    private readonly dataSource: DataSource,
    changes: ChangeFeed,
    private readonly secrets: SecretBox,
  ) {
    this.#transactions = new AnnouncedTransactions(dataSource, changes, 'mail-server')
  }

  /** By name. */
  list(manager = this.dataSource.manager): Promise<OAuthProvider[]> {
    return manager.find(OAuthProvider, { order: { name: 'ASC', id: 'ASC' } })
  }

  async find(id: string): Promise<OAuthProvider | null> {
    return isUuid(id) ? this.dataSource.manager.findOneBy(OAuthProvider, { id }) : null
  }

  countGrants(providerId: string): Promise<number> {
    return this.dataSource.manager.countBy(OAuthGrant, { providerId })
  }

  create(by: Actor, input: OAuthProviderInput): Promise<OAuthProvider> {
    return this.dataSource.transaction(async (manager) => {
      if ((await manager.count(OAuthProvider)) >= OAUTH_PROVIDERS_MAX) {
        throw tooManyProviders(OAUTH_PROVIDERS_MAX)
      }
      const { identifiers } = await manager.insert(OAuthProvider, settingsOf(input))
      const id = String(identifiers[0]?.['id'])
      if (input.clientSecret != null) {
        await manager.update(OAuthProvider, { id }, { clientSecret: this.#seal(input, id) })
      }
      const provider = await get(manager, id)
      await recordAudit(manager, by, recordOf(AuditAction.CREATE, undefined, provider))
      return provider
    })
  }

  /** Replaces the settings where nobody else has since `version` was read. */
  update(
    by: Actor,
    id: string,
    version: number,
    input: OAuthProviderInput,
  ): Promise<OAuthProvider> {
    return this.#transactions.run(async (manager) => {
      const before = isUuid(id)
        ? await manager.findOne(OAuthProvider, {
            where: { id },
            lock: { mode: 'pessimistic_write' },
          })
        : null
      if (before === null) throw providerNotFound()
      if (before.version !== version) throw providerChanged(before.version)
      const settings = settingsOf(input)
      if (goesElsewhere(before, settings)) {
        // The stored secret was entered for the old place; sent to the new one it would be given away.
        if (before.clientSecret !== null && input.clientSecret === undefined) {
          throw badUserInput([{ path: 'clientSecret', rule: FieldRule.secretAgain }])
        }
        await endGrants(manager, by, before)
      }
      await manager.update(
        OAuthProvider,
        { id },
        {
          ...settings,
          ...(input.clientSecret === undefined ? {} : { clientSecret: this.#seal(input, id) }),
          version: version + 1,
          updatedAt: () => 'now()',
        },
      )
      const after = await get(manager, id)
      await recordAudit(manager, by, recordOf(AuditAction.UPDATE, before, after))
      return after
    })
  }

  /** With what was granted there. CONFLICT while a mail server that is not deleted uses it. */
  delete(by: Actor, id: string): Promise<OAuthProvider> {
    return this.#transactions
      .run(async (manager) => {
        // Locked, so that no grant is kept there between our look and the deletion.
        const found = isUuid(id)
          ? await manager.findOne(OAuthProvider, {
              where: { id },
              lock: { mode: 'pessimistic_write' },
            })
          : null
        if (found === null) throw providerNotFound()
        await refuseWhileUsed(manager, id)
        // A deleted server cannot be changed any more; once restored it says that it has no provider.
        await manager.query(
          'UPDATE mail_server SET oauth_provider_id = NULL WHERE oauth_provider_id = $1 AND deleted_at IS NOT NULL',
          [id],
        )
        // The grants go with it.
        const grants = await manager.findBy(OAuthGrant, { providerId: id })
        await manager.delete(OAuthProvider, { id })
        await recordAudit(
          manager,
          by,
          recordOf(AuditAction.DELETE, found, undefined),
          ...grants.map((grant) => grantRecord(AuditAction.DELETE, grant, found)),
        )
        return found
      })
      .catch(async (error: unknown) => {
        // Somebody chose it between our look and the deletion.
        if (isForeignKeyViolation(error)) await refuseWhileUsed(this.dataSource.manager, id)
        throw error
      })
  }

  #seal({ clientSecret }: OAuthProviderInput, id: string): Buffer | null {
    return clientSecret == null
      ? null
      : this.secrets.seal(asPlaintext(clientSecret), secretPlace(OAuthProvider, 'clientSecret', id))
  }
}

type Settings = ReturnType<typeof settingsOf>

/** Valid settings as they are kept: trimmed, and what the preset does not have left out. */
function settingsOf({
  name,
  preset,
  metadataUrl,
  tenant,
  clientId,
  scopes,
  flow,
}: OAuthProviderSettings) {
  return {
    name: name.trim(),
    preset,
    metadataUrl: preset === OAuthPreset.CUSTOM ? (metadataUrl?.trim() ?? null) : null,
    tenant: (preset === OAuthPreset.MICROSOFT && tenant?.trim().toLowerCase()) || null,
    clientId: clientId.trim(),
    scopes: scopes.trim().replace(/\s+/g, ' '),
    flow,
  }
}

/** Whether secret and tokens would go to another server, or come from another client. */
function goesElsewhere(before: OAuthProvider, after: Settings): boolean {
  return (['preset', 'metadataUrl', 'tenant', 'clientId'] as const).some(
    (key) => before[key] !== after[key],
  )
}

/** What the old provider gave must not be sent to the new one. */
async function endGrants(manager: EntityManager, by: Actor, before: OAuthProvider): Promise<void> {
  const providerId = before.id
  await manager.delete(OAuthSignIn, { providerId })
  // No grant comes nor goes meanwhile: whoever keeps one holds the provider first.
  const grants = await manager.findBy(OAuthGrant, { providerId })
  const working = grants.filter(({ state }) => state === OAuthGrantState.ACTIVE)
  await manager.update(
    OAuthGrant,
    { providerId },
    {
      state: OAuthGrantState.ENDED,
      problem: 'OAUTH_GRANT_ENDED',
      accessToken: null,
      refreshToken: null,
      leaseId: null,
      updatedAt: () => 'now()',
    },
  )
  await recordAudit(manager, by, ...working.map((grant) => grantEnded(grant, before)))
}

function recordOf(
  action: AuditAction,
  before: OAuthProvider | undefined,
  after: OAuthProvider | undefined,
): AuditRecord {
  const secret = [before?.clientSecret ?? null, after?.clientSecret ?? null] as const
  const isSame = secret[0] === null ? secret[1] === null : secret[1]?.equals(secret[0]) === true
  const named = after ?? before
  return {
    action,
    subject: AuditSubject.OAUTH_PROVIDER,
    subjectId: named?.id ?? null,
    subjectName: named?.name ?? '',
    changes: [
      ...fieldChanges(before && settingsOf(before), after && settingsOf(after)),
      ...(isSame ? [] : [secretChange('clientSecret')]),
    ],
  }
}

async function refuseWhileUsed(manager: EntityManager, id: string): Promise<void> {
  const users: { name: string }[] = await manager.query(
    'SELECT name FROM mail_server WHERE oauth_provider_id = $1 AND deleted_at IS NULL ORDER BY position',
    [id],
  )
  if (users.length > 0) {
    throw providerInUse(
      users.slice(0, NAMED_SERVERS_MAX).map(({ name }) => name),
      users.length,
    )
  }
}

async function get(manager: EntityManager, id: string): Promise<OAuthProvider> {
  const provider = await manager.findOneBy(OAuthProvider, { id })
  if (provider === null) throw providerNotFound()
  return provider
}

function isForeignKeyViolation(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : undefined
  return cause instanceof Error && 'code' in cause && cause.code === FOREIGN_KEY_VIOLATION
}
