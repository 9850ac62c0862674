import { MessageFolder } from '@mailroom/shared'
import { apolloClient } from '../apollo.js'
import { MessagesDocument, type MessageRowFragment } from '../generated/mail.js'
import type { MailPlace } from './mail-place.js'

export type Rows = readonly MessageRowFragment[]

/** A stretch of a list, as the API has it. */
export interface MessagePage {
  readonly rows: Rows
  /** The last one's id; undefined of a page without any. */
  readonly oldest: string | undefined
  /** `after` of the next page; empty on the last. */
  readonly next: string
  readonly total: number
}

/** Reads a page of the list at a place. */
export async function readPage(
  { accountId, folder, search, unreadOnly }: MailPlace,
  first: number,
  after: string,
): Promise<MessagePage> {
  const { data } = await apolloClient.query({
    query: MessagesDocument,
    variables: {
      ...{ accountId, folder, unreadOnly, first },
      search: search.trim() || null,
      after: after || null,
      isOutgoing: folder !== MessageFolder.INBOX,
    },
    fetchPolicy: 'no-cache',
  })
  const { edges, pageInfo, totalCount } = data.messages
  const rows = edges.map(({ node }) => node)
  const next = (pageInfo.hasNextPage && pageInfo.endCursor) || ''
  return { rows, oldest: rows.at(-1)?.id, next, total: totalCount }
}

/**
 * A list with a page read again: of its stretch nothing else is left, but what is kept.
 *
 * @param before the id that the page begins after; undefined of the first page
 */
export function withPage(
  old: Rows,
  page: MessagePage,
  before: string | undefined,
  isKept: (id: string) => boolean,
): Rows {
  const isElsewhere = (id: string) =>
    (before !== undefined && id >= before) ||
    (page.next !== '' && page.oldest !== undefined && id < page.oldest)
  return merged(
    old.filter(({ id }) => isKept(id) || isElsewhere(id)),
    page.rows,
  )
}

/** Ids grow with time: the newest first. */
const byAge = (a: MessageRowFragment, b: MessageRowFragment) => (a.id < b.id ? 1 : -1)

/** The newer reading of each, the newest message first. */
export function merged(old: Rows, fresh: Rows): Rows {
  const known = new Set(fresh.map(({ id }) => id))
  return [...old.filter(({ id }) => !known.has(id)), ...fresh].sort(byAge)
}
