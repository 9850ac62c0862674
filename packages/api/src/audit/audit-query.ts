import { containing, folded } from '../db/search-text.js'
import type { AuditFilter } from './audit-filter.js'

/** Part of a statement, and the values that it names as $1, $2 … */
interface Condition {
  readonly sql: string
  readonly values: unknown[]
}

/**
 * What can be found along an index: the columns that are compared whole, and time, which the id holds.
 *
 * @param after the id of the last event seen; older ones follow
 */
export function indexedCondition(
  { subject, subjectId, action, actorId, from, to }: AuditFilter,
  after: string | null | undefined,
): Condition {
  const values: unknown[] = []
  const parts: string[] = []
  const add = (value: unknown, sql: (placeholder: string) => string) => {
    if (value == null) return
    values.push(value)
    parts.push(sql(`$${values.length}`))
  }
  add(subject, (p) => `subject = ${p}`)
  add(subjectId, (p) => `subject_id = ${p}`)
  add(action, (p) => `action = ${p}`)
  add(actorId, (p) => `actor_id = ${p}`)
  add(after, (p) => `id < ${p}`)
  // The id's own time is cut to the millisecond where "at" is rounded.
  add(from && firstIdAt(from.getTime() - 1), (p) => `id >= ${p}`)
  add(from, (p) => `at >= ${p}`)
  add(to && firstIdAt(to.getTime() + 1), (p) => `id < ${p}`)
  add(to, (p) => `at < ${p}`)
  return { sql: parts.join(' AND ') || 'true', values }
}

/**
 * What only looking at each event can tell; undefined where nothing of it is asked for.
 *
 * @param taken how many values the statement has already
 */
export function searchCondition(
  { search, actorKind }: AuditFilter,
  taken: number,
): Condition | undefined {
  const values: unknown[] = []
  const parts: string[] = []
  const text = search?.trim() ?? ''
  if (actorKind != null) {
    values.push(actorKind)
    parts.push(`actor_kind = $${taken + values.length}`)
  }
  if (text !== '') {
    values.push(containing(text))
    parts.push(textCondition(`$${taken + values.length}`))
  }
  return parts.length === 0 ? undefined : { sql: parts.join(' AND '), values }
}

function textCondition(pattern: string): string {
  const matches = (text: string) => `${folded(text)} LIKE ${folded(pattern)}`
  return `(${matches('actor_name')} OR ${matches('subject_name')} OR ${matches('address')}
    OR changes <> '[]' AND EXISTS (
      SELECT FROM jsonb_to_recordset(changes) AS change ("old" text, "new" text)
      WHERE ${matches('change.old')} OR ${matches('change.new')}))`
}

/** The least UUID version 7 of a millisecond (RFC 9562 section 5.7). */
function firstIdAt(ms: number): string {
  const hex = Math.min(Math.max(0, ms), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
