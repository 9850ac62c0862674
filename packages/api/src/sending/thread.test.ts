import { describe, expect, it } from 'vitest'
import { forwardThread, replyThread } from './thread.js'

const original = { messageId: '<c@x>', inReplyTo: null, references: [] as string[] }

describe('the fields of an answer (RFC 5322 section 3.6.4)', () => {
  it('name the original, and what it named', () => {
    expect(replyThread({ ...original, references: ['<a@x>', '<b@x>'] })).toEqual({
      inReplyTo: '<c@x>',
      references: ['<a@x>', '<b@x>', '<c@x>'],
    })
  })

  it('take In-Reply-To for want of References, where it names one', () => {
    expect(replyThread({ ...original, inReplyTo: '<b@x>' }).references).toEqual(['<b@x>', '<c@x>'])
    expect(replyThread({ ...original, inReplyTo: '<a@x> <b@x>' }).references).toEqual(['<c@x>'])
  })

  it('are none where the original has no id', () => {
    const thread = replyThread({ ...original, messageId: null, references: ['<a@x>'] })
    expect(thread).toEqual({ inReplyTo: undefined, references: [] })
  })

  it.each(['<c@x>\r\nBcc: evil@x.y', '<a b@x>', 'c@x', '<>', '<日本@x>', `<${'a'.repeat(999)}>`])(
    'carry nothing on that is no id: %j (H-1)',
    (messageId) => {
      expect(replyThread({ ...original, messageId }).inReplyTo).toBeUndefined()
      expect(replyThread({ ...original, references: [messageId] }).references).toEqual(['<c@x>'])
    },
  )

  it('keep the first and the newest of a long conversation', () => {
    const references = Array.from({ length: 500 }, (_, n) => `<${n}@x>`)
    const kept = replyThread({ ...original, references }).references
    expect(kept).toHaveLength(30)
    expect([kept[0], kept.at(-2), kept.at(-1)]).toEqual(['<0@x>', '<499@x>', '<c@x>'])
  })

  it('of a message that is passed on, answer nobody', () => {
    expect(forwardThread(original)).toEqual({ inReplyTo: undefined, references: ['<c@x>'] })
  })
})
