import { ANNOUNCE_CHANGE } from '../db/change-feed.js';
import { Session } from './session.entity.js';
import { createToken, hashToken } from './token.js';
/** Unused this long, a session ends. */
const IDLE_HOURS = 24;
/** However much it is used, a session ends after this. */
const ABSOLUTE_DAYS = 14;
/** How often the use of a session is written down: its idle end is right to within this. */
const TOUCH_MS = 5 * 60_000;
const KEPT_SESSIONS_MAX = 10_000;
/**
 * Opaque sessions, kept hashed in PostgreSQL. A session once looked up is remembered in this process
 * until any session changes anywhere (ChangeFeed) or it ends; with the feed down, never.
 */
export class SessionService {
    #kept = new Map();
    #generation = 0;
    #stopListening;
    constructor(dataSource, changes) {
        this.dataSource = dataSource;
        this.changes = changes;
        this.#stopListening = changes.on('session', () => {
            this.#generation += 1;
            this.#kept.clear();
        });
    }
    /** Starts a session; the token is returned once and not kept. */
    async start(userId) {
        const token = createToken();
        await this.dataSource.query(`WITH gone AS (DELETE FROM session WHERE expires_at < now() OR last_used_at < now() - make_interval(hours => $3))
       INSERT INTO session (token_hash, user_id, expires_at) VALUES ($1, $2, now() + make_interval(days => $4))`, [hashToken(token), userId, IDLE_HOURS, ABSOLUTE_DAYS]);
        return token;
    }
    /** Ends the session everywhere at once. */
    async end(token) {
        await this.dataSource.transaction(async (manager) => {
            await manager.delete(Session, { tokenHash: hashToken(token) });
            await manager.query(ANNOUNCE_CHANGE, ['session']);
        });
        this.changes.emit('session');
    }
    /** Whose session the token is; undefined where it is none, or ended. */
    async userOf(token) {
        const tokenHash = hashToken(token);
        const key = tokenHash.toString('base64');
        const now = Date.now();
        const kept = this.#kept.get(key);
        if (kept !== undefined && now < kept.endsAtMs && now - kept.touchedAtMs < TOUCH_MS) {
            return kept.user;
        }
        return this.#lookUp(tokenHash, key, now);
    }
    close() {
        this.#stopListening();
    }
    async #lookUp(tokenHash, key, now) {
        const generation = this.#generation;
        const [rows] = await this.dataSource.query(`UPDATE session SET last_used_at = now() FROM app_user
       WHERE token_hash = $1 AND app_user.id = user_id AND expires_at > now()
         AND last_used_at > now() - make_interval(hours => $2)
       RETURNING app_user.id, app_user.role,
         (extract(epoch FROM expires_at - now()) * 1000)::float8 AS ends_in_ms`, [tokenHash, IDLE_HOURS]);
        const row = rows[0];
        if (row === undefined) {
            this.#kept.delete(key);
            return undefined;
        }
        const user = { id: row.id, role: row.role };
        if (this.changes.isLive && generation === this.#generation) {
            if (this.#kept.size >= KEPT_SESSIONS_MAX)
                this.#kept.clear();
            this.#kept.set(key, { user, endsAtMs: now + row.ends_in_ms, touchedAtMs: now });
        }
        return user;
    }
}
//# sourceMappingURL=session.service.js.map