import { ImportOutcome } from '@mailroom/shared'
import type { ImportResult } from './import-preview.type.js'
import type { PlannedRow } from './plan-import.js'
import { importOutdated, importRefused } from './transfer.errors.js'

type Rows = readonly PlannedRow<unknown, unknown>[]

/**
 * What a plan adds, and what it changes: as it was read, and as it will be. Throws CONFLICT where it is
 * not what was confirmed, and BAD_USER_INPUT where a row is refused.
 */
export function confirmed<Draft, Stored>(
  rows: readonly PlannedRow<Draft, Stored>[],
  { digest, now }: { readonly digest: string | undefined; readonly now: string },
) {
  if (digest !== undefined && digest !== now) throw importOutdated()
  refuseRows(rows)
  return {
    added: rows.filter(({ outcome }) => outcome === ImportOutcome.ADD).map(({ draft }) => draft),
    changed: rows.flatMap(({ outcome, stored, draft }) =>
      outcome === ImportOutcome.CHANGE && stored !== undefined
        ? [{ before: stored, settings: draft }]
        : [],
    ),
  }
}

/** Each cell is named by its row, such as "3.outgoing.port". */
function refuseRows(rows: Rows): void {
  const fields = rows.flatMap(({ row, refusals }) =>
    refusals.map(({ path, ...refusal }) => ({
      ...refusal,
      path: path === '' ? String(row) : `${row}.${path}`,
    })),
  )
  if (fields.length > 0) throw importRefused(fields)
}

/** What a plan that was carried out has done. */
export function resultOf(rows: Rows): ImportResult {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length
  return {
    added: count(ImportOutcome.ADD),
    changed: count(ImportOutcome.CHANGE),
    unchanged: count(ImportOutcome.SAME),
  }
}
