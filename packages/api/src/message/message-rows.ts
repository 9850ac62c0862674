import type { DataSource, EntityManager } from 'typeorm'
import { readRows } from '../db/read-rows.js'
import { MessageAttachment } from './message-attachment.entity.js'
import { MessageContent } from './message-content.entity.js'
import { attachmentUrl, sourceUrl } from './message-urls.js'
import type { Message } from './message.entity.js'
import type { MailMessage } from './message.type.js'

/** Where each published field of a message is kept in message_content, whose texts are long. */
const CONTENT_COLUMNS: Readonly<Record<string, string>> = {
  replyTo: 'replyTo',
  to: 'recipients',
  cc: 'copies',
  inReplyTo: 'inReplyTo',
  references: 'messageReferences',
  text: 'text',
}

/**
 * Messages as they are published, read in three statements at most however many they are.
 *
 * @param fields whose fields alone are needed, such as "to.name"; undefined: all
 */
export async function toMessages(
  source: DataSource | EntityManager,
  rows: readonly Message[],
  fields?: ReadonlySet<string>,
): Promise<MailMessage[]> {
  if (rows.length === 0) return []
  const names = fields && new Set([...fields].map((path) => path.split('.')[0] ?? path))
  const ids = [rows.map(({ id }) => id)]
  const where = 'WHERE message_id = ANY ($1::uuid[])'
  const columns = Object.entries(CONTENT_COLUMNS)
    .filter(([name]) => names?.has(name) ?? true)
    .map(([, column]) => column)
  const contents =
    columns.length === 0
      ? []
      : await readRows(source, MessageContent, new Set(['messageId', ...columns]), where, ids)
  const attachments =
    (names?.has('attachments') ?? true)
      ? await readRows(source, MessageAttachment, undefined, `${where} ORDER BY position`, ids)
      : []
  const contentOf = new Map(contents.map((content) => [content.messageId, content]))
  const attachmentsOf = Map.groupBy(attachments, ({ messageId }) => messageId)
  return rows.map((row) => toMessage(row, contentOf.get(row.id), attachmentsOf.get(row.id) ?? []))
}

function toMessage(
  row: Message,
  content: Partial<MessageContent> | undefined,
  attachments: readonly MessageAttachment[],
): MailMessage {
  const { id, accountId, folder, parseState, parseProblem, messageId, subject, storedAt } = row
  const { fromAddress: address, fromName: name, attachmentCount, snippet } = row
  return {
    ...{ id, accountId, folder, parseState, parseProblem, messageId, subject, storedAt },
    from: address === null ? null : { name, address },
    to: [...(content?.recipients ?? [])],
    cc: [...(content?.copies ?? [])],
    replyTo: [...(content?.replyTo ?? [])],
    inReplyTo: content?.inReplyTo ?? null,
    references: [...(content?.messageReferences ?? [])],
    date: row.sentAt,
    size: row.sizeBytes,
    read: row.isRead,
    snippet: snippet === '' ? null : snippet,
    text: content?.text ?? null,
    attachmentCount,
    attachments: attachments.map((attachment) => ({
      id: String(attachment.position),
      filename: attachment.filename,
      contentType: attachment.contentType,
      size: attachment.sizeBytes,
      contentId: attachment.contentId,
      isInline: attachment.isInline,
      url: attachmentUrl(id, attachment.position),
    })),
    sourceUrl: sourceUrl(id),
  }
}
