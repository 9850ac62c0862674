import { createHash } from 'node:crypto'
import { AuditAction, AuditSubject, MessageFolder, type RecipientKind } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { nameOf } from '../account/account-audit.js'
import type { AccountAlone } from '../account/account-reader.js'
import { accountNotFound } from '../account/account.errors.js'
import type { SoonAnnouncedTransactions } from '../db/announced.js'
import { readRows } from '../db/read-rows.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import type { MessageSourceStore } from '../message/message-source-store.js'
import type { HeaderAddress } from './compose.js'
import type { DraftContent } from './draft-content.js'
import type { MailRecipient } from './recipients.js'
import type { SendQueue } from './send-queue.js'
import { CANCELLED_KEYS_KEPT_DAYS } from './sending-writes.js'
import { Sending, SENDING_ACCOUNT_FK } from './sending.entity.js'
import { sendingTakenBack } from './sending.errors.js'
import type { UploadService } from './upload.service.js'
import type { Writer } from './writer.js'

/** A message on its way into the outbox. */
export interface NewSending {
  readonly account: AccountAlone
  readonly writer: Writer
  readonly by: Actor
  readonly content: DraftContent
  readonly mail: {
    readonly messageId: string
    readonly date: Date
    readonly from: HeaderAddress
    readonly subject: string
    readonly attachmentCount: number
  }
  readonly recipients: readonly MailRecipient[]
  readonly source: Buffer
  readonly uploads: readonly string[]
  readonly idempotencyKey: string | null
  readonly holdSeconds: number
  readonly draftId: string | null
}

interface StoreParts {
  readonly dataSource: DataSource
  readonly transactions: SoonAnnouncedTransactions
  readonly sources: MessageSourceStore
  readonly uploads: UploadService
  readonly queue: SendQueue
}

/** Another request has put the same mail here first. */
class AlreadyThere extends Error {
  override name = 'AlreadyThere'
}

/** Writes messages into the outbox. */
export class OutboxStore {
  constructor(private readonly parts: StoreParts) {}

  /** What was sent with this key before. Throws CONFLICT where it was taken back since. */
  async ofKey(accountId: string, key: string | null): Promise<Sending | undefined> {
    if (key === null) return undefined
    const { dataSource } = this.parts
    const tail = 'WHERE account_id = $1 AND idempotency_key = $2'
    const [sending] = await readRows(dataSource, Sending, undefined, tail, [accountId, key])
    if (sending === undefined) await requireNotTakenBack(dataSource.manager, accountId, key)
    return sending
  }

  /** What was written is in the outbox now. */
  async removeDraft({ userId }: Writer, id: string, manager?: EntityManager): Promise<void> {
    await (manager ?? this.parts.dataSource).query(
      'DELETE FROM draft WHERE id = $1 AND user_id = $2',
      [id, userId],
    )
  }

  /**
   * All of it in one COMMIT; the same mail a second time is the first. Throws NOT_FOUND, and CONFLICT
   * where that was taken back since.
   */
  async put(mail: NewSending): Promise<Sending> {
    try {
      const id = await this.parts.transactions.run((manager) => this.#put(manager, mail))
      if (mail.holdSeconds === 0) this.#queue(mail.account)
      const [sending] = await readRows(this.parts.dataSource, Sending, undefined, 'WHERE id = $1', [
        id,
      ])
      // Deleted in the same moment, with its account.
      if (sending === undefined) throw accountNotFound()
      return sending
    } catch (error) {
      if (violatedConstraint(error) === SENDING_ACCOUNT_FK) throw accountNotFound()
      if (!(error instanceof AlreadyThere)) throw error
      const first = await this.ofKey(mail.account.id, mail.idempotencyKey)
      if (first === undefined) throw error
      return first
    }
  }

  async #put(manager: EntityManager, mail: NewSending): Promise<string> {
    const { sources, uploads } = this.parts
    const { account, source, writer } = mail
    const messageId = await insertMessage(manager, mail)
    const id = await insertSending(manager, mail, messageId)
    // Only now: the INSERT has waited for whoever was taking the first one back.
    if (mail.idempotencyKey !== null) {
      await requireNotTakenBack(manager, account.id, mail.idempotencyKey)
    }
    await sources.put(manager, [{ messageId, source }])
    await insertRecipients(manager, id, mail.recipients)
    if (mail.uploads.length > 0) await uploads.hold(manager, 'sending_id', id, mail.uploads)
    if (mail.draftId !== null) await this.removeDraft(writer, mail.draftId, manager)
    if (account.userId !== writer.userId) await recordForeign(manager, mail)
    return id
  }

  #queue({ id, mailServerId }: AccountAlone): void {
    const { dataSource, queue } = this.parts
    queue.soon(id, () => hostOf(dataSource.manager, mailServerId))
  }
}

/** Somebody has sent in another person's name. */
const recordForeign = (manager: EntityManager, { by, account, mail }: NewSending) =>
  recordAudit(manager, by, {
    action: AuditAction.SEND,
    subject: AuditSubject.MAIL_ACCOUNT,
    subjectId: account.id,
    subjectName: nameOf(account),
    changes: [{ field: 'messageId', old: null, new: mail.messageId }],
  })

/** Where an account's mail goes out. */
export async function hostOf(manager: EntityManager, mailServerId: string): Promise<string> {
  const [row]: { host: string }[] = await manager.query(
    'SELECT outgoing_host AS host FROM mail_server WHERE id = $1',
    [mailServerId],
  )
  return row?.host ?? ''
}

/** A request with its key may still have been on its way: that one must not send it after all. */
async function requireNotTakenBack(
  manager: EntityManager,
  accountId: string,
  key: string,
): Promise<void> {
  const taken: unknown[] = await manager.query(
    `SELECT FROM cancelled_sending_key WHERE account_id = $1 AND idempotency_key = $2
       AND cancelled_at > now() - $3 * interval '1 day'`,
    [accountId, key, CANCELLED_KEYS_KEPT_DAYS],
  )
  if (taken.length > 0) throw sendingTakenBack()
}

/** As lists show it at once; parsing finds the same, and the rest. */
async function insertMessage(
  manager: EntityManager,
  { account, mail, source }: NewSending,
): Promise<string> {
  const [row]: { id: string }[] = await manager.query(
    `INSERT INTO message (account_id, folder, size_bytes, sha256, is_read, message_id, subject,
       from_name, from_address, sent_at, attachment_count)
     VALUES ($1, $2, $3, $4, true, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      ...[account.id, MessageFolder.OUTBOX, source.length],
      createHash('sha256').update(source).digest(),
      ...[mail.messageId, mail.subject, mail.from.name || null, mail.from.address],
      ...[mail.date, mail.attachmentCount],
    ],
  )
  return row?.id ?? ''
}

async function insertSending(
  manager: EntityManager,
  { account, mail, content, idempotencyKey, holdSeconds }: NewSending,
  messageId: string,
): Promise<string> {
  const [row]: { id: string }[] = await manager.query(
    `INSERT INTO sending (account_id, message_id, sender, idempotency_key, content, due_at, hold_until)
     VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 s',
       CASE WHEN $6 > 0 THEN now() + $6 * interval '1 s' END)
     ON CONFLICT (account_id, idempotency_key) DO NOTHING RETURNING id`,
    [
      ...[account.id, messageId, mail.from.address, idempotencyKey],
      ...[JSON.stringify(content), holdSeconds],
    ],
  )
  if (row === undefined) throw new AlreadyThere()
  return row.id
}

async function insertRecipients(
  manager: EntityManager,
  sendingId: string,
  recipients: readonly MailRecipient[],
): Promise<void> {
  await manager.query(
    `INSERT INTO sending_recipient (sending_id, position, kind, address)
     SELECT $1, position - 1, kind, address
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new (kind, address, position)`,
    [
      sendingId,
      recipients.map(({ kind }): RecipientKind => kind),
      recipients.map(({ address }) => address),
    ],
  )
}
