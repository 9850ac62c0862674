import { AuditAction, SendState } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import type { MailAccount } from '../account/account.entity.js'
import { accountNotFound } from '../account/account.errors.js'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import type { SoonAnnouncedTransactions } from '../db/announced.js'
import { readRows } from '../db/read-rows.js'
import { isUuid } from '../validation/rules.js'
import type { Draft } from './draft.entity.js'
import { changedSendings, markOf } from './changed-sendings.js'
import type { DraftService } from './draft.service.js'
import { hostOf } from './outbox-store.js'
import { withoutReached } from './recipients.js'
import type { SendQueue } from './send-queue.js'
import { SendingRecipient } from './sending-recipient.entity.js'
import { Sending } from './sending.entity.js'
import {
  endHalfSent,
  IS_SHOWN,
  moveToSent,
  reachedBy,
  recordOf,
  removeMail,
  requireShown,
} from './sending-writes.js'
import {
  draftNotFound,
  notToBeConfirmed,
  notToBeSentAgain,
  sendingNotFound,
  tooLateToCancel,
} from './sending.errors.js'
import type { Writer } from './writer.js'

/** A whole outbox that goes out is told in a few pieces. */
const CHANGES_APART_MS = 200

/** Nobody is at these. */
const TO_BE_TAKEN_BACK: readonly SendState[] = [SendState.QUEUED, SendState.FAILED]

interface SendingParts {
  readonly dataSource: DataSource
  readonly accounts: AccountReader
  readonly transactions: SoonAnnouncedTransactions
  readonly drafts: DraftService
  readonly queue: SendQueue
}

/** Tells of sendings and what people decide about them. Within a scope, what is outside does not exist. */
export class SendingService {
  constructor(private readonly parts: SendingParts) {}

  async find(scope: AccountScope, id: string): Promise<Sending | null> {
    return (await this.#find(scope, id))?.sending ?? null
  }

  /** By the messages that they send; whoever asks may read those. */
  async ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, Sending>> {
    const tail = 'WHERE message_id = ANY ($1::uuid[])'
    const rows = await readRows(this.parts.dataSource, Sending, undefined, tail, [messageIds])
    return new Map(rows.map((row) => [row.messageId, row]))
  }

  /** What became of each recipient, by sending. */
  async recipientsOf(ids: readonly string[]): Promise<ReadonlyMap<string, SendingRecipient[]>> {
    const tail = 'WHERE sending_id = ANY ($1::uuid[]) ORDER BY sending_id, position'
    const rows = await readRows(this.parts.dataSource, SendingRecipient, undefined, tail, [ids])
    return Map.groupBy(rows, ({ sendingId }) => sendingId)
  }

  /**
   * Sends one that is FAILED or UNCONFIRMED once more, to whom it has not reached. Throws NOT_FOUND,
   * CONFLICT.
   */
  async retry(scope: AccountScope, by: Actor, id: string): Promise<Sending> {
    return this.#change(scope, by, id, AuditAction.SEND_AGAIN, async (manager, account) => {
      const [, changed]: [unknown, number] = await manager.query(
        `UPDATE sending SET state = 'QUEUED', due_at = now(), attempts = 0, problem = NULL,
           detail = NULL, dot_at = NULL, ended_at = NULL, changed_at = now(), fence = fence + 1
         WHERE id = $1 AND state IN ('FAILED', 'UNCONFIRMED')`,
        [id],
      )
      if (changed === 0) throw notToBeSentAgain()
      await requireShown(manager, id)
      await manager.query(
        `UPDATE sending_recipient SET state = 'PENDING', said = NULL
         WHERE sending_id = $1 AND state <> 'ACCEPTED'`,
        [id],
      )
      await this.parts.queue.send(manager, account.id, await hostOf(manager, account.mailServerId))
    })
  }

  /** Somebody has looked: an UNCONFIRMED one did arrive. Throws NOT_FOUND, CONFLICT. */
  async confirm(scope: AccountScope, by: Actor, id: string): Promise<Sending> {
    return this.#change(scope, by, id, AuditAction.CONFIRM_SENT, async (manager) => {
      const [, changed]: [unknown, number] = await manager.query(
        `UPDATE sending SET state = 'SENT', content = NULL, changed_at = now(), fence = fence + 1
         WHERE id = $1 AND state = 'UNCONFIRMED'`,
        [id],
      )
      if (changed === 0) throw notToBeConfirmed()
      await manager.query(
        `UPDATE sending_recipient SET state = 'ACCEPTED' WHERE sending_id = $1 AND state = 'PENDING'`,
        [id],
      )
      await moveToSent(manager, id)
    })
  }

  /**
   * Takes a QUEUED or FAILED one back, as a draft of the caller's. Where some have got it already, it is
   * SENT to those, and the draft is for the others. Throws NOT_FOUND, CONFLICT.
   */
  async cancel(writer: Writer, by: Actor, id: string): Promise<Draft> {
    const { accounts, drafts, transactions } = this.parts
    const found = await this.#find(writer.scope, id)
    const account = found && (await accounts.find(writer.scope, found.sending.accountId))
    if (found === undefined || account == null) throw sendingNotFound()
    const draftId = await transactions.run(async (manager) => {
      const [row]: { content: Sending['content'] }[] = await manager.query(
        'SELECT content FROM sending WHERE id = $1 AND state = ANY ($2) FOR UPDATE',
        [id, TO_BE_TAKEN_BACK],
      )
      if (row?.content == null) throw tooLateToCancel()
      await requireShown(manager, id)
      const reached = await reachedBy(manager, id)
      const place = { userId: writer.userId, accountId: account.id }
      const draftId = await drafts.insert(manager, place, withoutReached(row.content, reached))
      await manager.query(
        'UPDATE upload SET draft_id = $1, sending_id = NULL, user_id = $3 WHERE sending_id = $2',
        [draftId, id, writer.userId],
      )
      await (reached.length === 0 ? removeMail(manager, id) : endHalfSent(manager, id))
      await recordAudit(manager, by, recordOf(AuditAction.CANCEL_SENDING, account, id))
      return draftId
    })
    const draft = await drafts.find(writer, draftId)
    if (draft === null) throw draftNotFound()
    return draft
  }

  /** Those of an account that are under way, and then each that changes. Throws NOT_FOUND. */
  async *changes(
    scope: AccountScope,
    accountId: string,
    wakes: AsyncIterable<null>,
  ): AsyncGenerator<Sending> {
    let shown: ReadonlyMap<string, string> = new Map()
    let since: Date | undefined
    const iterator = wakes[Symbol.asyncIterator]()
    try {
      while (!(await iterator.next()).done) {
        if ((await this.parts.accounts.find(scope, accountId)) === null) return
        const [now, rows] = await changedSendings(this.parts.dataSource, accountId, since)
        for (const row of rows) if (shown.get(row.id) !== markOf(row)) yield row
        shown = new Map(rows.map((row) => [row.id, markOf(row)]))
        since = now
        await sleep(CHANGES_APART_MS)
      }
    } finally {
      await iterator.return?.()
    }
  }

  /** Throws NOT_FOUND. */
  async requireAccount(scope: AccountScope, accountId: string): Promise<void> {
    if ((await this.parts.accounts.find(scope, accountId)) === null) throw accountNotFound()
  }

  async #change(
    scope: AccountScope,
    by: Actor,
    id: string,
    action: AuditAction,
    work: (manager: EntityManager, account: MailAccount) => Promise<void>,
  ): Promise<Sending> {
    const found = await this.#find(scope, id)
    if (found === undefined) throw sendingNotFound()
    await this.parts.transactions.run(async (manager) => {
      await work(manager, found.account)
      await recordAudit(manager, by, recordOf(action, found.account, id))
    })
    const after = await this.find(scope, id)
    if (after === null) throw sendingNotFound()
    return after
  }

  async #find(
    scope: AccountScope,
    id: string,
  ): Promise<{ sending: Sending; account: MailAccount } | undefined> {
    const { dataSource, accounts } = this.parts
    if (!isUuid(id)) return undefined
    const tail = `WHERE id = $1 AND ${IS_SHOWN}`
    const [sending] = await readRows(dataSource, Sending, undefined, tail, [id])
    const account = sending && (await accounts.find(scope, sending.accountId))
    return sending === undefined || account == null ? undefined : { sending, account }
  }
}
