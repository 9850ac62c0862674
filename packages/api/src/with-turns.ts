import { setImmediate } from 'node:timers/promises'

/** So many are done at a time that other requests have their turn between. */
const AT_ONCE = 200

/** What becomes of each, for lists so long that nobody else would have a turn meanwhile. */
export async function* withTurns<T, Made>(
  all: Iterable<T>,
  make: (each: T) => Made | Promise<Made>,
): AsyncGenerator<Made> {
  let count = 0
  for (const each of all) {
    if (count % AT_ONCE === 0) await setImmediate()
    count += 1
    yield make(each)
  }
}

/** All of it as a list. */
export async function listOf<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const each of all) list.push(each)
  return list
}
