import { FieldRule, type MessageFolder } from '@mailroom/shared'
import { badUserInput } from '../errors.js'
import { searchQuery } from '../parsing/search-terms.js'
import { isUuid } from '../validation/rules.js'

/** Which messages of an account are asked for. */
export interface MessageFilter {
  readonly accountId: string
  readonly folder: MessageFolder
  readonly search?: string | null | undefined
  readonly unreadOnly: boolean
}

/** SQL with its parameters. */
interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

const LISTED = 'account_id = $1 AND folder = $2 AND deleted_at IS NULL'

/** Whether words are searched. Spaces are none. */
export const isSearched = ({ search }: MessageFilter) => (search ?? '').trim() !== ''

/** The SQL after FROM message of a page, newest first. Throws BAD_USER_INPUT for a cursor that is none. */
export function pageOf(filter: MessageFilter, limit: number, after?: string | null): Statement {
  const { sql, parameters } = matching(filter)
  if (after == null) return { sql: `${sql} ORDER BY id DESC LIMIT ${limit}`, parameters }
  if (!isUuid(after)) throw badUserInput([{ path: 'after', rule: FieldRule.type }])
  const place = `id < $${parameters.length + 1}`
  return {
    sql: `${sql} AND ${place} ORDER BY id DESC LIMIT ${limit}`,
    parameters: [...parameters, after],
  }
}

/** The SQL after FROM message of all that is asked for. */
export function matching(filter: MessageFilter): Statement {
  const { accountId, folder, unreadOnly } = filter
  const where = `WHERE ${LISTED}${unreadOnly ? ' AND NOT is_read' : ''}`
  if (!isSearched(filter)) return { sql: where, parameters: [accountId, folder] }
  // Not joined: going through the folder from its end and looking each message's terms up would be
  // taken for cheap, and takes minutes where there is nothing to find.
  return {
    sql: `${where} AND id = ANY (ARRAY(
      SELECT message_id FROM message_search WHERE terms @@ $3::tsquery))`,
    parameters: [accountId, folder, searchQuery(accountId, filter.search ?? '')],
  }
}
