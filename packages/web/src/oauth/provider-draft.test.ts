import { OAuthFlow, OAuthPreset } from '@mailroom/shared'
import { expect, it } from 'vitest'
import {
  checkProvider,
  chooseFlow,
  choosePreset,
  newProviderDraft,
  toProviderInput,
  typeScopes,
} from './provider-draft.js'

it('brings along the name and the scopes of a preset until others are typed', () => {
  const draft = newProviderDraft()
  expect(draft).toMatchObject({ name: 'Google', scopes: 'https://mail.google.com/' })
  choosePreset(draft, OAuthPreset.MICROSOFT)
  expect(draft.name).toBe('Microsoft 365')
  expect(draft.scopes).toContain('offline_access')
  draft.name = '本社のMicrosoft'
  typeScopes(draft, 'mail')
  choosePreset(draft, OAuthPreset.GOOGLE)
  expect(draft).toMatchObject({ name: '本社のMicrosoft', scopes: 'mail' })
  typeScopes(draft, ' ')
  choosePreset(draft, OAuthPreset.GOOGLE)
  expect(draft.scopes).toBe('https://mail.google.com/')
})

it('leaves a way of signing in that the preset does not offer', () => {
  const draft = newProviderDraft()
  choosePreset(draft, OAuthPreset.MICROSOFT)
  chooseFlow(draft, OAuthFlow.CLIENT_CREDENTIALS)
  expect(draft.scopes).toBe('https://outlook.office365.com/.default')
  expect(checkProvider(draft)).toMatchObject({ tenant: { key: 'rules.required' } })
  choosePreset(draft, OAuthPreset.GOOGLE)
  expect(draft.flow).toBe('AUTHORIZATION_CODE')
})

it('asks for the address of the metadata where only that names the provider', () => {
  const draft = { ...newProviderDraft(), clientId: 'x' }
  expect(checkProvider(draft)).toEqual({})
  choosePreset(draft, OAuthPreset.CUSTOM)
  expect(checkProvider({ ...draft, name: 'x' })).toEqual({ metadataUrl: { key: 'rules.required' } })
  const typed = { ...draft, name: 'x', metadataUrl: 'http://idp.example.com' }
  expect(checkProvider(typed)).toEqual({ metadataUrl: { key: 'oauth.urlRule' } })
})

it('sends a secret only where one was typed, and forgets one only when told to', () => {
  const draft = { ...newProviderDraft(), metadataUrl: 'https://left.example.com', tenant: 'left' }
  const forgetting = { ...draft, forgetsSecret: true }
  expect(toProviderInput(draft)).not.toHaveProperty('clientSecret')
  expect(toProviderInput(forgetting).clientSecret).toBeNull()
  expect(toProviderInput({ ...forgetting, clientSecret: ' s ' }).clientSecret).toBe(' s ')
  expect(toProviderInput(draft)).toMatchObject({ metadataUrl: null, tenant: null })
})
