import {
  FieldRule,
  IMPORT_FILE_MAX_BYTES,
  IMPORT_FILE_MAX_MEGABYTES,
  type CsvEncoding,
} from '@mailroom/shared'
import { badUserInput } from '../errors.js'
import type { Column } from './column.js'
import { decodeCsv } from './decode-csv.js'
import { matchColumns, type Matched } from './match-columns.js'
import { parseCsv } from './parse-csv.js'

const BASE64 = /^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/

/** A file as it came, and how it was read. */
export interface Upload<Draft, Known> extends Matched<Draft, Known> {
  readonly encoding: CsvEncoding
}

/** Reads a file that came as base64. Throws BAD_USER_INPUT where it is no CSV file that we take. */
export async function readUpload<Draft, Known>(
  base64: string,
  columns: readonly Column<Draft, Known>[],
  rowsMax: number,
): Promise<Upload<Draft, Known>> {
  if (!BASE64.test(base64)) throw badUserInput([{ path: 'file', rule: FieldRule.type }])
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > IMPORT_FILE_MAX_BYTES) {
    const limit = IMPORT_FILE_MAX_MEGABYTES
    throw badUserInput([{ path: 'file', rule: FieldRule.fileSize, limit }])
  }
  const { text, encoding } = decodeCsv(bytes)
  return { ...matchColumns(await parseCsv(text, rowsMax), columns), encoding }
}
