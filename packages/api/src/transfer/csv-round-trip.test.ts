import { describe, expect, it } from 'vitest'
import { decodeCsv } from './decode-csv.js'
import { neutraliseCell, restoreCell } from './neutralise.js'
import { parseCsv } from './parse-csv.js'
import { writeCsv } from './write-csv.js'

/** Every kind of character that a CSV file, a spreadsheet or a database may trip over. */
const HOSTILE = [
  ...[
    '"',
    '""',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    "'",
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
  ],
  ...[
    'あ',
    '表',
    '😀',
    'é',
    'e\u0301',
    '\u0000',
    '\ufeff',
    '\u3000',
    ' ',
    '\\',
    '0',
    '|',
    '%',
    'x',
  ],
]

/** A seeded generator (mulberry32), so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = seeded(20_261_125)
const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
const cell = () =>
  Array.from({ length: Math.floor(random() * 7) }, () => pick(HOSTILE) ?? '').join('')
/** With something to see at its end: rows of nothing are skipped. */
const row = () => [...Array.from({ length: 5 }, cell), 'end']

async function written(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const pieces: string[] = []
  for await (const piece of writeCsv(['head'], rows)) pieces.push(piece)
  return Buffer.from(pieces.join(''))
}

it('reads what was written, whatever the cells hold', async () => {
  const rows = Array.from({ length: 3_000 }, row)
  const { text } = decodeCsv(await written(rows))
  const [heading, ...read] = await parseCsv(text, rows.length)
  expect(heading?.cells).toEqual(['head'])
  expect(read.map(({ cells }) => cells)).toEqual(rows)
})

it('writes what Excel opens as it is: a byte order mark, CRLF, and quotes where they are needed', async () => {
  const bytes = await written([['a,b', 'say "hi"', 'two\nlines', ' kept ', 'plain']])
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(bytes.toString().slice(1)).toBe(
    'head\r\n"a,b","say ""hi""","two\nlines"," kept ",plain\r\n',
  )
})

describe('a cell that a spreadsheet would run', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    "'=1",
  ])('%j is shown and not run, and read back as it was', (text) => {
    expect(neutraliseCell(text)).toBe(`'${text}`)
    expect(restoreCell(neutraliseCell(text))).toBe(text)
  })

  it.each(["it's", "'quoted'", "''", '', 'a=b', '１'])('%j needs no change', (text) => {
    expect(neutraliseCell(text)).toBe(text)
    expect(restoreCell(text)).toBe(text)
  })
})

describe('reading', () => {
  const cellsOf = async (text: string) =>
    (await parseCsv(text, 100)).map((r) => [r.row, ...r.cells])

  it('takes any line end, and numbers rows as a spreadsheet does', async () => {
    expect(await cellsOf('a,1\r\n\n,\rb,"2\n3"\nc,4')).toEqual([
      [1, 'a', '1'],
      [4, 'b', '2\n3'],
      [5, 'c', '4'],
    ])
  })

  it.each([
    ['a quotation mark that is not closed', 'a,b\nc,"d\ne,f\n', 'csvSyntax', 2],
    ['text behind a closed quotation mark', 'a\n"b"c\n', 'csvSyntax', 2],
    ['a quotation mark within a cell', 'a,b"c', 'csvSyntax', 1],
    ['nothing', '', 'csvEmpty', undefined],
    ['only empty rows', '\r\n,,,\r\n  \r\n', 'csvEmpty', undefined],
    ['a row without end', `"${'x'.repeat(300_000)}`, 'csvSyntax', 1],
    ['a row of too many cells', ','.repeat(200), 'csvColumns', 100],
    ['more rows than can be', 'a\n'.repeat(102), 'tooMany', 100],
  ])('refuses %s', async (_what, text, rule, limit) => {
    await expect(parseCsv(text, 100)).rejects.toMatchObject({
      fields: [{ path: 'file', rule, ...(limit === undefined ? {} : { limit }) }],
    })
  })
})
