import { expect } from 'vitest'
import { comeBack, CREATE_PROVIDER, START_GRANT, UPDATE_PROVIDER } from '../oauth-kit.js'
import { MARKER } from './canaries.js'
import { plantRefused, type Planting } from './planting.js'

/** In OAuth 2.0 providers, and on the whole way to a token. */
export async function plantInProviders({
  admin,
  canaries,
  oauth,
  recorder,
}: Planting): Promise<void> {
  const clientSecret = canaries.for('OAuthProviderInput.clientSecret')
  const input = { name: 'Google', preset: 'GOOGLE', clientId: 'id', clientSecret }
  const { createOAuthProvider: made } = await admin.ask<{
    createOAuthProvider: { id: string; version: number }
  }>(CREATE_PROVIDER, { input })
  const second = canaries.for('OAuthProviderInput.clientSecret', 'changed')
  const variables = { ...made, input: { ...input, clientSecret: second } }
  await admin.ask(UPDATE_PROVIDER, variables)
  await admin.send(UPDATE_PROVIDER, variables)
  await admin.send(CREATE_PROVIDER, { input: { ...input, preset: 'CUSTOM', metadataUrl: 'x y' } })
  await plantRefused(admin, UPDATE_PROVIDER, variables, ['input', 'clientSecret'], second)
  // With the one that the authorisation server knows: the whole way to a token and back.
  const real = {
    ...{ name: MARKER.text, preset: 'CUSTOM', metadataUrl: oauth.metadataUrl },
    ...{ clientId: oauth.client.id, clientSecret: oauth.client.secret },
    scopes: 'openid mail offline_access',
  }
  const { createOAuthProvider: custom } = await admin.ask<{ createOAuthProvider: { id: string } }>(
    CREATE_PROVIDER,
    { input: real },
  )
  const start = { providerId: custom.id, loginHint: 'taro@example.co.jp' }
  const { startOAuthGrant } = await admin.ask<{ startOAuthGrant: string }>(START_GRANT, start)
  const back = await oauth.grant(startOAuthGrant)
  canaries.keep('an authorisation code', back.searchParams.get('code') ?? undefined)
  expect((await comeBack(recorder, admin, back)).status).toBe(200)
  await comeBack(recorder, admin, back)
}
