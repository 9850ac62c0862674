import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ANNOUNCE_CHANGE } from '../../src/db/change-feed.js'
import { createDataSource } from '../../src/db/data-source.js'
import { newIds } from '../../src/db/write-rows.js'
import { PostgresSourceStore } from '../../src/message/message-source-store.js'
import type { TestDatabase } from './database.js'

const WAIT_MS = 60_000

/** Stores messages as receiving does; their ids, in the order in which they came. */
export async function storeMessages(
  { url }: TestDatabase,
  accountId: string,
  sources: readonly (string | Buffer)[],
  folder = 'INBOX',
): Promise<string[]> {
  const dataSource = await createDataSource(url).initialize()
  try {
    return await dataSource.transaction(async (manager) => {
      const ids = await newIds(manager, sources.length)
      const stored = sources.map((given, n) => ({
        messageId: ids[n] ?? '',
        source: Buffer.from(given),
      }))
      for (const { messageId, source } of stored) {
        await manager.query(
          `INSERT INTO message (id, account_id, folder, size_bytes, sha256)
           VALUES ($1, $2, $3, $4, $5)`,
          [
            ...[messageId, accountId, folder, source.length],
            createHash('sha256').update(source).digest(),
          ],
        )
      }
      await new PostgresSourceStore(dataSource).put(manager, stored)
      await manager.query(ANNOUNCE_CHANGE, ['message'])
      return ids
    })
  } finally {
    await dataSource.destroy()
  }
}

/** Waits until a process that parses has nothing left to do. */
export async function untilParsed(database: TestDatabase): Promise<void> {
  const untilMs = performance.now() + WAIT_MS
  for (;;) {
    const [row] = await database.rows<{ left: number }>(
      "SELECT count(*)::int AS left FROM message WHERE parse_state = 'PENDING'",
    )
    if (row?.left === 0) return
    if (performance.now() > untilMs) throw new Error(`${row?.left} messages are not parsed yet`)
    await sleep(50)
  }
}

/** A page of messages as the tests read it. */
export interface ReadPage {
  readonly edges: { readonly cursor: string; readonly node: ReadMessage }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
  readonly unreadCount: number
}

interface ReadMessage {
  readonly id: string
  readonly subject: string
  readonly read: boolean
  readonly snippet: string | null
  readonly from: { readonly name: string | null; readonly address: string } | null
}

export const MESSAGES = `query ($accountId: ID!, $folder: MessageFolder! = INBOX, $search: String,
    $unreadOnly: Boolean! = false, $first: Int! = 50, $after: String) {
  messages(accountId: $accountId, folder: $folder, search: $search, unreadOnly: $unreadOnly,
      first: $first, after: $after) {
    edges { cursor node { id subject read snippet from { name address } } }
    pageInfo { hasNextPage endCursor } totalCount unreadCount
  }
}`
export const MARK_READ =
  'mutation ($ids: [ID!]!, $read: Boolean!) { markRead(ids: $ids, read: $read) { id read } }'
export const DELETE_MESSAGES = 'mutation ($ids: [ID!]!) { deleteMessages(ids: $ids) }'
export const RESTORE_MESSAGES = 'mutation ($ids: [ID!]!) { restoreMessages(ids: $ids) { id } }'
