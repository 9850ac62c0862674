import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withDeadline } from './deadline.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const never = () => new Promise<never>(() => undefined)

describe('a deadline', () => {
  it.each([1, 2, 5, 120])('E-4: of %d s ends at the wall clock, not before', async (seconds) => {
    let ending: unknown
    void withDeadline(seconds * 1_000, undefined, never).catch((error: unknown) => (ending = error))
    await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1)
    expect(ending).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(ending).toMatchObject({ problem: 'TIMEOUT' })
  })

  it('is not moved by whatever happens meanwhile', async () => {
    let ending: unknown
    const dripping = async () => {
      for (;;) await new Promise((resolve) => setTimeout(resolve, 100))
    }
    void withDeadline(1_000, undefined, dripping).catch((error: unknown) => (ending = error))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ending).toMatchObject({ problem: 'TIMEOUT' })
  })

  it('ends at once with the caller’s own reason, and tells the work to let go', async () => {
    const caller = new AbortController()
    let told: AbortSignal | undefined
    const running = withDeadline(60_000, caller.signal, (signal) => {
      told = signal
      return never()
    })
    caller.abort(new Error('gone'))
    await expect(running).rejects.toThrow('gone')
    expect(told?.aborted).toBe(true)
  })

  it('does not begin for a caller who has gone', async () => {
    const work = vi.fn(never)
    await expect(withDeadline(1_000, AbortSignal.abort(new Error('gone')), work)).rejects.toThrow(
      'gone',
    )
    expect(work).not.toHaveBeenCalled()
  })

  it('leaves no timer behind', async () => {
    await withDeadline(60_000, undefined, () => Promise.resolve('done'))
    expect(vi.getTimerCount()).toBe(0)
  })
})
