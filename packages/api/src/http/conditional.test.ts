import { expect, it } from 'vitest'
import { answerTo } from './conditional.js'

const TAG = '"abc"'

it.each([
  ['bytes=0-0', 0, 1],
  ['bytes=0-', 0, 10],
  ['bytes=3-5', 3, 6],
  ['bytes=3-999', 3, 10],
  ['bytes=-4', 6, 10],
  ['bytes=-999', 0, 10],
])('L-13: %s', (range, start, end) => {
  expect(answerTo({ range }, TAG, 10)).toEqual({ status: 206, range: { start, end } })
})

it.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('L-13: %s is outside', (range) => {
  expect(answerTo({ range }, TAG, 10)).toEqual({ status: 416 })
})

it.each(['bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=5-3', ''])(
  'L-13: %s is no range: all of it',
  (range) => {
    expect(answerTo({ range }, TAG, 10)).toEqual({ status: 200 })
  },
)

it('L-13: what the client has is not sent again, and a range only of that', () => {
  for (const known of [TAG, `W/${TAG}`, '*', `"x", ${TAG}`])
    expect(answerTo({ 'if-none-match': known, range: 'bytes=0-1' }, TAG, 10).status).toBe(304)
  expect(answerTo({ 'if-none-match': '"x"' }, TAG, 10).status).toBe(200)
  expect(answerTo({ 'if-range': TAG, range: 'bytes=0-1' }, TAG, 10).status).toBe(206)
  expect(answerTo({ 'if-range': '"x"', range: 'bytes=0-1' }, TAG, 10).status).toBe(200)
})
