import { ImportOutcome } from '@mailroom/shared'
import type { ImportResult } from './import-preview.type.js'
import type { PlannedRow } from './plan-import.js'
import { importRefused } from './transfer.errors.js'

type Rows<Draft, Stored> = readonly PlannedRow<Draft, Stored>[]

/** What a plan adds. */
export const addedBy = <Draft, Stored>(rows: Rows<Draft, Stored>): Draft[] =>
  rows.filter(({ outcome }) => outcome === ImportOutcome.ADD).map(({ draft }) => draft)

/** What a plan changes: as it was read, and as it will be. */
export const changedBy = <Draft, Stored>(
  rows: Rows<Draft, Stored>,
): { before: Stored; settings: Draft }[] =>
  rows.flatMap(({ outcome, stored, draft }) =>
    outcome === ImportOutcome.CHANGE && stored !== undefined
      ? [{ before: stored, settings: draft }]
      : [],
  )

/** Throws BAD_USER_INPUT where a row is refused, each cell by its row, such as "3.outgoing.port". */
export function refuseRows(rows: Rows<unknown, unknown>): void {
  const fields = rows.flatMap(({ row, refusals }) =>
    refusals.map(({ path, ...refusal }) => ({
      ...refusal,
      path: path === '' ? String(row) : `${row}.${path}`,
    })),
  )
  if (fields.length > 0) throw importRefused(fields)
}

/** What a plan that was carried out has done. */
export function resultOf(rows: Rows<unknown, unknown>): ImportResult {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length
  return {
    added: count(ImportOutcome.ADD),
    changed: count(ImportOutcome.CHANGE),
    unchanged: count(ImportOutcome.SAME),
  }
}
