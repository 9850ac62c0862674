import { describe, expect, it } from 'vitest'
import type { MailAccountDetailsFragment, ServerOptionFragment } from '../generated/graphql.js'
import {
  accountNeeds,
  chooseOwner,
  Leaving,
  newAccountDraft,
  passwordsGoElsewhere,
  toAccountDraft,
  toAccountInput,
} from './account-draft.js'

const server = (changes: Partial<ServerOptionFragment> = {}): ServerOptionFragment => ({
  ...{ id: 'main', code: 'main', name: '本社', deletedAt: null },
  ...{ needsIncomingPassword: true, needsOutgoingCredentials: false },
  ...{ usesOAuth: false, oauthProviderId: null },
  ...changes,
})
const TARO = { id: 'taro', loginName: 'taro', displayName: '太郎' }
const HANAKO = { id: 'hanako', loginName: 'hanako', displayName: '花子' }
const OWN_SENDING = server({ id: 'own', needsOutgoingCredentials: true })

const stored = (changes: Partial<MailAccountDetailsFragment> = {}): MailAccountDetailsFragment => ({
  ...{ id: 'a', code: 'taro-01', name: 'taro@example.com', email: 'taro@example.com' },
  ...{ incomingUsername: 'taro', hasIncomingPassword: true },
  ...{ outgoingUsername: null, hasOutgoingPassword: false, oauthGrantId: null },
  ...{ leaveOnServer: true, deleteAfterDays: null, enabled: true, problem: null, version: 1 },
  ...{ createdAt: '2026-07-01T00:00:00Z', updatedAt: '2026-07-01T00:00:00Z' },
  ...{ mailServer: server(), user: TARO },
  ...changes,
})

describe('what is sent of an account', () => {
  it('leaves a stored password as it is until one is typed or removed', () => {
    const draft = toAccountDraft(stored())
    expect(toAccountInput(draft)).not.toHaveProperty('incomingPassword')
    draft.incomingPassword = { ...draft.incomingPassword, mode: 'type', text: '' }
    expect(toAccountInput(draft)).not.toHaveProperty('incomingPassword')
    draft.incomingPassword = { ...draft.incomingPassword, text: 'new one' }
    expect(toAccountInput(draft)).toMatchObject({ incomingPassword: 'new one' })
    draft.incomingPassword = { ...draft.incomingPassword, mode: 'remove', text: '' }
    expect(toAccountInput(draft)).toMatchObject({ incomingPassword: null })
  })

  it('has outgoing ones only for a server that asks for them, and the form keeps them meanwhile', () => {
    const draft = newAccountDraft(TARO, OWN_SENDING, true)
    draft.outgoingUsername = 'sender'
    draft.outgoingPassword = { ...draft.outgoingPassword, text: 'secret' }
    expect(accountNeeds(draft).outgoing).toBe(true)
    draft.server = server()
    expect(accountNeeds(draft).outgoing).toBe(false)
    expect(toAccountInput(draft)).toMatchObject({ outgoingUsername: null })
    expect(toAccountInput(draft)).not.toHaveProperty('outgoingPassword')
    draft.server = OWN_SENDING
    expect(toAccountInput(draft)).toMatchObject({
      outgoingUsername: 'sender',
      outgoingPassword: 'secret',
    })
  })

  it('has a grant only for a server at whose provider its owner signs in', () => {
    const byToken = server({ usesOAuth: true, oauthProviderId: 'google' })
    const draft = toAccountDraft(stored({ mailServer: byToken, oauthGrantId: 'grant' }))
    expect(toAccountInput(draft)).toMatchObject({ oauthGrantId: 'grant' })
    draft.server = server({ usesOAuth: true })
    expect(toAccountInput(draft)).toMatchObject({ oauthGrantId: null })
  })

  it('reads full-width digits of days, and has none where mail is not left', () => {
    const draft = newAccountDraft(TARO, server(), true)
    Object.assign(draft, { leaving: Leaving.AFTER, deleteAfterDays: '１４' })
    expect(toAccountInput(draft)).toMatchObject({ leaveOnServer: true, deleteAfterDays: 14 })
    draft.leaving = Leaving.REMOVE
    expect(toAccountInput(draft)).toMatchObject({ leaveOnServer: false, deleteAfterDays: null })
  })

  it('is what was stored, where nothing was changed: a name that is the address stays none', () => {
    expect(toAccountDraft(stored()).name).toBe('')
    expect(toAccountInput(toAccountDraft(stored({ name: '太郎', deleteAfterDays: 7 })))).toEqual({
      ...{ code: 'taro-01', name: '太郎', email: 'taro@example.com' },
      ...{ userId: 'taro', mailServerId: 'main', incomingUsername: 'taro' },
      ...{ outgoingUsername: null, oauthGrantId: null },
      ...{ leaveOnServer: true, deleteAfterDays: 7, enabled: true },
    })
  })
})

it('leaves no mail on the server for whom the settings forbid it', () => {
  expect(newAccountDraft(TARO, server(), false).leaving).toBe(Leaving.REMOVE)
})

it('drops a grant with its owner, since nobody else may use it', () => {
  const draft = toAccountDraft(stored({ oauthGrantId: 'grant' }))
  chooseOwner(draft, TARO)
  expect(draft.oauthGrantId).toBe('grant')
  chooseOwner(draft, HANAKO)
  expect(draft.oauthGrantId).toBe('')
})

describe('a warning that stored passwords go to another server', () => {
  const account = stored()
  const moved = () => ({ ...toAccountDraft(account), server: server({ id: 'other' }) })

  it('is given where another server is chosen and the password kept', () => {
    expect(passwordsGoElsewhere(account, toAccountDraft(account))).toBe(false)
    expect(passwordsGoElsewhere(account, moved())).toBe(true)
  })

  it('is not, where a new one is typed, nothing is stored, or the server takes none', () => {
    const typed = moved()
    typed.incomingPassword = { isStored: true, mode: 'type', text: 'new' }
    expect(passwordsGoElsewhere(account, typed)).toBe(false)
    expect(passwordsGoElsewhere(undefined, moved())).toBe(false)
    const byToken = server({ id: 'token', needsIncomingPassword: false })
    expect(passwordsGoElsewhere(account, { ...moved(), server: byToken })).toBe(false)
  })
})
