/** Pure moves within a list of ids; every result is a permutation of what came in. */

export function moveTo(ids: readonly string[], id: string, index: number): string[] {
  const from = ids.indexOf(id)
  if (from === -1) return [...ids]
  const rest = ids.filter((each) => each !== id)
  const to = Math.min(Math.max(index, 0), rest.length)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}

export interface Move {
  readonly id: string
  /** 1-based places before and after. */
  readonly from: number
  readonly to: number
}

/**
 * The rows that were moved, as a person would tell it: those that are not part of the longest run
 * that kept its order. Moving one row from 9 to 1 is one move, not nine.
 */
export function movesBetween(before: readonly string[], after: readonly string[]): Move[] {
  const placeBefore = new Map(before.map((id, index) => [id, index]))
  const known = after.filter((id) => placeBefore.has(id))
  const kept = longestRising(known.map((id) => placeBefore.get(id) ?? 0))
  return after.flatMap((id, index) => {
    const from = placeBefore.get(id)
    return from === undefined || kept.has(from) ? [] : [{ id, from: from + 1, to: index + 1 }]
  })
}

/** The values of a longest rising subsequence, by patience sorting: O(n log n) for 10,000 rows. */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const previous = new Map<number, number | undefined>()
  for (const value of values) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    previous.set(value, low === 0 ? undefined : tails[low - 1])
    tails[low] = value
  }
  const kept = new Set<number>()
  for (let value = tails.at(-1); value !== undefined; value = previous.get(value)) kept.add(value)
  return kept
}

/** My order applied to a list that changed meanwhile: what is gone goes, what is new comes last. */
export function mergeOrder(mine: readonly string[], current: readonly string[]): string[] {
  const there = new Set(current)
  const had = new Set(mine)
  return [...mine.filter((id) => there.has(id)), ...current.filter((id) => !had.has(id))]
}
