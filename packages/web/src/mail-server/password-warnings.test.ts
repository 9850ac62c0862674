import { expect, it } from 'vitest'
import { newDraft } from './mail-server-draft.js'
import { passwordWarnings } from './password-warnings.js'

const stored = (hasStoredPasswords: boolean) => ({
  hasStoredPasswords,
  outgoing: { host: 'smtp.example.com' },
  incoming: { host: 'imap.example.com' },
})
function draft(outgoing: string, incoming: string) {
  const made = newDraft()
  made.outgoing.host = outgoing
  made.incoming.host = incoming
  return made
}

it('warns of the host that stored passwords would newly be sent to, and of no other', () => {
  const other = draft('smtp.example.com', 'elsewhere.example.com')
  expect(Object.keys(passwordWarnings(stored(true), other))).toEqual(['incoming.host'])
  expect(passwordWarnings(stored(false), other)).toEqual({})
  expect(passwordWarnings(undefined, other)).toEqual({})
})

it('takes another spelling for the same host, and waits for one that is not typed yet', () => {
  expect(passwordWarnings(stored(true), draft('ＳＭＴＰ.example.com ', ''))).toEqual({})
})
