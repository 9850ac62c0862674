import { randomBytes } from 'node:crypto'
import {
  API_TOKENS_MAX,
  API_TOKEN_PREFIX,
  AuditAction,
  AuditSubject,
  UserRole,
} from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { fieldChanges } from '../audit/field-changes.js'
import { recordAudit, type AuditRecord } from '../audit/record-audit.js'
import { AnnouncedTransactions } from '../db/announced.js'
import type { ChangeFeed } from '../db/change-feed.js'
import { isUuid } from '../validation/rules.js'
import { ApiToken } from './api-token.entity.js'
import {
  apiTokenExpired,
  apiTokenNotFound,
  apiTokenRevoked,
  apiTokenSuspended,
  apiTokenUnknown,
  tooManyApiTokens,
} from './api-token.errors.js'
import type { ApiTokenInput } from './api-token.input.js'
import type { Caller } from './caller.js'
import { KeptCallers } from './kept-callers.js'
import type { RequestLimit } from './request-limit.service.js'
import { hashToken } from './token.js'

/** 256 bits: nobody guesses one. In hex, so that a double click selects all of it. */
const TOKEN_BYTES = 32
const TOKEN_PATTERN = new RegExp(`^${API_TOKEN_PREFIX}[0-9a-f]{${TOKEN_BYTES * 2}}$`)
const ENDING_LENGTH = 4
/** What has ended stays in the list this long, so that "why did it stop" has its answer there. */
const ENDED_KEPT_DAYS = 90

/** A token just made. */
export interface MadeApiToken {
  /** As its bearer sends it; not kept. */
  readonly token: string
  readonly apiToken: ApiToken
}

interface FoundToken {
  id: string
  name: string
  role: UserRole
  user_id: string
  user_role: UserRole
  login_name: string
  is_revoked: boolean
  is_expired: boolean
  is_suspended: boolean
  ends_in_ms: number
}

/** API tokens, kept hashed in PostgreSQL; one once looked up is remembered (KeptCallers). */
export class ApiTokenService {
  readonly #kept: KeptCallers
  readonly #revocations: AnnouncedTransactions

  constructor(
    private readonly dataSource: DataSource,
    changes: ChangeFeed,
    private readonly refused: RequestLimit,
  ) {
    this.#kept = new KeptCallers(changes)
    this.#revocations = new AnnouncedTransactions(dataSource, changes, 'session')
  }

  /** Those that can be used first, then those that ended lately; newest first. */
  list(): Promise<ApiToken[]> {
    return this.dataSource.manager
      .createQueryBuilder(ApiToken, 'token')
      .innerJoinAndSelect('token.user', 'user')
      .where('least(token.revoked_at, token.expires_at) > now() - make_interval(days => :days)', {
        days: ENDED_KEPT_DAYS,
      })
      .addSelect('token.revoked_at IS NULL AND token.expires_at > now()', 'is_active')
      .orderBy('is_active', 'DESC')
      .addOrderBy('token.id', 'DESC')
      .getMany()
  }

  /** Makes a token that acts in the person's place. */
  async create(
    by: Actor,
    userId: string,
    { name, role, expiresInDays }: ApiTokenInput,
  ): Promise<MadeApiToken> {
    const token = API_TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('hex')
    const apiToken = await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `DELETE FROM api_token WHERE least(revoked_at, expires_at) < now() - make_interval(days => $1)`,
        [ENDED_KEPT_DAYS],
      )
      const [row]: { id: string }[] = await manager.query(
        `INSERT INTO api_token (name, role, user_id, token_hash, ending, expires_at)
         SELECT $1, $2, $3, $4, $5, now() + make_interval(days => $6)
         WHERE (SELECT count(*) FROM api_token WHERE revoked_at IS NULL AND expires_at > now()) < $7
         RETURNING id`,
        [
          name.trim(),
          role,
          userId,
          hashToken(token),
          token.slice(-ENDING_LENGTH),
          expiresInDays,
          API_TOKENS_MAX,
        ],
      )
      if (row === undefined) throw tooManyApiTokens(API_TOKENS_MAX)
      const made = await this.#get(row.id, manager)
      await recordAudit(manager, by, recordOf(AuditAction.CREATE, undefined, made))
      return made
    })
    return { token, apiToken }
  }

  /** Ends a token everywhere at once; one that has ended stays as it is. */
  revoke(by: Actor, id: string): Promise<ApiToken> {
    return this.#revocations.run(async (manager) => {
      const before = await this.#get(id, manager)
      const [, count]: [unknown, number] = await manager.query(
        'UPDATE api_token SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
        [id],
      )
      if (count === 0) return before
      const after = await this.#get(id, manager)
      await recordAudit(manager, by, recordOf(AuditAction.DELETE, before, after))
      return after
    })
  }

  /** Along with its person; of what was revoked that is told already. */
  async deleteAllOf(manager: EntityManager, by: Actor, userId: string): Promise<void> {
    const tokens = await manager.find(ApiToken, { where: { userId }, relations: { user: true } })
    await manager.delete(ApiToken, { userId })
    const records = tokens
      .filter(({ revokedAt }) => revokedAt === null)
      .map((token) => recordOf(AuditAction.DELETE, token, undefined))
    await recordAudit(manager, by, ...records)
  }

  /**
   * Whom the token stands for. Throws UNAUTHENTICATED with the reason where it cannot be used, and
   * TOO_MANY_REQUESTS to an address from which that goes on and on; a good one is never refused.
   */
  async callerOf(token: string, address: string): Promise<Caller> {
    if (!TOKEN_PATTERN.test(token)) return this.#refuse(apiTokenUnknown(), address)
    const tokenHash = hashToken(token)
    let refusal = apiTokenUnknown()
    const caller = await this.#kept.find(tokenHash, async () => {
      const now = performance.now()
      const found = await this.#lookUp(tokenHash)
      if (found === undefined) return undefined
      if (found.is_revoked) refusal = apiTokenRevoked()
      else if (found.is_expired) refusal = apiTokenExpired()
      else if (found.is_suspended) refusal = apiTokenSuspended()
      else return asCaller(found, now)
      return undefined
    })
    return caller ?? this.#refuse(refusal, address)
  }

  close(): void {
    this.#kept.close()
  }

  /** Finds a token and notes its use, every few minutes: every request would be a write otherwise. */
  async #lookUp(tokenHash: Buffer): Promise<FoundToken | undefined> {
    const [found]: FoundToken[] = await this.dataSource.query(
      `WITH found AS (
         SELECT t.id, t.name, t.role, t.user_id, u.role AS user_role, u.login_name,
           t.revoked_at IS NOT NULL AS is_revoked, t.expires_at <= now() AS is_expired,
           u.deactivated_at IS NOT NULL AS is_suspended,
           (extract(epoch FROM t.expires_at - now()) * 1000)::float8 AS ends_in_ms
         FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE t.token_hash = $1
       ), noted AS (
         UPDATE api_token SET last_used_at = now() FROM found
         WHERE api_token.id = found.id AND NOT is_revoked AND NOT is_expired AND NOT is_suspended
           AND (last_used_at IS NULL OR last_used_at < now() - interval '4 minutes')
       )
       SELECT * FROM found`,
      [tokenHash],
    )
    return found
  }

  /** Counts a refused token. */
  async #refuse(reason: Error, address: string): Promise<never> {
    await this.refused.take(address)
    throw reason
  }

  async #get(id: string, manager: EntityManager): Promise<ApiToken> {
    const token = isUuid(id)
      ? await manager.findOne(ApiToken, { where: { id }, relations: { user: true } })
      : null
    if (token === null) throw apiTokenNotFound()
    return token
  }
}

/** With the least of both roles: somebody's tokens may never do what he may no longer do himself. */
function asCaller(found: FoundToken, now: number): Caller {
  const isAdmin = found.role === UserRole.ADMIN && found.user_role === UserRole.ADMIN
  return {
    id: found.user_id,
    role: isAdmin ? UserRole.ADMIN : UserRole.USER,
    name: found.login_name,
    token: { id: found.id, name: found.name },
    endsAtMs: now + found.ends_in_ms,
  }
}

/** At least one of them is there. */
function recordOf(
  action: AuditAction,
  before: ApiToken | undefined,
  after: ApiToken | undefined,
): AuditRecord {
  const named = after ?? before
  return {
    action,
    subject: AuditSubject.API_TOKEN,
    subjectId: named?.id ?? null,
    subjectName: named === undefined ? '' : `${named.name} (…${named.ending})`,
    changes: fieldChanges(before && told(before), after && told(after)),
  }
}

/** All that is told of a token. */
function told({ name, role, user, expiresAt, revokedAt }: ApiToken) {
  return { name, role, user: user.loginName, expiresAt, revokedAt }
}
