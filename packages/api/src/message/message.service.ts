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
import type { MessageSourceStore } from './message-source-store.js'
import { toMessages } from './message-rows.js'
import { Message } from './message.entity.js'
import { messageNotFound } from './message.errors.js'
import type { MailMessage } from './message.type.js'

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

  /** The source, byte for byte. Throws NOT_FOUND. */
  async source(scope: AccountScope, id: string): Promise<Buffer> {
    const row = await this.#row(scope, id)
    const source = row === null ? null : await this.sources.read(id)
    if (source === null) throw messageNotFound()
    return source
  }

  /** An attachment's bytes and name, as read out of the source. Throws NOT_FOUND. */
  async attachment(
    scope: AccountScope,
    id: string,
    position: number,
  ): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const row = await this.#row(scope, id)
    const [attachment] =
      row !== null && isPosition(position)
        ? await readRows(
            this.dataSource,
            MessageAttachment,
            undefined,
            'WHERE message_id = $1 AND position = $2',
            [id, position],
          )
        : []
    if (attachment === undefined) throw messageNotFound()
    const source = await this.source(scope, id)
    const outcome = await this.parser.readAttachment(source, position)
    if (!outcome.ok) throw messageNotFound()
    return { name: attachment.filename ?? `attachment-${position + 1}`, bytes: outcome.content }
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
