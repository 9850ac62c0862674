import type { TestApi, TestClient } from './api.js'

/** A token as the tests read it. */
export interface ReadToken {
  id: string
  name: string
  role: string
  ending: string
  state: string
  expiresAt: string
  lastUsedAt: string | null
  user: { loginName: string }
}

const TOKEN_FIELDS = 'id name role ending state expiresAt lastUsedAt user { loginName }'

export const CREATE_TOKEN = `mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { token apiToken { ${TOKEN_FIELDS} } } }`
export const REVOKE_TOKEN = `mutation ($id: ID!) { revokeApiToken(id: $id) { ${TOKEN_FIELDS} } }`
export const LIST_TOKENS = `{ apiTokens { ${TOKEN_FIELDS} } }`

interface Made {
  token: string
  apiToken: ReadToken
}

export async function createApiToken(admin: TestClient, overrides: object = {}): Promise<Made> {
  const input = { name: '勤怠システム', role: 'ADMIN', ...overrides }
  return (await admin.ask<{ createApiToken: Made }>(CREATE_TOKEN, { input })).createApiToken
}

/** A program with that token. */
export function program(api: TestApi, token: string): TestClient {
  const client = api.client()
  client.bearer = token
  return client
}
