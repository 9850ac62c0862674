import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Sender } from '../transport/sender.js'
import { SenderPool } from './sender-pool.js'

const closed: string[] = []
const sender = (name: string): Sender => ({
  verifyEnvelope: () => Promise.reject(new Error('not asked')),
  send: () => Promise.reject(new Error('not asked')),
  close: () => {
    closed.push(name)
    return Promise.resolve()
  },
})

let pool: SenderPool
beforeEach(() => {
  vi.useFakeTimers()
  closed.length = 0
  pool = new SenderPool()
})
afterEach(async () => {
  await pool.close()
  vi.useRealTimers()
})

it('gives back one of the same settings only, with its number of messages', () => {
  const mine = sender('mine')
  pool.give('mine 1', 'smtp.example', { sender: mine, sent: 3 })
  expect(pool.take('mine 2')).toBeUndefined()
  expect(pool.take('mine 1')).toMatchObject({ sender: mine, sent: 3 })
  expect(pool.take('mine 1')).toBeUndefined()
})

it('closes what waits for long, and what has carried a hundred', () => {
  pool.give('a', 'smtp.example', { sender: sender('a'), sent: 100 })
  expect(closed).toEqual(['a'])
  pool.give('b', 'smtp.example', { sender: sender('b'), sent: 1 })
  vi.runAllTimers()
  expect([closed, pool.take('b')]).toEqual([['a', 'b'], undefined])
})

it('keeps four to one server, however many accounts send there', () => {
  for (const name of ['1', '2', '3', '4', '5', '6']) {
    pool.give(name, 'smtp.example', { sender: sender(name), sent: 1 })
  }
  pool.give('other', 'smtp.test', { sender: sender('other'), sent: 1 })
  expect(closed).toEqual(['1', '2'])
  expect(pool.take('3')).toBeDefined()
})
