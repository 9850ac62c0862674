import { Readable } from 'node:stream'
import { FieldRule } from '@mailroom/shared'
import { CsvError, parse } from 'csv-parse'
import { badUserInput } from '../errors.js'
import { restoreCell } from './neutralise.js'

/** One row of a file as it was written. */
export interface CsvRow {
  /** As a spreadsheet numbers it: a cell with line breaks is in one row, and an empty row counts. */
  readonly row: number
  /** Without what spreadsheets need in front of formulas. */
  readonly cells: readonly string[]
  readonly cellsAsWritten: readonly string[]
}

/** Room for two chains of certificates beside everything else. */
const ROW_MAX_LENGTH = 256 * 1024
/** More than twice what we know, for files that hold other things too. */
const COLUMNS_MAX = 100
/** What is handed to the parser at a time, so that other requests have their turn between. */
const PIECE_BYTES = 64 * 1024

/**
 * The rows of a CSV file (RFC 4180) that are not empty. Throws BAD_USER_INPUT where it is no CSV or larger than we take.
 */
export async function parseCsv(text: string, rowsMax: number): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  let row = 0
  try {
    for await (const cells of readRecords(text)) {
      row += 1
      if (cells.length > COLUMNS_MAX) throw refused(FieldRule.csvColumns, COLUMNS_MAX)
      if (cells.every((cell) => cell.trim() === '')) continue
      // One more than asked for: the first may be a heading.
      if (rows.length > rowsMax) throw refused(FieldRule.tooMany, rowsMax)
      rows.push({ row, cells: cells.map(restoreCell), cellsAsWritten: cells })
    }
  } catch (error) {
    if (error instanceof CsvError) throw refused(FieldRule.csvSyntax, rowOf(error))
    throw error
  }
  if (rows.length === 0) throw refused(FieldRule.csvEmpty)
  return rows
}

async function* readRecords(text: string): AsyncGenerator<string[]> {
  const parser = parse({
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: ROW_MAX_LENGTH,
  })
  Readable.from(piecesOf(Buffer.from(text))).pipe(parser)
  const records: AsyncIterable<unknown> = parser
  for await (const record of records) {
    if (isCells(record)) yield record
  }
}

/** Bytes and not characters: a piece may end within one, which the parser puts together again. */
function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    yield bytes.subarray(start, start + PIECE_BYTES)
  }
}

/** The parser counts ahead of what it has handed out; what it counts is the rows that were whole. */
function rowOf(error: CsvError): number | undefined {
  const records: unknown = error['records']
  return typeof records === 'number' ? records + 1 : undefined
}

const isCells = (record: unknown): record is string[] =>
  Array.isArray(record) && record.every((cell) => typeof cell === 'string')

const refused = (rule: FieldRule, limit?: number) => badUserInput([{ path: 'file', rule, limit }])
