import { ParseState } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { ANNOUNCE_CHANGE } from '../db/change-feed.js'
import { readRows } from '../db/read-rows.js'
import type { MessageParser } from '../parsing/message-parser.js'
import { isUuid } from '../validation/rules.js'
import { MessageAttachment } from './message-attachment.entity.js'
import type { ByteRange, MessageSourceStore } from './message-source-store.js'
import { toMessages } from './message-rows.js'
import { Message } from './message.entity.js'
import { messageNotFound } from './message.errors.js'
import type { MailMessage } from './message.type.js'

/** Asked for at a time: many may download at once, and what is on its way in between takes ten times as much. */
const STREAMED_BYTES = 256 * 1024

/** An account with more of them has a problem that a longer list does not show better. */
const UNPARSED_MAX = 200

/** Reads messages. Within a scope, what is outside of it does not exist. */
export class MessageService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
    private readonly sources: MessageSourceStore,
    private readonly parser: MessageParser,
  ) {}

  async find(scope: AccountScope, id: string): Promise<MailMessage | null> {
    const row = await this.#row(scope, id)
    return row === null ? null : ((await toMessages(this.dataSource, [row]))[0] ?? null)
  }

  /** Those that could not be parsed, the newest first. Throws NOT_FOUND. */
  async unparsed(scope: AccountScope, accountId: string): Promise<MailMessage[]> {
    if (!(await this.accounts.within(scope, [accountId])).has(accountId)) throw accountNotFound()
    const rows = await readRows(
      this.dataSource,
      Message,
      undefined,
      `WHERE account_id = $1 AND parse_state = 'FAILED' AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
      [accountId, UNPARSED_MAX],
    )
    return toMessages(this.dataSource, rows)
  }

  /** Has a message parsed once more. Throws NOT_FOUND. */
  async parseAgain(scope: AccountScope, id: string): Promise<MailMessage> {
    const row = await this.#row(scope, id)
    if (row === null) throw messageNotFound()
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `UPDATE message SET parse_state = $2, parse_problem = NULL, parse_attempts = 0,
           parse_claimed_until = NULL WHERE id = $1 AND parse_state <> $2`,
        [id, ParseState.PENDING],
      )
      await manager.query(ANNOUNCE_CHANGE, ['message'])
    })
    const message = await this.find(scope, id)
    if (message === null) throw messageNotFound()
    return message
  }

  /** What is known of a source without reading it. Throws NOT_FOUND. */
  async sourceFacts(
    scope: AccountScope,
    id: string,
  ): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
    const row = await this.#row(scope, id)
    if (row === null) throw messageNotFound()
    return { sha256: row.sha256.toString('hex'), sizeBytes: row.sizeBytes }
  }

  /** The source, byte for byte, of a message that the caller may read. */
  async *streamSource(id: string, { start, end }: ByteRange): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += STREAMED_BYTES) {
      yield* this.sources.stream(id, { start: at, end: Math.min(at + STREAMED_BYTES, end) })
    }
  }

  /** What is known of an attachment, and the hash of its message. Throws NOT_FOUND. */
  async attachmentFacts(
    scope: AccountScope,
    id: string,
    position: number,
  ): Promise<Pick<MessageAttachment, 'filename' | 'sizeBytes'> & { readonly sha256: string }> {
    const { sha256 } = await this.sourceFacts(scope, id)
    const [attachment] = isPosition(position)
      ? await readRows(
          this.dataSource,
          MessageAttachment,
          undefined,
          'WHERE message_id = $1 AND position = $2',
          [id, position],
        )
      : []
    if (attachment === undefined) throw messageNotFound()
    return { ...attachment, sha256 }
  }

  /** An attachment's bytes, as read out of the source of a message that the caller may read. Throws NOT_FOUND. */
  async attachment(id: string, position: number): Promise<Buffer> {
    const source = await this.sources.read(id)
    if (source === null) throw messageNotFound()
    const outcome = await this.parser.readAttachment(source, position)
    if (!outcome.ok) throw messageNotFound()
    return outcome.content
  }

  async #row(scope: AccountScope, id: string): Promise<Message | null> {
    if (!isUuid(id)) return null
    const [row] = await readRows(
      this.dataSource,
      Message,
      undefined,
      'WHERE id = $1 AND deleted_at IS NULL',
      [id],
    )
    if (row === undefined) return null
    return (await this.accounts.within(scope, [row.accountId])).has(row.accountId) ? row : null
  }
}

/** What the column holds. */
const isPosition = (position: number) =>
  Number.isInteger(position) && position >= 0 && position < 2 ** 31
