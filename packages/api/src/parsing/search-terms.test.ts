import { describe, expect, it } from 'vitest'
import { SEARCHED_MAX_LENGTH, searchQuery, searchTerms } from './search-terms.ts'

/** Whether a text is found, by the rules of tsquery: all terms, those with a star by their beginning. */
function finds(text: string, search: string): boolean {
  const terms = searchTerms([text])
  return searchQuery('a', search)
    .split(' & ')
    .slice(1)
    .every((term) => {
      const [, word = '', star] = /^'(.*)'(:\*)?$/.exec(term) ?? []
      return terms.some((each) => (star === undefined ? each === word : each.startsWith(word)))
    })
}

describe('what is searched', () => {
  it.each([
    ['請求書を送付します', '請'],
    ['請求書を送付します', '求書'],
    ['請求書を送付します', '請求書'],
    ['請求書を送付します', '書を送付します'],
    ['請求書を送付します', 'す'],
    ['ﾒｰﾙｻｰﾊﾞｰの件', 'メールサーバー'],
    ['ＡＢＣ商事　御中', 'abc商事'],
    ['第3四半期の売上', '第３四半期'],
    ['Invoice No. INV-2026-001', 'inv-2026'],
    ['Die Straße nach Köln', 'STRASSE'],
    ['taro.yamada@example.co.jp', 'yamada@example.co'],
    ['한국어 메일입니다', '한국'],
    ['สวัสดีครับ', 'ดีครับ'],
    ['cafe\u0301 crème', 'CAFÉ'],
  ])('%s is found by %s', (text, search) => {
    expect(finds(text, search)).toBe(true)
  })

  it.each([
    ['要求書を添付し、請求します', '請求書'],
    ['invoice', 'voice'],
    ['請求書', '請求 見積'],
    ['', 'a'],
    ['!!!', '!!!'],
  ])('%s is not found by %s', (text, search) => {
    expect(finds(text, search)).toBe(false)
  })

  it('is bounded, and holds nothing that a query would read as its own', () => {
    const long = searchTerms(['字'.repeat(10) + 'a'.repeat(100_000), 'never'])
    expect(long).not.toContain('never')
    expect(Math.max(...long.map((term) => term.length))).toBeLessThanOrEqual(64)
    expect(
      searchTerms([Array.from({ length: 50_000 }, (_, n) => n).join(' ')]).length,
    ).toBeLessThan(SEARCHED_MAX_LENGTH)
    expect(searchQuery('a', `x' | 'account-b':* \\ & !("`)).toBe(
      `'account-a' & 'x':* & 'account':* & 'b':*`,
    )
    expect(searchQuery('a', '!!!')).toBe(`'account-a' & '-'`)
  })
})
