import { expect, it } from 'vitest'
import { receivingTrouble } from './attention.js'

type Receiving = NonNullable<Parameters<typeof receivingTrouble>[0]['receiving']>
const state = (changes: Partial<Receiving>): Receiving => ({
  ...{ pausedAt: null, problem: null, lastRun: { id: '1', state: 'FAILED' } },
  ...changes,
})
const troubleOf = (changes: Partial<Receiving>, enabled = true) =>
  receivingTrouble({ enabled, receiving: state(changes) })

it('tells of an account whose receiving failed or is paused', () => {
  expect(troubleOf({ problem: 'TIMEOUT' })).toEqual({ problem: 'TIMEOUT', isPaused: false })
  const pausedAt = '2026-07-01T00:00:00.000Z'
  expect(troubleOf({ problem: 'AUTH_REJECTED', pausedAt })?.isPaused).toBe(true)
})

it('tells of nothing where mail arrives, was stopped by somebody, or is not wanted', () => {
  expect(troubleOf({})).toBeUndefined()
  expect(troubleOf({ problem: 'CANCELLED' })).toBeUndefined()
  const lastRun = { id: '1', state: 'DONE' } as const
  expect(troubleOf({ problem: 'MARKING_REFUSED', lastRun })).toBeUndefined()
  expect(troubleOf({ problem: 'TIMEOUT' }, false)).toBeUndefined()
})
