import { expect, it } from 'vitest'
import { newDraft } from './mail-server-draft.js'
import { passwordWarnings } from './password-warnings.js'

const stored = (hasStoredPasswords: boolean) => ({
  hasStoredPasswords,
  outgoing: { host: 'smtp.example.com', port: 465 },
  incoming: { host: 'imap.example.com', port: 993 },
})
function draft(outgoing: string, incoming: string, ports = { outgoing: '465', incoming: '993' }) {
  const made = newDraft()
  Object.assign(made.outgoing, { host: outgoing, port: ports.outgoing })
  Object.assign(made.incoming, { host: incoming, port: ports.incoming })
  return made
}
const warned = (of: ReturnType<typeof draft>) => Object.keys(passwordWarnings(stored(true), of))

it('warns of the host that stored passwords would newly be sent to, and of no other', () => {
  const other = draft('smtp.example.com', 'elsewhere.example.com')
  expect(warned(other)).toEqual(['incoming.host'])
  expect(passwordWarnings(stored(false), other)).toEqual({})
  expect(passwordWarnings(undefined, other)).toEqual({})
})

it('warns of another port of the same host, and once where both are others', () => {
  const ports = { outgoing: '２５２５', incoming: '993' }
  expect(warned(draft('smtp.example.com', 'imap.example.com', ports))).toEqual(['outgoing.port'])
  expect(warned(draft('elsewhere.example.com', 'imap.example.com', ports))).toEqual([
    'outgoing.host',
  ])
})

it('takes another spelling for the same host, and waits for what is not typed yet', () => {
  const ports = { outgoing: '４６５', incoming: '' }
  expect(warned(draft('ＳＭＴＰ.example.com ', '', ports))).toEqual([])
})
