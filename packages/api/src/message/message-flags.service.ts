import type { EntityManager } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import type { AnnouncedTransactions } from '../db/announced.js'
import { readRows } from '../db/read-rows.js'
import { isUuid } from '../validation/rules.js'
import { toMessages } from './message-rows.js'
import { Message } from './message.entity.js'
import { messageNotFound, stillBeingSent } from './message.errors.js'
import type { MailMessage } from './message.type.js'

/**
 * Marks messages, deletes them and brings them back. Of many, those are left out that are gone or
 * outside of the scope: somebody else may have deleted one meanwhile. NOT_FOUND where none is left.
 */
export class MessageFlagsService {
  constructor(
    private readonly transactions: AnnouncedTransactions,
    private readonly accounts: AccountReader,
  ) {}

  markRead(scope: AccountScope, ids: readonly string[], read: boolean): Promise<MailMessage[]> {
    return this.#change(scope, ids, false, async (manager, rows) => {
      await manager.query(
        'UPDATE message SET is_read = $2 WHERE id = ANY ($1::uuid[]) AND is_read <> $2',
        [idsOf(rows), read],
      )
      return toMessages(
        manager,
        rows.map((row) => ({ ...row, isRead: read })),
      )
    })
  }

  /**
   * Hides messages until they are brought back or, after a while, removed for good (mail-remover.ts).
   * What is on its way out stays, since nobody would see any more that it goes; CONFLICT where nothing
   * else is asked for.
   */
  delete(scope: AccountScope, ids: readonly string[]): Promise<string[]> {
    return this.#change(scope, ids, false, async (manager, rows) => {
      const [deleted]: [{ id: string }[], number] = await manager.query(
        `UPDATE message SET deleted_at = now() WHERE id = ANY ($1::uuid[]) AND NOT EXISTS (
           SELECT FROM sending WHERE sending.message_id = message.id
             AND state IN ('QUEUED', 'SENDING'))
         RETURNING id`,
        [idsOf(rows)],
      )
      if (deleted.length === 0) throw stillBeingSent()
      const gone = new Set(deleted.map(({ id }) => id))
      return idsOf(rows).filter((id) => gone.has(id))
    })
  }

  /** Those that were not deleted stay as they are. */
  restore(scope: AccountScope, ids: readonly string[]): Promise<MailMessage[]> {
    return this.#change(scope, ids, true, async (manager, rows) => {
      await manager.query(
        `UPDATE message SET deleted_at = NULL
         WHERE id = ANY ($1::uuid[]) AND deleted_at IS NOT NULL`,
        [idsOf(rows)],
      )
      return toMessages(manager, rows)
    })
  }

  #change<T>(
    scope: AccountScope,
    ids: readonly string[],
    isDeletedToo: boolean,
    work: (manager: EntityManager, rows: readonly Message[]) => Promise<T>,
  ): Promise<T> {
    return this.transactions.run(async (manager) => {
      // In the order of their ids, so that two who change the same ones do not wait for each other.
      const found = await readRows(
        manager,
        Message,
        undefined,
        `WHERE id = ANY ($1::uuid[])${isDeletedToo ? '' : ' AND deleted_at IS NULL'}
         ORDER BY id FOR UPDATE`,
        [ids.filter(isUuid)],
      )
      const accountIds = found.map(({ accountId }) => accountId)
      const within = await this.accounts.within(scope, accountIds, manager)
      const rows = found.filter(({ accountId }) => within.has(accountId))
      if (rows.length === 0) throw messageNotFound()
      return work(manager, rows)
    })
  }
}

const idsOf = (rows: readonly Message[]) => rows.map(({ id }) => id)
