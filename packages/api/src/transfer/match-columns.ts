import { FieldRule } from '@mailroom/shared'
import { badUserInput } from '../errors.js'
import type { Column, ColumnName } from './column.js'
import type { CsvRow } from './parse-csv.js'

/** A file's rows and which cell of them belongs to which column. */
export interface Matched<Draft, Known> {
  readonly hasHeading: boolean
  /** By the place of their cells; columns that are not in the file are missing. */
  readonly places: ReadonlyMap<Column<Draft, Known>, number>
  /** Headings that we know nothing of; their cells are not read. */
  readonly ignored: readonly string[]
  /** How many cells a row may have. */
  readonly width: number
  /** The rows below the heading. */
  readonly rows: readonly CsvRow[]
}

/**
 * Finds out which column is which: by the first row where its words are headings, in any language and
 * order, otherwise by the fixed order. The first of `columns` tells one thing from the other and must be
 * in the file. Throws BAD_USER_INPUT where the heading cannot be right.
 */
export function matchColumns<Draft, Known>(
  rows: readonly CsvRow[],
  columns: readonly Column<Draft, Known>[],
): Matched<Draft, Known> {
  const [first, ...below] = rows
  const headings = first?.cells ?? []
  const named = headings.map((heading) => columns.find((column) => isCalled(column, heading)))
  if (!isHeading(headings, named)) {
    const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
    const places = new Map(columns.slice(0, width).map((column, place) => [column, place]))
    return { hasHeading: false, places, ignored: [], width: columns.length, rows }
  }
  const places = new Map<Column<Draft, Known>, number>()
  named.forEach((column, place) => {
    if (column === undefined) return
    if (places.has(column)) throw refused(FieldRule.csvHeading)
    places.set(column, place)
  })
  if (columns[0] === undefined || !places.has(columns[0])) throw refused(FieldRule.csvHeading)
  if (below.length === 0) throw refused(FieldRule.csvEmpty)
  return {
    hasHeading: true,
    places,
    ignored: headings.filter((text, place) => text.trim() !== '' && named[place] === undefined),
    width: headings.length,
    rows: below,
  }
}

/** Two headings in one row are no chance; nor is a row that holds nothing else. */
function isHeading(headings: readonly string[], named: readonly unknown[]): boolean {
  const known = named.filter((column) => column !== undefined).length
  return known >= 2 || (known > 0 && known === headings.filter((h) => h.trim() !== '').length)
}

function isCalled(column: ColumnName, heading: string): boolean {
  const wanted = headingKey(heading)
  return [column.label.ja, column.label.en, ...column.paths, ...(column.aliases ?? [])].some(
    (name) => headingKey(name) === wanted,
  )
}

/** What headings are compared by: letters and digits alone, without regard to case and width. */
function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const refused = (rule: FieldRule) => badUserInput([{ path: 'file', rule }])
