import { describe, expect, it } from 'vitest'
import type { MessageRowFragment } from '../generated/mail.js'
import { listItems } from './list-items.js'

const NOW = new Date(2026, 6, 15, 12)
function message(id: string, day: number, changes: Partial<MessageRowFragment> = {}) {
  const date = new Date(2026, 6, day, 9).toISOString()
  return {
    ...{ id, folder: 'INBOX' as const, parseState: 'PARSED' as const, subject: id, from: null },
    ...{ date, storedAt: NOW.toISOString(), read: true, snippet: null, attachmentCount: 0 },
    ...changes,
  }
}
const shown = (...messages: MessageRowFragment[]) => listItems(messages, NOW).map(({ id }) => id)

describe('the headings of a list', () => {
  it('stand before the first message of their days', () => {
    expect(shown(message('a', 15), message('b', 15), message('c', 14), message('d', 1))).toEqual([
      'TODAY',
      'a',
      'b',
      'YESTERDAY',
      'c',
      'EARLIER',
      'd',
    ])
  })

  it('come once, also where a message says another day than its place in the list', () => {
    expect(shown(message('a', 15), message('b', 1), message('c', 15))).toEqual([
      'TODAY',
      'a',
      'EARLIER',
      'b',
      'c',
    ])
  })

  it('go by when it was stored where a message says no day', () => {
    expect(shown(message('a', 1, { date: null }))).toEqual(['TODAY', 'a'])
  })
})
