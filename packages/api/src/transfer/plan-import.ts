import { isDeepStrictEqual } from 'node:util'
import { FieldRule, ImportOutcome } from '@mailroom/shared'
import { validate } from 'class-validator'
import type { Sentence } from '../language.js'
import { VALIDATION } from '../graphql/validation-options.js'
import { refusalsOf } from '../validation/refusals-of.js'
import { listOf, withTurns } from '../with-turns.js'
import type { CellRefusal, Column } from './column.js'
import type { Matched } from './match-columns.js'
import type { CsvRow } from './parse-csv.js'

/** What can be imported, and how. */
export interface Importable<Draft extends object, Stored extends Versioned, Known> {
  /** The first tells one thing from the other. */
  readonly columns: readonly Column<Draft, Known>[]
  /** What codes are compared by. */
  keyOf(code: string): string
  /** What is stored as it would be typed; undefined: a new one with nothing typed yet. */
  draftOf(stored: Stored | undefined): Draft
  /** A valid draft in the form in which it is kept, so that two can be compared. */
  settle(draft: Draft, known: Known): Draft
  /** A few words that tell one row from the next. */
  describe(draft: Draft, known: Known): string
  /** What a change does besides giving settings the values of cells. */
  consequencesOf?(stored: Stored, after: Draft, known: Known): CellChange[]
}

export interface Versioned {
  readonly id: string
  readonly version: number
}

/** One setting that an import would give another value, as cells of the file. */
export interface CellChange {
  readonly path: string
  /** Of what no column has. */
  readonly label?: Sentence | undefined
  readonly old: string | null
  readonly new: string | null
  /** It is taken away, and what it was is not shown. */
  readonly isRemoved?: true
}

/** What an import would do with one row, and everything that it was refused for. */
export interface PlannedRow<Draft, Stored> {
  readonly row: number
  readonly code: string
  readonly outcome: ImportOutcome
  readonly stored: Stored | undefined
  readonly draft: Draft
  readonly about: string
  readonly changes: readonly CellChange[]
  readonly refusals: readonly CellRefusal[]
}

/**
 * Says of each row what an import would do with it. Judges by the very rules of the input that a screen
 * sends; what the file has no column for keeps its value, or has its default where it is new.
 */
export async function planImport<Draft extends object, Stored extends Versioned, Known>(
  kind: Importable<Draft, Stored, Known>,
  file: Matched<Draft, Known>,
  stored: ReadonlyMap<string, Stored>,
  known: Known,
): Promise<PlannedRow<Draft, Stored>[]> {
  const planner = new Planner(kind, file, stored, known)
  return listOf(withTurns(file.rows, (row) => planner.plan(row)))
}

/** What the codes of a file are compared by. */
export function keysIn<Draft extends object, Stored extends Versioned, Known>(
  kind: Importable<Draft, Stored, Known>,
  file: Matched<Draft, Known>,
): string[] {
  return file.rows.map((row) => kind.keyOf(codeIn(kind, file, row)))
}

function codeIn<Draft extends object, Stored extends Versioned, Known>(
  { columns: [column] }: Importable<Draft, Stored, Known>,
  { places }: Matched<Draft, Known>,
  { cells }: CsvRow,
): string {
  const place = column && places.get(column)
  return (place === undefined ? undefined : cells[place]) ?? ''
}

class Planner<Draft extends object, Stored extends Versioned, Known> {
  readonly #rowsOfCode: ReadonlyMap<string, readonly number[]>

  constructor(
    private readonly kind: Importable<Draft, Stored, Known>,
    private readonly file: Matched<Draft, Known>,
    private readonly stored: ReadonlyMap<string, Stored>,
    private readonly known: Known,
  ) {
    const rowsOfCode = new Map<string, number[]>()
    for (const row of file.rows) {
      const key = kind.keyOf(codeIn(kind, file, row))
      const rows = rowsOfCode.get(key)
      if (rows === undefined) rowsOfCode.set(key, [row.row])
      else rows.push(row.row)
    }
    this.#rowsOfCode = rowsOfCode
  }

  async plan(row: CsvRow): Promise<PlannedRow<Draft, Stored>> {
    const code = codeIn(this.kind, this.file, row)
    const stored = this.stored.get(this.kind.keyOf(code))
    const draft = this.kind.draftOf(stored)
    const unread = this.#read(row, draft, stored === undefined)
    const refusals = this.#inOrder([
      ...unread,
      ...(await this.#judge(draft, unread)),
      ...this.#repeated(row, code),
      ...this.#surplus(row),
    ])
    const common = { row: row.row, code: code.trim(), stored, refusals }
    if (refusals.length > 0) {
      return { ...common, outcome: ImportOutcome.REFUSED, draft, about: '', changes: [] }
    }
    const after = this.kind.settle(draft, this.known)
    const about = this.kind.describe(after, this.known)
    const settled = { ...common, draft: after, about }
    if (stored === undefined) return { ...settled, outcome: ImportOutcome.ADD, changes: [] }
    const before = this.kind.settle(this.kind.draftOf(stored), this.known)
    if (isDeepStrictEqual(before, after)) {
      return { ...settled, outcome: ImportOutcome.SAME, changes: [] }
    }
    return { ...settled, outcome: ImportOutcome.CHANGE, changes: this.#changes(stored, after) }
  }

  /** Fills the draft from the cells; answers those that could not be read. */
  #read({ cells, cellsAsWritten }: CsvRow, draft: Draft, isNew: boolean): CellRefusal[] {
    return this.kind.columns.flatMap((column): CellRefusal[] => {
      const place = this.file.places.get(column)
      if (place === undefined && !isNew) return []
      const all = column.secretOf === undefined ? cells : cellsAsWritten
      const cell = place === undefined ? '' : (all[place] ?? '')
      // Neither JSON in the database nor its text can hold it, whatever the field's own rules are.
      if (cell.includes('\0')) return [{ path: column.paths[0], rule: FieldRule.plainText }]
      const refusal = column.read(cell, draft, this.known)
      return refusal === undefined ? [] : [refusal]
    })
  }

  /** The rules of the input; of a cell that could not be read, nothing more is said. */
  async #judge(draft: Draft, unread: readonly CellRefusal[]): Promise<CellRefusal[]> {
    const found = (await validate(draft, VALIDATION)).flatMap((error) => refusalsOf(error))
    const isUnread = (path: string) =>
      unread.some((refusal) => this.#columnOf(refusal.path) === this.#columnOf(path))
    return found.filter(({ path }) => !isUnread(path))
  }

  #repeated({ row }: CsvRow, code: string): CellRefusal[] {
    const others = this.#rowsOfCode.get(this.kind.keyOf(code)) ?? []
    const other = others.find((each) => each !== row)
    return other === undefined || code.trim() === ''
      ? []
      : [{ path: this.#codePath, rule: FieldRule.repeatedCode, limit: other }]
  }

  #surplus({ cells }: CsvRow): CellRefusal[] {
    const { width } = this.file
    return cells.slice(width).some((cell) => cell.trim() !== '')
      ? [{ path: '', rule: FieldRule.surplusCells, limit: width }]
      : []
  }

  /** Against what is stored as it stands: what nobody asks for any more goes along, and is told. */
  #changes(stored: Stored, after: Draft): CellChange[] {
    const before = this.kind.draftOf(stored)
    const changes = this.kind.columns.flatMap((column): CellChange[] => {
      const change = { path: column.paths[0], old: null, new: null }
      if (column.secretOf !== undefined) return column.secretOf(after) ? [change] : []
      const [old, now] = [before, after].map((draft) => column.write(draft, this.known))
      return old === now ? [] : [{ ...change, old: old || null, new: now || null }]
    })
    return [...changes, ...(this.kind.consequencesOf?.(stored, after, this.known) ?? [])]
  }

  /** As the columns stand, whatever found them. */
  #inOrder(refusals: CellRefusal[]): CellRefusal[] {
    const columns = this.kind.columns
    const placeOf = ({ path }: CellRefusal) => columns.findIndex((c) => c.paths.includes(path))
    return refusals.toSorted((a, b) => placeOf(a) - placeOf(b))
  }

  #columnOf(path: string): Column<Draft, Known> | undefined {
    return this.kind.columns.find(({ paths }) => paths.includes(path))
  }

  get #codePath(): string {
    return this.kind.columns[0]?.paths[0] ?? ''
  }
}
