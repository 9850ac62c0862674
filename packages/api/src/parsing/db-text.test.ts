import { describe, expect, it } from 'vitest'
import { cutBytes, toDbLine, toDbText } from './db-text.ts'

describe('text for the database', () => {
  it('K-5: has no U+0000', () => {
    expect(toDbText('a\0b')).toBe('a\uFFFDb')
  })

  it('K-6: has no half characters, and keeps whole ones', () => {
    expect(toDbText('\ud800a\udc00 \u{1F600}')).toBe('\uFFFDa\uFFFD \u{1F600}')
  })

  it('is cut between characters', () => {
    expect(toDbText('ab\u{1F600}', 3)).toBe('ab')
    expect(cutBytes('ああ', 5)).toBe('あ')
    expect(cutBytes('a\u{1F600}', 4)).toBe('a')
  })

  it('K-6: in one line neither breaks it nor turns it around', () => {
    expect(toDbLine(' a\r\n\tb\u0007c\u2028 ')).toBe('a b c')
    expect(toDbLine('invoice\u202efdp.exe')).toBe('invoice\uFFFDfdp.exe')
  })
})
