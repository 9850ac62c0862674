import type { DataSource } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { readRows } from '../db/read-rows.js'
import { folderCounts } from './mailbox-count.entity.js'
import type { MessageConnection } from './message-page.type.js'
import { isSearched, matching, pageOf, type MessageFilter } from './message-query.js'
import { toMessages } from './message-rows.js'
import { Message } from './message.entity.js'

/** Which page of which messages is asked for, and what of it. */
export interface MessagePageQuery extends MessageFilter {
  readonly first: number
  readonly after?: string | null | undefined
}

/** Lists and searches the messages of an account. Within a scope, what is outside of it does not exist. */
export class MessageListService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
  ) {}

  /**
   * @param fields what of a message is needed, such as "from.name"
   * @throws NOT_FOUND; BAD_USER_INPUT for a cursor that is none
   */
  async page(
    scope: AccountScope,
    query: MessagePageQuery,
    fields: ReadonlySet<string>,
  ): Promise<Pick<MessageConnection, 'edges' | 'pageInfo'>> {
    await this.#requireAccount(scope, query.accountId)
    // One more than asked for tells whether there is another page.
    const { sql, parameters } = pageOf(query, query.first + 1, query.after)
    const rows = await readRows(this.dataSource, Message, undefined, sql, [...parameters])
    const messages = await toMessages(this.dataSource, rows.slice(0, query.first), fields)
    const edges = messages.map((node) => ({ cursor: node.id, node }))
    return {
      edges,
      pageInfo: {
        hasNextPage: rows.length > query.first,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    }
  }

  /** How many there are on all pages, and how many of the folder are unread. Throws NOT_FOUND. */
  async counts(
    scope: AccountScope,
    filter: MessageFilter,
  ): Promise<Pick<MessageConnection, 'totalCount' | 'unreadCount'>> {
    await this.#requireAccount(scope, filter.accountId)
    const counted = (await folderCounts(this.dataSource, [filter.accountId])).find(
      ({ folder }) => folder === filter.folder,
    )
    const { total = 0, unread: unreadCount = 0 } = counted ?? {}
    if (!isSearched(filter)) {
      return { totalCount: filter.unreadOnly ? unreadCount : total, unreadCount }
    }
    const { sql, parameters } = matching(filter)
    const [found] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM message ${sql}`,
      [...parameters],
    )
    return { totalCount: found?.count ?? 0, unreadCount }
  }

  async #requireAccount(scope: AccountScope, accountId: string): Promise<void> {
    if (!(await this.accounts.within(scope, [accountId])).has(accountId)) throw accountNotFound()
  }
}
