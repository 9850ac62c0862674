import { ImportOutcome, type Language } from '@mailroom/shared'
import { listOf, withTurns } from '../with-turns.js'
import { fieldMessage } from '../validation/field-messages.js'
import type { CellRefusal, Column } from './column.js'
import type { ImportChange, ImportPreview, ImportRefusal } from './import-preview.type.js'
import type { CellChange, Importable, PlannedRow, Versioned } from './plan-import.js'
import type { Upload } from './read-upload.js'

/** Longer values are cut: a chain of certificates is no good reading. */
const VALUE_MAX_LENGTH = 200

/** A plan as it is answered, in the caller's language. */
export async function describePreview<Draft extends object, Stored extends Versioned, Known>(
  kind: Importable<Draft, Stored, Known>,
  file: Upload<Draft, Known>,
  planned: readonly PlannedRow<Draft, Stored>[],
  digest: string,
  language: Language,
): Promise<ImportPreview> {
  const columnOf = (path: string) => kind.columns.find(({ paths }) => paths.includes(path))
  const placeOf = (column: Column<Draft, Known> | undefined) => column && file.places.get(column)
  const count = (outcome: ImportOutcome) => planned.filter((r) => r.outcome === outcome).length

  const change = ({ path, label, old, new: now, isRemoved }: CellChange): ImportChange => {
    const column = columnOf(path)
    return {
      field: path,
      label: (label ?? column?.label)?.[language] ?? path,
      old: brief(old),
      new: brief(now),
      isSecret: column?.secretOf !== undefined,
      isRemoved: isRemoved === true,
    }
  }
  const refusal = (found: CellRefusal): ImportRefusal => {
    const column = columnOf(found.path)
    const place = placeOf(column)
    return {
      field: found.path || null,
      label: column?.label[language] ?? null,
      column: place === undefined ? null : place + 1,
      rule: found.rule,
      message: wordsOf(found, language),
    }
  }
  const rows = withTurns(planned, ({ row, code, outcome, about, changes, refusals }) => ({
    row,
    code: brief(code) ?? '',
    outcome,
    about,
    changes: changes.map(change),
    refusals: refusals.map(refusal),
  }))
  return {
    rows: await listOf(rows),
    addCount: count(ImportOutcome.ADD),
    changeCount: count(ImportOutcome.CHANGE),
    sameCount: count(ImportOutcome.SAME),
    refusedCount: count(ImportOutcome.REFUSED),
    encoding: file.encoding,
    hasHeading: file.hasHeading,
    ignoredColumns: file.ignored.map((heading) => brief(heading) ?? ''),
    digest,
  }
}

function wordsOf({ rule, limit, choices }: CellRefusal, language: Language): string {
  const words = fieldMessage(rule, limit, language)
  if (choices === undefined) return words
  return `${words}${language === 'ja' ? '' : ' '}(${choices.join(', ')})`
}

function brief(text: string | null): string | null {
  return text !== null && text.length > VALUE_MAX_LENGTH
    ? `${text.slice(0, VALUE_MAX_LENGTH)}…`
    : text
}
