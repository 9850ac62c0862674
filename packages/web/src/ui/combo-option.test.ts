import { expect, it } from 'vitest'
import { findOptions } from './combo-option.js'

const OPTIONS = [
  { value: '1', label: '本社メール', alias: 'main' },
  { value: '2', label: '支社メール', note: 'osaka' },
  { value: '3', label: '支社メール', note: 'nagoya' },
]
const found = (text: string) => findOptions(OPTIONS, text).map(({ value }) => value)

it('finds by every word in any order, blind to width and case, and leaves the order', () => {
  expect(found('')).toEqual(['1', '2', '3'])
  expect(found('支社')).toEqual(['2', '3'])
  expect(found('ＯＳＡＫＡ 支社')).toEqual(['2'])
  expect(found('Main')).toEqual(['1'])
  expect(found('支社 main')).toEqual([])
})
