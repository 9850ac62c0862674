import type { UserRole } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import { ANNOUNCE_CHANGE, type ChangeFeed } from '../db/change-feed.js'
import { Session } from './session.entity.js'
import type { Caller } from './caller.js'
import { KeptCallers } from './kept-callers.js'
import { createToken, hashToken } from './token.js'

/** Unused this long, a session ends. How often its use is written down: see KeptCallers. */
const IDLE_HOURS = 24
/** However much it is used, a session ends after this. */
const ABSOLUTE_DAYS = 14

interface SessionRow {
  id: string
  role: UserRole
  login_name: string
  ends_in_ms: number
}

/** Opaque sessions, kept hashed in PostgreSQL; one once looked up is remembered (KeptCallers). */
export class SessionService {
  readonly #kept: KeptCallers

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
  ) {
    this.#kept = new KeptCallers(changes)
  }

  /** Starts a session; the token is returned once and not kept. */
  async start(userId: string): Promise<string> {
    const token = createToken()
    await this.dataSource.query(
      `WITH gone AS (DELETE FROM session WHERE expires_at < now() OR last_used_at < now() - make_interval(hours => $3))
       INSERT INTO session (token_hash, user_id, expires_at) VALUES ($1, $2, now() + make_interval(days => $4))`,
      [hashToken(token), userId, IDLE_HOURS, ABSOLUTE_DAYS],
    )
    return token
  }

  /** Ends the session everywhere at once. */
  async end(token: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(Session, { tokenHash: hashToken(token) })
      await manager.query(ANNOUNCE_CHANGE, ['session'])
    })
    this.changes.emit('session')
  }

  /** Whose session the token is; undefined where it is none, or ended. */
  userOf(token: string): Promise<Caller | undefined> {
    const tokenHash = hashToken(token)
    return this.#kept.find(tokenHash, () => this.#lookUp(tokenHash))
  }

  close(): void {
    this.#kept.close()
  }

  async #lookUp(tokenHash: Buffer): Promise<Caller | undefined> {
    const now = Date.now()
    const [[row]]: [SessionRow[], number] = await this.dataSource.query(
      `UPDATE session SET last_used_at = now() FROM app_user
       WHERE token_hash = $1 AND app_user.id = user_id AND expires_at > now()
         AND last_used_at > now() - make_interval(hours => $2)
       RETURNING app_user.id, app_user.role, app_user.login_name,
         (extract(epoch FROM expires_at - now()) * 1000)::float8 AS ends_in_ms`,
      [tokenHash, IDLE_HOURS],
    )
    if (row === undefined) return undefined
    return { id: row.id, role: row.role, name: row.login_name, endsAtMs: now + row.ends_in_ms }
  }
}
