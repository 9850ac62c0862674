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
  { subject, subjectId, action, actorId, actorKind, from, to }: AuditFilter,
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
  add(actorKind, (p) => `actor_kind = ${p}`)
  add(after, (p) => `id < ${p}`)
  // The id's own time is cut to the millisecond where "at" is rounded.
  add(from && firstIdAt(from.getTime() - 1), (p) => `id >= ${p}`)
  add(from, (p) => `at >= ${p}`)
  add(to && firstIdAt(to.getTime() + 1), (p) => `id < ${p}`)
  add(to, (p) => `at < ${p}`)
  return { sql: parts.join(' AND ') || 'true', values }
}

/** What only looking at each event can tell; undefined where nothing is searched for. */
export function searchCondition(
  { search }: AuditFilter,
  placeholder: string,
): { sql: string; value: string } | undefined {
  const text = search?.trim() ?? ''
  if (text === '') return undefined
  return {
    sql: `(actor_name ILIKE ${placeholder} OR subject_name ILIKE ${placeholder}
      OR address ILIKE ${placeholder}
      OR changes <> '[]' AND EXISTS (
        SELECT FROM jsonb_to_recordset(changes) AS change ("old" text, "new" text)
        WHERE change.old ILIKE ${placeholder} OR change.new ILIKE ${placeholder}))`,
    value: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  }
}

/** The least UUID version 7 of a millisecond (RFC 9562 section 5.7). */
function firstIdAt(ms: number): string {
  const hex = Math.min(Math.max(0, ms), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
