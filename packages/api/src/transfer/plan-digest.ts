import { createHash } from 'node:crypto'
import { ImportOutcome } from '@mailroom/shared'
import type { Importable, PlannedRow, Versioned } from './plan-import.js'

/**
 * What a plan does, in short: an import that is confirmed by it does that and nothing else. A row that
 * changes something names the version that it changes.
 */
export function digestOf<Draft extends object, Stored extends Versioned, Known>(
  kind: Importable<Draft, Stored, Known>,
  rows: readonly PlannedRow<Draft, Stored>[],
  known: Known,
): string {
  const hash = createHash('sha256')
  for (const { outcome, code, stored, draft, changes } of rows) {
    const version = outcome === ImportOutcome.CHANGE ? stored?.version : undefined
    const cells = kind.columns.map(
      (column) => column.secretOf?.(draft) ?? column.write(draft, known),
    )
    hash.update(JSON.stringify([outcome, code, stored?.id, version, cells, changes]))
  }
  return hash.digest('hex')
}
