import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { eucJp, hex, jis, join } from '../../test/support/mail-source.js'
import { toShiftJis } from '../../test/support/shift-jis.js'
import { decodeText } from './charset.ts'

const TEXT = '会議のお知らせです。表示と能力、ソフト。'

describe('reading Japanese (GOAL-23)', () => {
  const labelled: [string, Buffer, string][] = [
    ['iso-2022-jp', jis(TEXT), TEXT],
    ['ISO-2022-JP', jis(TEXT), TEXT],
    ['iso-2022-jp-ms', jis(TEXT), TEXT],
    ['CP50221', jis(TEXT), TEXT],
    ['shift_jis', toShiftJis(TEXT), TEXT],
    ['Shift-JIS', toShiftJis(TEXT), TEXT],
    ['x-sjis', toShiftJis(TEXT), TEXT],
    ['cp932', toShiftJis(TEXT), TEXT],
    ['Windows-31J', toShiftJis(TEXT), TEXT],
    ['euc-jp', eucJp(TEXT), TEXT],
    ['x-euc-jp', eucJp(TEXT), TEXT],
    ['eucJP-ms', eucJp(TEXT), TEXT],
    ['utf-8', Buffer.from(TEXT), TEXT],
    ['"UTF-8"', Buffer.from(TEXT), TEXT],
    ['utf-16', iconv.encode(TEXT, 'utf-16', { addBOM: true }), TEXT],
    ['utf-16be', iconv.encode(TEXT, 'utf-16be'), TEXT],
    ['utf-7', iconv.encode(TEXT, 'utf-7'), TEXT],
    ['utf-8', hex('efbbbf e38182'), 'あ'],
  ]
  it.each(labelled)('K-13: declared as %s', (charset, bytes, text) => {
    expect(decodeText(bytes, charset)).toBe(text)
  })

  const special: [string, string, Buffer, string][] = [
    ["NEC's row 13", 'iso-2022-jp', join(['\x1b$B', hex('2d21 2d6a'), '\x1b(B']), '①㈱'],
    ["NEC's row 13", 'shift_jis', hex('8740 878a'), '①㈱'],
    ["NEC's row 13", 'euc-jp', hex('ada1 adea'), '①㈱'],
    ["IBM's characters", 'iso-2022-jp', join(['\x1b$B', hex('7c62'), '\x1b(B']), '髙'],
    ["IBM's characters", 'shift_jis', hex('fbfc'), '髙'],
    ["NEC's copy of IBM's characters", 'shift_jis', hex('eee0'), '髙'],
    [
      'half-width kana by escape',
      'iso-2022-jp',
      join(['\x1b(I', hex('3638 3636'), '\x1b(B']),
      'ｶｸｶｶ',
    ],
    [
      'half-width kana by shift',
      'iso-2022-jp',
      join(['a', hex('0e'), hex('3638'), hex('0f'), 'b']),
      'aｶｸb',
    ],
    ['half-width kana in eight bits', 'iso-2022-jp', join([jis('全角'), hex('b6b8b6')]), '全角ｶｸｶ'],
    ['half-width kana', 'shift_jis', hex('b6b8b6b8'), 'ｶｸｶｸ'],
    ['half-width kana', 'euc-jp', hex('8eb6 8eb8'), 'ｶｸ'],
    ['the supplement JIS X 0212', 'iso-2022-jp-1', join(['\x1b$(D', hex('3021'), '\x1b(B']), '丂'],
    ['the wave dash as Windows has it', 'shift_jis', hex('8160'), '～'],
  ]
  it.each(special)('K-13: %s in %s', (_, charset, bytes, text) => {
    expect(decodeText(bytes, charset)).toBe(text)
  })

  const charsets: [string, Buffer][] = [
    ['ISO-2022-JP', jis(TEXT)],
    ['Shift_JIS', toShiftJis(TEXT)],
    ['EUC-JP', eucJp(TEXT)],
    ['UTF-8', Buffer.from(TEXT)],
  ]
  const labels = [
    null,
    '',
    'us-ascii',
    'utf-8',
    'x-unknown',
    'no-such-charset',
    'iso-8859-1',
    'base64',
  ]
  const mislabelled = charsets.flatMap(([name, bytes]) =>
    [...labels, 'shift_jis', 'euc-jp', 'iso-2022-jp'].map(
      (label): [string, string | null, Buffer] => [name, label, bytes],
    ),
  )
  it.each(mislabelled)('K-13: %s that is declared as %s', (_, label, bytes) => {
    expect(decodeText(bytes, label)).toBe(TEXT)
  })

  it('K-13: leaves other languages what they are', () => {
    expect(decodeText(iconv.encode('São João, é à côté', 'latin1'), null)).toBe(
      'São João, é à côté',
    )
    expect(decodeText(iconv.encode('Grüße für Müller', 'latin1'), 'iso-8859-1')).toBe(
      'Grüße für Müller',
    )
    expect(decodeText(iconv.encode('привет всем', 'koi8-r'), 'koi8-r')).toBe('привет всем')
    expect(decodeText(iconv.encode('你好', 'gbk'), 'gb2312')).toBe('你好')
    expect(decodeText(iconv.encode('안녕', 'euc-kr'), 'ks_c_5601-1987')).toBe('안녕')
  })
})

describe('broken Japanese', () => {
  it('K-14: an escape left open ends with its line', () => {
    const open = join([
      '\x1b$B',
      eucJp('会議').map((byte) => byte & 0x7f) as Buffer,
      '\r\nnext line',
    ])
    expect(decodeText(open, 'iso-2022-jp')).toBe('会議\r\nnext line')
  })

  it('K-14: JIS with another charset in between', () => {
    expect(decodeText(join([jis('会議'), '\n', toShiftJis(TEXT)]), 'iso-2022-jp')).toBe(
      `会議\n${TEXT}`,
    )
    expect(decodeText(join([jis('会議'), '\n', Buffer.from(TEXT)]), 'iso-2022-jp')).toBe(
      `会議\n${TEXT}`,
    )
  })

  it('K-14: half a character is one U+FFFD', () => {
    expect(decodeText(join(['\x1b$B', hex('3021 30'), '\x1b(B', 'x']), 'iso-2022-jp')).toBe(
      '亜\uFFFDx',
    )
    expect(decodeText(join([toShiftJis('会議'), hex('81')]), 'shift_jis')).toBe('会議\uFFFD')
  })

  it("K-14: the telephones' pictures are readable or U+FFFD, and nothing else is lost", () => {
    expect(decodeText(join(['\x1b$Gj', hex('0f'), 'x']), 'iso-2022-jp')).toBe('\uFFFDx')
    expect(
      decodeText(join([toShiftJis('晴れ'), hex('f89f'), toShiftJis('です')]), 'shift_jis'),
    ).toMatch(/^晴れ[\ue000-\uf8ff\ufffd]です$/)
    expect(
      decodeText(join([jis('晴れ'), '\x1b$B', hex('7541'), '\x1b(B', 'x']), 'iso-2022-jp'),
    ).toMatch(/^晴れ[\ue000-\uf8ff\ufffd]+x$/)
  })

  it('K-14: an escape that is none is no Japanese', () => {
    expect(decodeText(Buffer.from('\x1b[31mred\x1b[0m'), null)).toBe('\x1b[31mred\x1b[0m')
    expect(decodeText(Buffer.from('\x1b[31m赤'), 'utf-8')).toBe('\x1b[31m赤')
  })

  it('K-6: overlong and invalid UTF-8 are U+FFFD', () => {
    expect(decodeText(hex('61 c0af 62'), 'utf-8')).toMatch(/^a\uFFFD+b$/)
    expect(decodeText(hex('61 eda080 62'), 'utf-8')).toMatch(/^a\uFFFD+b$/)
    expect(decodeText(hex('61 fffe 62'), 'utf-8')).toMatch(/^a\uFFFD+b$/)
  })

  it('K-13: whatever it is called, it is read', () => {
    const names = [
      '__proto__',
      'constructor',
      '"'.repeat(100_000),
      'utf-99',
      '\0',
      'iso-2022-kr',
      'hz-gb-2312',
    ]
    for (const name of names) expect(decodeText(Buffer.from('あ'), name)).toBe('あ')
  })
})
