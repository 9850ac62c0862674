import { describe, expect, it } from 'vitest'
import { DownloadSlots } from './download-slots.js'

const here = new AbortController().signal

/** Whether it resolves without anything else that happens. */
async function isThrough(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ])
}

describe('DownloadSlots', () => {
  it('has a person wait behind his own, and nobody else', async () => {
    const slots = new DownloadSlots()
    const [first] = await Promise.all([1, 2, 3].map(() => slots.take('a', here)))
    const fourth = slots.take('a', here)
    expect(await isThrough(fourth)).toBe(false)
    expect(await isThrough(slots.take('b', here))).toBe(true)
    first?.()
    expect(await isThrough(fourth)).toBe(true)
  })

  it('has everybody wait once all are taken', async () => {
    const slots = new DownloadSlots()
    const taken = await Promise.all(
      ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c'].map((whose) => slots.take(whose, here)),
    )
    const next = slots.take('d', here)
    expect(await isThrough(next)).toBe(false)
    taken[0]?.()
    expect(await isThrough(next)).toBe(true)
  })

  it('forgets whoever has gone away while waiting', async () => {
    const slots = new DownloadSlots()
    const [first] = await Promise.all([1, 2, 3].map(() => slots.take('a', here)))
    const gone = new AbortController()
    const left = slots.take('a', gone.signal)
    const stays = slots.take('a', here)
    gone.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    first?.()
    expect(await isThrough(stays)).toBe(true)
  })
})
