import { AuditAction, AuditSubject, type UserRole } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { ANNOUNCE_CHANGE, type ChangeFeed } from '../db/change-feed.js'
import { Session } from './session.entity.js'
import type { Caller } from './caller.js'
import { createToken, hashToken } from './token.js'

/** Unused this long, a session ends. */
const IDLE_HOURS = 24
/** However much it is used, a session ends after this. */
const ABSOLUTE_DAYS = 14
/** How often the use of a session is written down: its idle end is right to within this. */
const TOUCH_MS = 5 * 60_000
const KEPT_SESSIONS_MAX = 10_000

interface KeptSession {
  readonly user: Caller
  readonly endsAtMs: number
  touchedAtMs: number
}

interface SessionRow {
  id: string
  role: UserRole
  login_name: string
  ends_in_ms: number
}

/**
 * Opaque sessions, kept hashed in PostgreSQL. A session once looked up is remembered in this process
 * until any session changes anywhere (ChangeFeed) or it ends; with the feed down, never.
 */
export class SessionService {
  readonly #kept = new Map<string, KeptSession>()
  #generation = 0
  readonly #stopListening: () => void

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
  ) {
    this.#stopListening = changes.on('session', () => {
      this.#generation += 1
      this.#kept.clear()
    })
  }

  /** Starts a session; the token is returned once and not kept. However somebody signs in, it is told here. */
  async start(userId: string, by: Actor): Promise<string> {
    const token = createToken()
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `WITH gone AS (DELETE FROM session WHERE expires_at < now() OR last_used_at < now() - make_interval(hours => $3))
         INSERT INTO session (token_hash, user_id, expires_at) VALUES ($1, $2, now() + make_interval(days => $4))`,
        [hashToken(token), userId, IDLE_HOURS, ABSOLUTE_DAYS],
      )
      await recordAudit(manager, by, ofPerson(AuditAction.SIGN_IN, by))
    })
    return token
  }

  /** Ends the session everywhere at once; `by` is told to have signed out. */
  async end(token: string, by?: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(Session, { tokenHash: hashToken(token) })
      await manager.query(ANNOUNCE_CHANGE, ['session'])
      if (by !== undefined && affected === 1) {
        await recordAudit(manager, by, ofPerson(AuditAction.SIGN_OUT, by))
      }
    })
    this.changes.emit('session')
  }

  /** Whose session the token is; undefined where it is none, or ended. */
  async userOf(token: string): Promise<Caller | undefined> {
    const tokenHash = hashToken(token)
    const key = tokenHash.toString('base64')
    const now = Date.now()
    const kept = this.#kept.get(key)
    if (kept !== undefined && now < kept.endsAtMs && now - kept.touchedAtMs < TOUCH_MS) {
      return kept.user
    }
    return this.#lookUp(tokenHash, key, now)
  }

  close(): void {
    this.#stopListening()
  }

  async #lookUp(tokenHash: Buffer, key: string, now: number): Promise<Caller | undefined> {
    const generation = this.#generation
    const [rows]: [SessionRow[], number] = await this.dataSource.query(
      `UPDATE session SET last_used_at = now() FROM app_user
       WHERE token_hash = $1 AND app_user.id = user_id AND expires_at > now()
         AND last_used_at > now() - make_interval(hours => $2)
       RETURNING app_user.id, app_user.role, app_user.login_name,
         (extract(epoch FROM expires_at - now()) * 1000)::float8 AS ends_in_ms`,
      [tokenHash, IDLE_HOURS],
    )
    const row = rows[0]
    if (row === undefined) {
      this.#kept.delete(key)
      return undefined
    }
    const user: Caller = { id: row.id, role: row.role, name: row.login_name }
    if (this.changes.isLive && generation === this.#generation) {
      if (this.#kept.size >= KEPT_SESSIONS_MAX) this.#kept.clear()
      this.#kept.set(key, { user, endsAtMs: now + row.ends_in_ms, touchedAtMs: now })
    }
    return user
  }
}

const ofPerson = (action: AuditAction, { id, name }: Actor) => ({
  action,
  subject: AuditSubject.USER,
  subjectId: id,
  subjectName: name,
})
