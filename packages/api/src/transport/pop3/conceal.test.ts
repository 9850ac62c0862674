import { expect, it } from 'vitest'
import { conceal } from './conceal.js'

const SECRET = 'dXNlcj1hbGljZQFhdXRoPUJlYXJlciBhYmNkZWZn'

it.each([
  ['all of it', `no such command ${SECRET}.`, 'no such command [redacted].'],
  ['its beginning', `bad: ${SECRET.slice(0, 20)}`, 'bad: [redacted]'],
  ['its middle', `bad: ${SECRET.slice(9, 30)} x`, 'bad: [redacted] x'],
  ['it twice', `${SECRET} ${SECRET}`, '[redacted] [redacted]'],
])('masks a text that repeats %s', (_what, text, shown) => {
  expect(conceal(text, [SECRET, 'another secret'])).toBe(shown)
})

it('leaves alone what only looks a little like it', () => {
  expect(conceal(`dXNlcj1hbGl and more`, [SECRET])).toBe('dXNlcj1hbGl and more')
  expect(conceal('', [SECRET])).toBe('')
})
