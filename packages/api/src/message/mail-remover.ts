import { DELETED_MESSAGES_KEPT_DAYS } from '@mailroom/shared'
import type { DataSource } from 'typeorm'

/** One statement's worth: nobody waits for its locks. */
const BATCH_MESSAGES = 200
const BATCH_IDENTITIES = 5_000
/** Of an account; whoever asks has other work too, and comes back in a second. */
const BATCHES_AT_ONCE = 20

/** Removes the mail of accounts that are gone, and what was deleted long ago, a batch at a time. */
export class MailRemover {
  constructor(private readonly dataSource: DataSource) {}

  /** Removes some of what waits for it, until the signal. Several processes may do so at once. */
  async removeSome(signal: AbortSignal): Promise<void> {
    const waiting: { accountId: string }[] = await this.dataSource.query(
      'SELECT account_id AS "accountId" FROM mail_removal ORDER BY asked_at LIMIT 10',
    )
    for (const { accountId } of waiting) {
      for (let n = 0; n < BATCHES_AT_ONCE && !signal.aborted; n++) {
        if (!(await this.#removeBatch(accountId))) break
      }
    }
    for (let n = 0; n < BATCHES_AT_ONCE && !signal.aborted; n++) {
      if (!(await this.#removeDeleted())) break
    }
  }

  /** What nobody has brought back. Their identities stay: they do not come back from their server. */
  async #removeDeleted(): Promise<boolean> {
    const [, messages] = await this.#delete(
      `DELETE FROM message WHERE id IN (
         SELECT id FROM message WHERE deleted_at < now() - $1 * interval '1 day'
         ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [DELETED_MESSAGES_KEPT_DAYS, BATCH_MESSAGES],
    )
    return messages > 0
  }

  /** Whether there may be more. Sources, contents and attachments go along with their messages. */
  async #removeBatch(accountId: string): Promise<boolean> {
    // Each way has an index of its own.
    for (const isDeleted of ['deleted_at IS NULL', 'deleted_at IS NOT NULL']) {
      const [, messages] = await this.#delete(
        `DELETE FROM message WHERE id IN (
           SELECT id FROM message WHERE account_id = $1 AND ${isDeleted}
           LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [accountId, BATCH_MESSAGES],
      )
      if (messages > 0) return true
    }
    await this.#delete('DELETE FROM mailbox_count WHERE account_id = $1', [accountId])
    const [, identities] = await this.#delete(
      `DELETE FROM received_identity WHERE ctid IN (
         SELECT ctid FROM received_identity WHERE account_id = $1 LIMIT $2)`,
      [accountId, BATCH_IDENTITIES],
    )
    if (identities > 0) return true
    await this.#delete(
      `DELETE FROM mail_removal WHERE account_id = $1
         AND NOT EXISTS (SELECT FROM message WHERE account_id = $1)`,
      [accountId],
    )
    return false
  }

  #delete(sql: string, parameters: unknown[]): Promise<[unknown[], number]> {
    return this.dataSource.query(sql, parameters)
  }
}
