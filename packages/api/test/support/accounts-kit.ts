import { hashPassword } from '../../src/auth/password.js'
import type { TestApi, TestClient } from './api.js'
import type { TestDatabase } from './database.js'

/** A mail account as the tests read it. */
export interface ReadAccount {
  id: string
  code: string
  name: string
  email: string
  user: { id: string; loginName: string }
  mailServer: { id: string; code: string; deletedAt: string | null }
  incomingUsername: string
  hasIncomingPassword: boolean
  outgoingUsername: string | null
  hasOutgoingPassword: boolean
  oauthGrantId: string | null
  leaveOnServer: boolean
  deleteAfterDays: number | null
  enabled: boolean
  problem: string | null
  version: number
}

const ACCOUNT_FIELDS = `id code name email user { id loginName } mailServer { id code deletedAt }
  incomingUsername hasIncomingPassword outgoingUsername hasOutgoingPassword oauthGrantId
  leaveOnServer deleteAfterDays enabled problem version`

export const CREATE_ACCOUNT = `mutation ($input: MailAccountInput!) { createMailAccount(input: $input) { ${ACCOUNT_FIELDS} } }`
export const UPDATE_ACCOUNT = `mutation ($id: ID!, $version: Int!, $input: MailAccountInput!) { updateMailAccount(id: $id, version: $version, input: $input) { ${ACCOUNT_FIELDS} } }`
export const DELETE_ACCOUNT = 'mutation ($id: ID!) { deleteMailAccount(id: $id) }'
export const ACCOUNT = `query ($id: ID!) { mailAccount(id: $id) { ${ACCOUNT_FIELDS} } }`
export const ACCOUNTS = `{ mailAccounts { ${ACCOUNT_FIELDS} } }`

let made = 0

/** A valid account with a code of its own; whose and where is the caller's to say. */
export function accountInput(userId: string, mailServerId: string, overrides: object = {}) {
  made += 1
  return {
    code: `account-${made}`,
    name: '',
    email: `taro-${made}@example.co.jp`,
    incomingUsername: `taro-${made}`,
    ...{ userId, mailServerId },
    ...overrides,
  }
}

export async function createAccount(
  client: TestClient,
  userId: string,
  mailServerId: string,
  overrides: object = {},
): Promise<ReadAccount> {
  const { createMailAccount } = await client.ask<{ createMailAccount: ReadAccount }>(
    CREATE_ACCOUNT,
    { input: accountInput(userId, mailServerId, overrides) },
  )
  return createMailAccount
}

export async function findAccount(client: TestClient, id: string): Promise<ReadAccount | null> {
  return (await client.ask<{ mailAccount: ReadAccount | null }>(ACCOUNT, { id })).mailAccount
}

export async function listAccounts(client: TestClient): Promise<ReadAccount[]> {
  return (await client.ask<{ mailAccounts: ReadAccount[] }>(ACCOUNTS)).mailAccounts
}

/** Somebody with an id and a caller that is signed in. */
export interface Person {
  readonly id: string
  readonly client: TestClient
}

const PASSWORD = 'correct horse battery'

/** A person who is no administrator, signed in. */
export async function addPerson(
  api: TestApi,
  database: TestDatabase,
  loginName: string,
): Promise<Person> {
  const id = crypto.randomUUID()
  await database.query(
    `INSERT INTO app_user (id, login_name, login_name_key, display_name, role, password_hash)
     VALUES ('${id}', '${loginName}', '${loginName}', '${loginName} さん', 'USER', '${await hashPassword(PASSWORD)}')`,
  )
  return { id, client: await api.client().signIn(loginName, PASSWORD) }
}

export async function idOf(client: TestClient): Promise<string> {
  return (await client.ask<{ me: { id: string } }>('{ me { id } }')).me.id
}
