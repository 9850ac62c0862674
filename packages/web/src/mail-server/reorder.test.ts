import { describe, expect, it } from 'vitest'
import { mergeOrder, movesBetween, moveTo } from './reorder.js'

describe('moving one row', () => {
  it('puts it at the place asked for and keeps the others in order', () => {
    expect(moveTo(['a', 'b', 'c', 'd'], 'd', 0)).toEqual(['d', 'a', 'b', 'c'])
    expect(moveTo(['a', 'b', 'c', 'd'], 'a', 2)).toEqual(['b', 'c', 'a', 'd'])
  })

  it('stops at both ends', () => {
    expect(moveTo(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moveTo(['a', 'b', 'c'], 'b', 99)).toEqual(['a', 'c', 'b'])
  })
})

describe('telling what moved', () => {
  it('tells one move as one, not as the shift of all others', () => {
    expect(movesBetween(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual([
      { id: 'd', from: 4, to: 1 },
    ])
  })

  it('tells nothing where nothing moved', () => {
    expect(movesBetween(['a', 'b'], ['a', 'b'])).toEqual([])
  })

  it('is quick for ten thousand rows', () => {
    const before = Array.from({ length: 10_000 }, (_, index) => String(index))
    const started = performance.now()
    expect(movesBetween(before, [...before].reverse())).toHaveLength(9_999)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('an order that was made while somebody else changed the list', () => {
  it('keeps my moves, drops what is gone, and puts what is new last', () => {
    expect(
      mergeOrder(
        ['c', 'a', 'b'],
        ['a', 'b', 'd', 'c'].filter((id) => id !== 'b'),
      ),
    ).toEqual(['c', 'a', 'd'])
  })
})
