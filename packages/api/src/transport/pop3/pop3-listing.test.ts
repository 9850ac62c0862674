import { expect, it } from 'vitest'
import {
  parseListingRow,
  parseSize,
  parseSizes,
  parseUniqueId,
  parseUniqueIds,
} from './pop3-listing.js'

it.each([
  ['1 abc', { number: 1, value: 'abc' }],
  ['12\tabc ', { number: 12, value: 'abc' }],
  ['3', { number: 3, value: '' }],
  ['4 a b', { number: 4, value: 'a b' }],
  ['0 a', undefined],
  ['-1 a', undefined],
  ['1e3 a', undefined],
  ['99999999999 a', undefined],
  ['9999999999 a', undefined],
  ['abc', undefined],
  ['', undefined],
])('reads the row %j', (row, parsed) => {
  expect(parseListingRow(row)).toEqual(parsed)
})

it.each([
  ['120', 120],
  ['0', 0],
  ['120 more', 120],
  ['-1', undefined],
  ['1e18', undefined],
  ['1000000000000000000', undefined],
  ['', undefined],
])('takes %j for a size only where it can be one', (value, size) => {
  expect(parseSize(value)).toBe(size)
})

it.each([
  ['a', true],
  ['x'.repeat(71), true],
  ['x'.repeat(1_000), true],
  ['x'.repeat(1_001), false],
  ['', false],
  ['a b', false],
  ['a\u0000b', false],
  ['\u00e9', false],
  ['a\nb', false],
])('accepts the unique id %j: %s', (value, isUsable) => {
  expect(parseUniqueId(value)).toBe(isUsable ? value : undefined)
})

it('goes by the message number, in any order, and guesses nothing', () => {
  const ids = parseUniqueIds(['3 c', '1 a', 'noise', '1 a', '2 b', '2 other', '4 a', '5 x y'])
  expect([...ids]).toEqual([
    [3, 'c'],
    [1, 'a'],
    [2, undefined],
    [4, 'a'],
    [5, undefined],
  ])
  expect([...parseSizes(['2 10', '1 x'])]).toEqual([
    [2, 10],
    [1, undefined],
  ])
})

it('stays unsure of a number that was named thrice', () => {
  expect(parseUniqueIds(['1 a', '1 b', '1 a']).get(1)).toBeUndefined()
  expect(parseUniqueIds(['1 a', '1 b', '1 b']).get(1)).toBeUndefined()
})
