import { expect, it } from 'vitest'
import { NO_CREDENTIALS, toCredentials } from './typed-credentials.js'

it('are not sent where none were typed, and outgoing ones not where they are hidden', () => {
  expect(toCredentials(NO_CREDENTIALS, true)).toBeNull()
  const typed = { ...NO_CREDENTIALS, incomingUsername: 'a', outgoingPassword: 'secret' }
  expect(toCredentials(typed, false)).toEqual({
    incomingUsername: 'a',
    incomingPassword: null,
    oauthGrantId: null,
  })
})
