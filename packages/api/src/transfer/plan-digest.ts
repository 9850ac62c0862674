import { createHash } from 'node:crypto'
import { ImportOutcome } from '@mailroom/shared'
import { withTurns } from '../with-turns.js'
import type { Importable, PlannedRow, Versioned } from './plan-import.js'

/**
 * What a plan does, in short: an import that is confirmed by it does that and nothing else. A row that
 * changes something names the version that it changes.
 */
export async function digestOf<Draft extends object, Stored extends Versioned, Known>(
  kind: Importable<Draft, Stored, Known>,
  rows: readonly PlannedRow<Draft, Stored>[],
  known: Known,
): Promise<string> {
  const hash = createHash('sha256')
  const lines = withTurns(rows, ({ outcome, code, stored, draft, changes }) => {
    const version = outcome === ImportOutcome.CHANGE ? stored?.version : undefined
    const cells = kind.columns.map(
      (column) => column.secretOf?.(draft) ?? column.write(draft, known),
    )
    return JSON.stringify([outcome, code, stored?.id, version, cells, changes])
  })
  for await (const line of lines) hash.update(line)
  return hash.digest('hex')
}
