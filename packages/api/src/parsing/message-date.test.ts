import { describe, expect, it } from 'vitest'
import { parseMessageDate } from './message-date.ts'

const readAs: [string, string][] = [
  ['Tue, 1 Jan 2019 10:00:00 +0900', '2019-01-01T01:00:00.000Z'],
  ['1 Jan 2019 10:00 +0900 (JST)', '2019-01-01T01:00:00.000Z'],
  ['Tue, 01 Jan 2019 10:00:00 JST', '2019-01-01T01:00:00.000Z'],
  ['Tue,  1 Jan 19 10:00:00 -0530', '2019-01-01T15:30:00.000Z'],
  ['Fri, 31 Dec 99 23:59:60 GMT', '2000-01-01T00:00:00.000Z'],
  ['Tue Jan  1 10:00:00 2019', '2019-01-01T10:00:00.000Z'],
  ['Tue Jan  1 10:00:00 JST 2019', '2019-01-01T01:00:00.000Z'],
  ['2019-01-01T10:00:00+09:00', '2019-01-01T01:00:00.000Z'],
  ['2019-01-01 10:00:00', '2019-01-01T10:00:00.000Z'],
  // RFC 5322 4.3: a zone that cannot be is no zone.
  ['Tue, 1 Jan 2019 10:00:00 +9999', '2019-01-01T10:00:00.000Z'],
]

const notRead = [
  '',
  'garbage 5',
  'yesterday',
  'Mon, 1 Jan 1900 10:00:00 +0000',
  'Thu, 31 Dec 1969 23:59:59 +0000',
  'Fri, 1 Jan 9999 10:00:00 +0000',
  'Fri, 1 Jan 99999 10:00:00 +0000',
  'Tue, 31 Feb 2019 10:00:00 +0000',
  'Tue, 1 Foo 2019 10:00:00 +0000',
  'Tue, 1 Jan 2019 25:00:00 +0000',
]

describe('the date of a message', () => {
  it.each(readAs)('K-9: reads %j', (value, expected) => {
    expect(parseMessageDate(value)?.toISOString()).toBe(expected)
  })

  it.each(notRead)('K-9: is none in %j', (value) => {
    expect(parseMessageDate(value)).toBeNull()
  })
})
