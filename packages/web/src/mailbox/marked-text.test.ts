import { describe, expect, it } from 'vitest'
import { markedText } from './marked-text.js'

const marksIn = (text: string, search: string) =>
  markedText(text, search)
    .map(({ text: piece, isMarked }) => (isMarked ? `[${piece}]` : piece))
    .join('')

describe('what was searched for', () => {
  it('is marked in the text, in capitals or not, word by word', () => {
    expect(marksIn('Monthly report', 'REPORT')).toBe('Monthly [report]')
    expect(marksIn('七月の請求書です', '請求書　七月')).toBe('[七月]の[請求書]です')
  })

  it('may hold any sign', () => {
    expect(marksIn('a.c (1) abc', 'a.c (1)')).toBe('[a.c] [(1)] abc')
    expect(marksIn('<b>', '<')).toBe('[<]b>')
  })

  it('marks nothing where nothing is searched for', () => {
    expect(marksIn('abc', '  ')).toBe('abc')
  })
})
