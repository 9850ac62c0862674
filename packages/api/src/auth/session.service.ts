import { AuditAction, AuditSubject, type UserRole } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { AnnouncedTransactions } from '../db/announced.js'
import type { ChangeFeed } from '../db/change-feed.js'
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
  /** For whatever changes who may call: every process looks people up again at the COMMIT. */
  readonly transactions: AnnouncedTransactions

  constructor(
    private readonly dataSource: DataSource,
    changes: ChangeFeed,
  ) {
    this.#kept = new KeptCallers(changes)
    this.transactions = new AnnouncedTransactions(dataSource, changes, 'session')
  }

  /**
   * Starts a session; the token is returned once and not kept. Undefined where the person is gone or
   * deactivated, or the password that was checked is no longer his: one statement decides, since any
   * of these may happen while a password is being checked, and would end this session as well. It is
   * told here, so that no way of signing in can be left untold.
   *
   * @param by the person, at the address that signs in
   * @param passwordHash of the password that was checked; undefined where none was
   */
  start(userId: string, by: Actor, passwordHash?: string): Promise<string | undefined> {
    return this.#start(userId, by, passwordHash)
  }

  /** A session in place of one that its own person has just ended by a change: nobody signs in. */
  goOn(userId: string, passwordHash?: string): Promise<string | undefined> {
    return this.#start(userId, undefined, passwordHash)
  }

  async #start(
    userId: string,
    by: Actor | undefined,
    passwordHash: string | undefined,
  ): Promise<string | undefined> {
    const token = createToken()
    const isStarted = await this.dataSource.transaction(async (manager) => {
      const started: unknown[] = await manager.query(
        `WITH person AS (
           UPDATE app_user SET last_sign_in_at = CASE WHEN $5 THEN now() ELSE last_sign_in_at END
           WHERE id = $2 AND deactivated_at IS NULL AND ($3::varchar IS NULL OR password_hash = $3)
           RETURNING id)
         INSERT INTO session (token_hash, user_id, expires_at)
         SELECT $1, id, now() + make_interval(days => $4) FROM person RETURNING user_id`,
        [hashToken(token), userId, passwordHash, ABSOLUTE_DAYS, by !== undefined],
      )
      if (started.length !== 1) return false
      if (by !== undefined) await recordAudit(manager, by, ofPerson(AuditAction.SIGN_IN, by))
      return true
    })
    // Apart: with a person's row held, rows of others' sessions must not be waited for.
    await this.dataSource.query(
      'DELETE FROM session WHERE expires_at < now() OR last_used_at < now() - make_interval(hours => $1)',
      [IDLE_HOURS],
    )
    return isStarted ? token : undefined
  }

  /**
   * Ends a person's sessions with a transaction that holds the person's row: whoever is signing in
   * meanwhile waits there. To be one of {@link transactions}.
   */
  async endAllOf(manager: EntityManager, userId: string): Promise<void> {
    await manager.delete(Session, { userId })
  }

  /** Ends the session everywhere at once; `by` is told to have signed out. */
  async end(token: string, by?: Actor): Promise<void> {
    await this.transactions.run(async (manager) => {
      const { affected } = await manager.delete(Session, { tokenHash: hashToken(token) })
      if (by !== undefined && affected === 1) {
        await recordAudit(manager, by, ofPerson(AuditAction.SIGN_OUT, by))
      }
    })
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
    const now = performance.now()
    const [[row]]: [SessionRow[], number] = await this.dataSource.query(
      `UPDATE session SET last_used_at = now() FROM app_user
       WHERE token_hash = $1 AND app_user.id = user_id AND expires_at > now()
         AND last_used_at > now() - make_interval(hours => $2) AND deactivated_at IS NULL
       RETURNING app_user.id, app_user.role, app_user.login_name,
         (extract(epoch FROM expires_at - now()) * 1000)::float8 AS ends_in_ms`,
      [tokenHash, IDLE_HOURS],
    )
    if (row === undefined) return undefined
    return { id: row.id, role: row.role, name: row.login_name, endsAtMs: now + row.ends_in_ms }
  }
}

const ofPerson = (action: AuditAction, { id, name }: Actor) => ({
  action,
  subject: AuditSubject.USER,
  subjectId: id,
  subjectName: name,
})
