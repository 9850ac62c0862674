import { OAuthFlow } from '@mailroom/shared'
import { expect, it } from 'vitest'
import { newDraft, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { credentialNeeds } from './credential-needs.js'

function needs(outgoing: object, incoming: object, flow?: OAuthFlow) {
  const draft: MailServerDraft = newDraft()
  Object.assign(draft.outgoing, outgoing)
  Object.assign(draft.incoming, incoming)
  const { hasGrant, typed } = credentialNeeds(draft, flow)
  return { hasGrant, typed: [...typed] }
}
const oauth = { authMethod: 'XOAUTH2' }
const { AUTHORIZATION_CODE: code, CLIENT_CREDENTIALS: machine } = OAuthFlow

it('asks for a name and a password for each side that has its own', () => {
  expect(needs({}, {}).typed).toEqual(['incomingUsername', 'incomingPassword'])
  const own = { authMethod: 'PLAIN', credentials: 'OUTGOING' }
  expect(needs(own, {}).typed).toContain('outgoingPassword')
  expect(needs({ ...own, credentials: 'INCOMING' }, {}).typed).not.toContain('outgoingPassword')
})

it('asks for nothing but a sign-in at the provider where both sides take its token', () => {
  expect(needs(oauth, oauth, code)).toEqual({ hasGrant: true, typed: [] })
})

it('still asks for the password of the side that takes one', () => {
  expect(needs(oauth, {}, code)).toEqual({
    hasGrant: true,
    typed: ['incomingUsername', 'incomingPassword'],
  })
  expect(needs({ authMethod: 'PLAIN' }, oauth, code).typed).toContain('incomingPassword')
})

it('asks for the mailbox alone where Mailroom itself signs in', () => {
  expect(needs(oauth, oauth, machine)).toEqual({ hasGrant: false, typed: ['incomingUsername'] })
})

it('lets a token be typed where no provider is chosen', () => {
  expect(needs(oauth, oauth)).toEqual({
    hasGrant: false,
    typed: ['incomingUsername', 'incomingPassword'],
  })
})
