import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  CREATE_ACCOUNT,
  UPDATE_ACCOUNT,
  accountInput,
  addPerson,
  createAccount,
  findAccount,
  type Person,
  type ReadAccount,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer, deleteAll, type ReadServer } from '../support/mail-servers-kit.js'
import { createProvider } from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'

/** Accounts at servers where Mailroom signs in with a token of its own, which opens every mailbox. */
let database: TestDatabase
let api: TestApi
let authority: OAuthServer
let admin: TestClient
let person: Person
let ownTokens: ReadServer
let account: ReadAccount

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
  authority = await startOAuthServer(`${api.url}/oauth/callback`)
})
beforeEach(async () => {
  await deleteAll(admin)
  ownTokens = await createMailServer(admin, await withTokens('CLIENT_CREDENTIALS'))
  account = await createAccount(admin, person.id, ownTokens.id, {
    ...{ email: 'hanako@example.co.jp', incomingUsername: 'hanako@example.co.jp' },
  })
})
afterAll(async () => {
  await api.close()
  await authority.close()
  await database.drop()
})

async function withTokens(flow: string, outgoing: object = {}) {
  const { id, secret } = flow === 'CLIENT_CREDENTIALS' ? authority.machine : authority.client
  const given = { flow, clientId: id, clientSecret: secret, scopes: 'mail' }
  const side = { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds: 1 }
  return {
    oauthProviderId: await createProvider(admin, authority, given),
    outgoing: { ...side, authMethod: 'XOAUTH2', ...outgoing },
    incoming: { ...side, authMethod: 'XOAUTH2' },
  }
}

async function refused(query: string, variables: object): Promise<string[]> {
  const { errors } = await person.client.send(query, variables)
  return errors.flatMap(({ extensions }) =>
    (extensions.fields ?? []).map(({ path, rule }) => `${path} ${rule}`),
  )
}

/** A change of the person's own account, as the form sends it. */
const change = ({ id, code, email, version }: ReadAccount, overrides: object) => ({
  ...{ id, version },
  input: accountInput(person.id, ownTokens.id, {
    ...{ code, email, incomingUsername: 'hanako@example.co.jp' },
    ...overrides,
  }),
})

it('keep the mailbox that an administrator named, whatever else their owner changes', async () => {
  expect(await refused(UPDATE_ACCOUNT, change(account, { name: '花子' }))).toEqual([])
  expect(await findAccount(admin, account.id)).toMatchObject({ name: '花子', version: 2 })
})

it('get no other mailbox by their owner, not even by another address of the account', async () => {
  const boss = { email: 'boss@example.co.jp', incomingUsername: 'boss@example.co.jp' }
  expect(await refused(UPDATE_ACCOUNT, change(account, boss))).toEqual([
    'incomingUsername namedMailbox',
  ])
  const input = accountInput(person.id, ownTokens.id, boss)
  expect(await refused(CREATE_ACCOUNT, { input })).toEqual(['incomingUsername namedMailbox'])
  const japanese = await api.client('ja').signIn('hanako')
  expect((await japanese.fail(CREATE_ACCOUNT, { input })).extensions.fields?.[0]?.message).toBe(
    'このメールサーバーのメールボックスは、管理者だけが指定できます。管理者に依頼してください。',
  )
})

it('get none by way of another server either, where anybody may type any name', async () => {
  const elsewhere = await createMailServer(admin)
  const boss = { incomingUsername: 'boss@example.co.jp' }
  const typed = await createAccount(person.client, person.id, elsewhere.id, boss)
  expect(await refused(UPDATE_ACCOUNT, change(typed, boss))).toEqual([
    'incomingUsername namedMailbox',
  ])
})

it('are guarded by the name that sends, where sending has one of its own', async () => {
  const own = await withTokens('CLIENT_CREDENTIALS', { credentials: 'OUTGOING' })
  const { id } = await createMailServer(admin, {
    ...own,
    incoming: { ...own.incoming, authMethod: 'PASSWORD' },
  })
  const input = accountInput(person.id, id, { outgoingUsername: 'boss@example.co.jp' })
  expect(await refused(CREATE_ACCOUNT, { input })).toEqual(['outgoingUsername namedMailbox'])
})

it('may name any mailbox where each person signs in: another’s token opens none but his own', async () => {
  const { id } = await createMailServer(admin, await withTokens('AUTHORIZATION_CODE'))
  expect(await refused(CREATE_ACCOUNT, { input: accountInput(person.id, id) })).toEqual([])
})

it('are diagnosed with that token, and each time it is written down who did', async () => {
  const before = authority.given['client_credentials'] ?? 0
  const diagnose = 'mutation ($id: ID!) { diagnoseMailAccount(accountId: $id) { outcome } }'
  await person.client.ask(diagnose, { id: account.id })
  expect(authority.given['client_credentials']).toBe(before + 1)
  const { id } = await createMailServer(admin, await withTokens('AUTHORIZATION_CODE'))
  const granting = await createAccount(person.client, person.id, id)
  await person.client.ask(diagnose, { id: granting.id })
  const uses = await database.rows(
    `SELECT actor_name, subject_id FROM audit_event WHERE action = 'DIAGNOSE'`,
  )
  expect(uses).toEqual([{ actor_name: 'hanako', subject_id: account.id }])
})
