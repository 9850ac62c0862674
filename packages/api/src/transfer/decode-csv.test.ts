import { describe, expect, it } from 'vitest'
import { toShiftJis } from '../../test/support/shift-jis.js'
import { decodeCsv } from './decode-csv.js'

const TEXT = 'コード,名称\r\nHQ-01,本社メールサーバー\r\nｶﾅ,表示・能力・ソート・①㈱'

describe('a file is read in the encoding it was written in', () => {
  it('as UTF-8', () => {
    expect(decodeCsv(Buffer.from(TEXT))).toEqual({ text: TEXT, encoding: 'UTF_8' })
  })

  it('as UTF-8 with a byte order mark, which is no part of the first cell', () => {
    expect(decodeCsv(Buffer.from(`\ufeff${TEXT}`)).text).toBe(TEXT)
  })

  it('as Shift_JIS, with half-width kana, characters whose second byte is a sign, and NEC’s own', () => {
    expect(decodeCsv(toShiftJis(TEXT))).toEqual({ text: TEXT, encoding: 'SHIFT_JIS' })
  })

  it('as UTF-8 where it holds nothing that would tell', () => {
    expect(decodeCsv(Buffer.from('a,b'))).toEqual({ text: 'a,b', encoding: 'UTF_8' })
  })

  it('with emoji', () => {
    expect(decodeCsv(Buffer.from('😀')).text).toBe('😀')
  })
})

describe('a file in no encoding that we read is refused as a whole', () => {
  it.each([
    ['UTF-16, which spreadsheets call Unicode text', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-8 by its mark, cut within a character', Buffer.from('\ufeff本社').subarray(0, 8)],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0xa0, 0xfd])],
  ])('%s', (_what, bytes) => {
    expect(() => decodeCsv(bytes)).toThrow(
      expect.objectContaining({ fields: [{ path: 'file', rule: 'csvEncoding' }] }),
    )
  })
})
