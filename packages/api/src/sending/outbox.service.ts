import { randomUUID } from 'node:crypto'
import { ATTACHMENTS_MAX, FieldRule, RecipientKind } from '@mailroom/shared'
import type { AccountAlone, AccountReader } from '../account/account-reader.js'
import { accountNotFound } from '../account/account.errors.js'
import type { Actor } from '../audit/actor.js'
import type { RequestLimit } from '../auth/request-limit.service.js'
import { badUserInput } from '../errors.js'
import { limitConcurrency } from '../limit-concurrency.js'
import type { MessageParser } from '../parsing/message-parser.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import { requireAttachmentsSize } from './attachments-size.js'
import { compose, type ComposedAttachment, type HeaderAddress } from './compose.js'
import type { DraftContent } from './draft-content.js'
import { contentOf } from './mail-content.input.js'
import type { NewSending, OutboxStore } from './outbox-store.js'
import type { AttachedFile, OriginalMail } from './original-mail.js'
import { recipientsOf, type MailRecipient } from './recipients.js'
import type { SendMailInput } from './send-mail.input.js'
import type { Sending } from './sending.entity.js'
import type { Upload } from './upload.entity.js'
import type { UploadService } from './upload.service.js'
import type { Writer } from './writer.js'

interface OutboxParts {
  readonly accounts: AccountReader
  readonly uploads: UploadService
  readonly originals: OriginalMail
  readonly store: OutboxStore
  readonly parser: Pick<MessageParser, 'sanitise'>
  /** By person: each is kept for good. */
  readonly limit: RequestLimit
}

/** Each is in memory as a whole, several times over while it is written: about 150 MB at most. */
const WITH_FILES_AT_ONCE = 3

/** Puts messages into the outbox: from there on they are not lost, whatever dies. */
export class OutboxService {
  readonly #inTurn = limitConcurrency(WITH_FILES_AT_ONCE)

  constructor(private readonly parts: OutboxParts) {}

  /**
   * The message as it will be sent, kept, and queued, all in one COMMIT. Nothing of it has gone out
   * then. Throws NOT_FOUND, BAD_USER_INPUT, TOO_MANY_REQUESTS, and CONFLICT where the mail of this key
   * was taken back.
   */
  async send(writer: Writer, by: Actor, input: SendMailInput): Promise<Sending> {
    const { accounts, store, limit } = this.parts
    const account = await accounts.findAlone(writer.scope, input.accountId)
    if (account === null) throw accountNotFound()
    const idempotencyKey = input.idempotencyKey?.trim() || null
    const draftId = input.draftId ?? null
    const known = async () => {
      const sending = await store.ofKey(account.id, idempotencyKey)
      if (sending !== undefined && draftId !== null) await store.removeDraft(writer, draftId)
      return sending
    }
    const before = await known()
    if (before !== undefined) return before
    await limit.take(writer.userId)
    const put = async () =>
      store.put({
        ...(await this.#compose(writer, account, input)),
        ...{ account, by, writer, idempotencyKey, draftId },
        holdSeconds: input.holdSeconds,
      })
    try {
      return await (hasFiles(input) ? this.#inTurn(put) : put())
    } catch (error) {
      // The same mail by another request, which has its files by now.
      const meanwhile = await known()
      if (meanwhile === undefined) throw error
      return meanwhile
    }
  }

  async #compose(
    writer: Writer,
    account: AccountAlone,
    input: SendMailInput,
  ): Promise<Pick<NewSending, 'content' | 'mail' | 'recipients' | 'source' | 'uploads'>> {
    const content = contentOf(input)
    const recipients = recipientsOf(content)
    const from = senderOf(account)
    const uploads = await this.parts.uploads.own(writer.userId, input.attachmentIds ?? [])
    const attachments = await this.#attachments(writer, content, uploads)
    const mail = {
      messageId: `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
      // A header has no fractions.
      date: new Date(Math.floor(Date.now() / 1_000) * 1_000),
      from,
      subject: content.subject,
      attachmentCount: attachments.length,
    }
    const source = await compose({
      ...mail,
      ...(await this.parts.originals.threadOf(writer.scope, content)),
      to: named(recipients, RecipientKind.TO),
      cc: named(recipients, RecipientKind.CC),
      ...{ text: content.text, html: await this.#safeHtml(content.html), attachments },
    })
    return { content, mail, recipients, source, uploads: uploads.map(({ id }) => id) }
  }

  /** What others wrote is quoted in it: nothing goes out in a person's name that we would not show. */
  async #safeHtml(html: string | null): Promise<string | null> {
    if (html === null) return null
    const outcome = await this.parts.parser.sanitise(html, null, true)
    // Without its end it would not be what was written.
    if (!outcome.ok || outcome.html.isCut) {
      throw badUserInput([{ path: 'html', rule: FieldRule.html }])
    }
    return outcome.html.html
  }

  async #attachments(
    { scope }: Writer,
    content: DraftContent,
    uploads: readonly Upload[],
  ): Promise<ComposedAttachment[]> {
    const forwarded = await this.parts.originals.attachmentsOf(scope, content)
    if (forwarded.length + uploads.length > ATTACHMENTS_MAX) {
      throw badUserInput([
        { path: 'attachmentIds', rule: FieldRule.tooMany, limit: ATTACHMENTS_MAX },
      ])
    }
    const files: readonly AttachedFile[] = [
      ...forwarded,
      ...uploads.map((each) => ({ ...each, read: () => this.parts.uploads.read(each) })),
    ]
    requireAttachmentsSize(files)
    const attachments: ComposedAttachment[] = []
    for (const { filename, contentType, read } of files) {
      attachments.push({ filename, contentType, content: await read() })
    }
    return attachments
  }
}

const hasFiles = ({ attachmentIds, forwardAttachmentIds }: SendMailInput) =>
  (attachmentIds?.length ?? 0) + (forwardAttachmentIds?.length ?? 0) > 0

function senderOf({ email, name }: AccountAlone): HeaderAddress {
  const parsed = parseEnvelopeAddress(email)
  // Kept before addresses were looked at so closely.
  if (parsed === undefined) throw badUserInput([{ path: 'accountId', rule: FieldRule.email }])
  return { name: name === email ? '' : name, address: parsed.address }
}

const named = (recipients: readonly MailRecipient[], wanted: RecipientKind) =>
  recipients
    .filter(({ kind }) => kind === wanted)
    .map(({ name, address }): HeaderAddress => ({ name, address }))
