import { describe, expect, it, vi } from 'vitest'
import { DownloadSlots } from './download-slots.js'

const here = new AbortController().signal

/** A download that goes on until it is ended, and whether it has begun. */
function download(slots: DownloadSlots, whose: string, signal = here) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let hasBegun = false
  const done = slots.hold(whose, signal, () => {
    hasBegun = true
    return promise
  })
  return {
    done,
    hasBegun: () => hasBegun,
    async end() {
      resolve()
      await done
    },
  }
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('DownloadSlots', () => {
  it('has a person wait behind his own, and nobody else', async () => {
    const slots = new DownloadSlots({ total: 8, each: 3 })
    const own = [1, 2, 3, 4].map(() => download(slots, 'a'))
    const other = download(slots, 'b')
    await settle()
    expect(own.map((each) => each.hasBegun())).toEqual([true, true, true, false])
    expect(other.hasBegun()).toBe(true)
    await own[0]?.end()
    await settle()
    expect(own[3]?.hasBegun()).toBe(true)
  })

  it('has everybody wait once all are taken, and gives back what has failed', async () => {
    const slots = new DownloadSlots({ total: 8, each: 3 })
    const taken = ['a', 'a', 'a', 'b', 'b', 'b', 'c'].map((whose) => download(slots, whose))
    const { promise, reject } = Promise.withResolvers<void>()
    const failing = slots.hold('c', here, () => promise)
    const next = download(slots, 'd')
    await settle()
    expect([taken.every((each) => each.hasBegun()), next.hasBegun()]).toEqual([true, false])
    reject(new Error('not readable'))
    await expect(failing).rejects.toThrow('not readable')
    await settle()
    expect(next.hasBegun()).toBe(true)
  })

  it('forgets whoever has gone away while waiting', async () => {
    const slots = new DownloadSlots({ total: 8, each: 3 })
    const own = [1, 2, 3].map(() => download(slots, 'a'))
    const gone = new AbortController()
    const left = download(slots, 'a', gone.signal)
    const stays = download(slots, 'a')
    gone.abort()
    await expect(left.done).rejects.toThrow('gone')
    await own[0]?.end()
    await settle()
    expect([left.hasBegun(), stays.hasBegun()]).toEqual([false, true])
  })

  it('says so to whoever has waited for long', async () => {
    vi.useFakeTimers()
    try {
      const slots = new DownloadSlots({ total: 8, each: 3 })
      for (let n = 0; n < 3; n++) download(slots, 'a')
      const refused = expect(download(slots, 'a').done).rejects.toMatchObject({
        code: 'TOO_MANY_REQUESTS',
      })
      await vi.advanceTimersByTimeAsync(30_000)
      await refused
    } finally {
      vi.useRealTimers()
    }
  })
})
