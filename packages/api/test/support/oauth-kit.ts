import type { TestApi, TestClient } from './api.js'
import type { OAuthServer } from './oauth-server.js'

/** A grant as the tests read it. */
export interface ReadGrant {
  id: string
  providerId: string
  mailbox: string
  state: string
  problem: string | null
}

export const CREATE_PROVIDER =
  'mutation ($input: OAuthProviderInput!) { createOAuthProvider(input: $input) { id version hasClientSecret } }'
export const UPDATE_PROVIDER =
  'mutation ($id: ID!, $version: Int!, $input: OAuthProviderInput!) { updateOAuthProvider(id: $id, version: $version, input: $input) { id version hasClientSecret clientId } }'
export const START_GRANT =
  'mutation ($providerId: ID!, $loginHint: String!) { startOAuthGrant(providerId: $providerId, loginHint: $loginHint) }'

/** Valid settings of a provider at that authorisation server. */
export function providerInput(server: OAuthServer, overrides: object = {}) {
  return {
    name: '社内の認可サーバー',
    preset: 'CUSTOM',
    metadataUrl: server.metadataUrl,
    clientId: server.client.id,
    clientSecret: server.client.secret,
    scopes: 'openid mail offline_access',
    ...overrides,
  }
}

export async function createProvider(
  admin: TestClient,
  server: OAuthServer,
  overrides: object = {},
): Promise<string> {
  const { createOAuthProvider } = await admin.ask<{ createOAuthProvider: { id: string } }>(
    CREATE_PROVIDER,
    { input: providerInput(server, overrides) },
  )
  return createOAuthProvider.id
}

export async function startGrant(
  caller: TestClient,
  providerId: string,
  loginHint = 'taro@example.co.jp',
): Promise<string> {
  const { startOAuthGrant } = await caller.ask<{ startOAuthGrant: string }>(START_GRANT, {
    providerId,
    loginHint,
  })
  return startOAuthGrant
}

/** Comes back from the provider as the caller's browser does. */
export async function comeBack(
  api: Pick<TestApi, 'url'>,
  caller: TestClient,
  { search }: URL,
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${api.url}/oauth/callback${search}`, {
    headers: { cookie: caller.cookie ?? '', 'accept-language': caller.language },
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

export async function listGrants(caller: TestClient): Promise<ReadGrant[]> {
  const query = '{ oauthGrants { id providerId mailbox state problem } }'
  return (await caller.ask<{ oauthGrants: ReadGrant[] }>(query)).oauthGrants
}

/** The whole way: starts, signs in at the provider, comes back; answers the grant. */
export async function grantAt(
  api: TestApi,
  caller: TestClient,
  server: OAuthServer,
  providerId: string,
  mailbox = 'taro@example.co.jp',
): Promise<ReadGrant> {
  const returned = await server.grant(await startGrant(caller, providerId, mailbox))
  const { status, text } = await comeBack(api, caller, returned)
  if (status !== 200) throw new Error(`the sign-in failed: ${text}`)
  const found = (await listGrants(caller)).find((grant) => grant.mailbox === mailbox)
  if (found === undefined) throw new Error('there is no grant')
  return found
}
