import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { neutraliseCell } from './neutralise.js'

/** Without it Excel takes UTF-8 for the system's own encoding. */
const BYTE_ORDER_MARK = '\ufeff'
/** So many are written at a time that other requests have their turn between. */
const ROWS_AT_ONCE = 500

/** A CSV file piece by piece: UTF-8 with a byte order mark, CRLF, and nothing that a spreadsheet runs. */
export async function* writeCsv(
  heading: readonly string[],
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + write([heading])
  let waiting: (readonly string[])[] = []
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length < ROWS_AT_ONCE) continue
    yield write(waiting)
    waiting = []
    await setImmediate()
  }
  if (waiting.length > 0) yield write(waiting)
}

const write = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(neutraliseCell)),
    // The library quotes for its own line ends only; spaces at an end are lost without quotes.
    { record_delimiter: '\r\n', quoted_match: /[\r\n\t]|^\s|\s$/ },
  )
