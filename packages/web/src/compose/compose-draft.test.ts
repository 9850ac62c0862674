import { describe, expect, it } from 'vitest'
import type { OriginalFragment } from '../generated/mail.js'
import { answeredBy, emptyDraft, heldFile, toInput } from './compose-draft.js'

const person = (address: string) => ({ name: null, address })
const OWN = 'me@x.jp'
const ORIGINAL: OriginalFragment = {
  ...{ id: '1', accountId: 'a', folder: 'INBOX', subject: '', date: null, storedAt: '' },
  ...{ text: '', html: null, attachments: [], replyTo: [] },
  from: person('taro@x.jp'),
  to: [person('Me@X.JP'), person('me@x.jp'), person('hanako@x.jp')],
  cc: [person('taro@x.jp'), person('boss@x.jp')],
}

describe('answeredBy', () => {
  it('goes to the sender, or to where the sender asks for', () => {
    expect(answeredBy(ORIGINAL, OWN, false)).toEqual({ to: ['taro@x.jp'], cc: [] })
    const elsewhere = { ...ORIGINAL, replyTo: [person('list@x.jp')] }
    expect(answeredBy(elsewhere, OWN, false).to).toEqual(['list@x.jp'])
  })
  it('calls people by the names that they go by', () => {
    const from = { name: '山田, 太郎', address: 'taro@x.jp' }
    expect(answeredBy({ ...ORIGINAL, from }, OWN, false).to).toEqual(['"山田, 太郎" <taro@x.jp>'])
    const posing = { name: 'boss@x.jp', address: 'evil@y.jp' }
    expect(answeredBy({ ...ORIGINAL, from: posing }, OWN, false).to).toEqual(['evil@y.jp'])
  })
  it('to all leaves out oneself, and names nobody twice', () => {
    expect(answeredBy(ORIGINAL, OWN, true)).toEqual({
      to: ['taro@x.jp', 'Me@X.JP', 'hanako@x.jp'],
      cc: ['boss@x.jp'],
    })
  })
  it('of what one has sent oneself goes to those who got it', () => {
    const sent: OriginalFragment = {
      ...ORIGINAL,
      folder: 'SENT',
      from: person(OWN),
      to: [person('b@x.jp')],
    }
    expect(answeredBy(sent, OWN, false).to).toEqual(['b@x.jp'])
  })
})

it('keeps files of the original apart from those uploaded', () => {
  const file = { filename: 'a.txt', contentType: 'text/plain', size: 1 }
  const draft = {
    ...emptyDraft('a'),
    files: [heldFile({ id: '0', ...file }, true), heldFile({ id: 'u', ...file }, false)],
  }
  expect(toInput(draft)).toMatchObject({ attachmentIds: ['u'], forwardAttachmentIds: ['0'] })
})
