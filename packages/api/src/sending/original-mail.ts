import { FieldRule } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import type { AccountScope } from '../account/account-scope.js'
import { badUserInput } from '../errors.js'
import type { MessageService } from '../message/message.service.js'
import type { MailMessage } from '../message/message.type.js'
import { requireAttachmentsSize } from './attachments-size.js'
import type { ComposedAttachment } from './compose.js'
import type { DraftContent } from './draft-content.js'
import { forwardThread, NO_THREAD, replyThread, type OriginalIds, type Thread } from './thread.js'

/** Messages that others answer or pass on, as far as whoever writes may read them. */
export class OriginalMail {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messages: MessageService,
  ) {}

  /** Throws BAD_USER_INPUT where the original is not there. */
  async threadOf(
    scope: AccountScope,
    { replyToId, forwardOfId }: Pick<DraftContent, 'replyToId' | 'forwardOfId'>,
  ): Promise<Thread> {
    if (replyToId !== null) return replyThread(await this.#ids(scope, replyToId, 'replyToId'))
    if (forwardOfId === null) return NO_THREAD
    return forwardThread(await this.#ids(scope, forwardOfId, 'forwardOfId'))
  }

  /** Those that are to go along. Throws BAD_USER_INPUT where one is not there. */
  async attachmentsOf(
    scope: AccountScope,
    { forwardOfId, forwardAttachmentIds }: DraftContent,
  ): Promise<ComposedAttachment[]> {
    if (forwardAttachmentIds.length === 0) return []
    const original = await this.#find(scope, forwardOfId ?? '', 'forwardOfId')
    const wanted = forwardAttachmentIds.map((id, at) => {
      const attachment = original.attachments.find((each) => each.id === id)
      // Twice the same would be read, and held, as often as somebody cares to name it.
      if (attachment === undefined || forwardAttachmentIds.indexOf(id) !== at) {
        throw badUserInput([{ path: `forwardAttachmentIds.${at}`, rule: FieldRule.attachment }])
      }
      return attachment
    })
    requireAttachmentsSize(wanted)
    const found: ComposedAttachment[] = []
    for (const { id, filename, contentType } of wanted) {
      found.push({
        filename: filename ?? `attachment-${Number(id) + 1}`,
        contentType,
        content: await this.messages.attachment(original.id, Number(id)),
      })
    }
    return found
  }

  async #ids(scope: AccountScope, id: string, path: string): Promise<OriginalIds> {
    const { messageId } = await this.#find(scope, id, path)
    const [row]: Omit<OriginalIds, 'messageId'>[] = await this.dataSource.query(
      `SELECT in_reply_to AS "inReplyTo", message_references AS references
       FROM message_content WHERE message_id = $1`,
      [id],
    )
    return { messageId, inReplyTo: null, references: [], ...row }
  }

  async #find(scope: AccountScope, id: string, path: string): Promise<MailMessage> {
    const original = await this.messages.find(scope, id)
    if (original === null) throw badUserInput([{ path, rule: FieldRule.message }])
    return original
  }
}
