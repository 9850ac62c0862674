import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createAccount, addPerson, idOf, type Person } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'
import { createProvider, grantAt } from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'

/** What an account stores signs in to real mail servers. */
let mail: MailServersFixture
let database: TestDatabase
let api: TestApi
let admin: TestClient
let person: Person
beforeAll(async () => {
  mail = await startMailServers()
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
})
// A minute need not pass between the tests.
afterEach(() => database.query('DELETE FROM rate_limit'))
afterAll(async () => {
  await api.close()
  await database.drop()
  await mail.stop()
})

interface Report {
  diagnoseMailAccount: { steps: { side: string; kind: string; outcome: string; problem: string }[] }
}

/** How signing in ended on each side. */
async function signIns(client: TestClient, accountId: string): Promise<string[]> {
  const { diagnoseMailAccount } = await client.ask<Report>(
    'mutation ($accountId: ID!) { diagnoseMailAccount(accountId: $accountId) { steps { side kind outcome problem } } }',
    { accountId },
  )
  return diagnoseMailAccount.steps
    .filter(({ kind }) => kind === 'AUTHENTICATE')
    .map(({ side, outcome, problem }) => `${side} ${problem ?? outcome}`)
    .sort()
}

const sides = (outgoing: object, incoming: object) => {
  const side = { host: mail.host, encryption: 'SSL', timeoutSeconds: 10, caCertificate: mail.caPem }
  return {
    outgoing: { ...side, port: mail.ports.smtps, ...outgoing },
    incoming: { ...side, protocol: 'IMAP4', port: mail.ports.imaps, ...incoming },
  }
}

const PASSED = ['INCOMING OK', 'OUTGOING OK']

it('with the incoming account on both sides', async () => {
  const { id } = await createMailServer(admin, sides({ authMethod: 'CRAM_MD5' }, {}))
  const { name, password } = mail.users.mixed
  const given = { incomingUsername: name, incomingPassword: password }
  const account = await createAccount(person.client, person.id, id, given)
  for (const client of [person.client, admin]) {
    expect(await signIns(client, account.id)).toEqual(PASSED)
  }
})

it('with an account of its own for sending, and neither in place of the other', async () => {
  const own = { authMethod: 'PLAIN', credentials: 'OUTGOING' }
  const { id } = await createMailServer(admin, sides(own, {}))
  const { alice, kanji } = mail.users
  const account = await createAccount(person.client, person.id, id, {
    incomingUsername: alice.name,
    incomingPassword: alice.password,
    outgoingUsername: kanji.name,
    outgoingPassword: kanji.password,
  })
  expect(await signIns(person.client, account.id)).toEqual(PASSED)
  const swapped = await createAccount(person.client, person.id, id, {
    incomingUsername: alice.name,
    incomingPassword: alice.password,
    outgoingUsername: kanji.name,
    outgoingPassword: alice.password,
  })
  expect(await signIns(person.client, swapped.id)).toEqual([
    'INCOMING OK',
    'OUTGOING AUTH_REJECTED',
  ])
})

it('with what its owner granted, also where an administrator looks; nobody else’s grant can be chosen', async () => {
  const server: OAuthServer = await startOAuthServer(`${api.url}/oauth/callback`)
  mail.trustTokensOf(server.authority)
  const providerId = await createProvider(admin, server)
  const { id: mailServerId } = await createMailServer(admin, {
    ...sides({ authMethod: 'XOAUTH2' }, { authMethod: 'XOAUTH2' }),
    oauthProviderId: providerId,
  })
  const grant = await grantAt(api, person.client, server, providerId, 'alice@mail.test')
  const given = { incomingUsername: 'alice', oauthGrantId: grant.id }
  const account = await createAccount(person.client, person.id, mailServerId, given)
  expect(account.oauthGrantId).toBe(grant.id)
  for (const client of [person.client, admin]) {
    expect(await signIns(client, account.id)).toEqual(PASSED)
  }
  const stolen = createAccount(admin, await idOf(admin), mailServerId, given)
  await expect(stolen).rejects.toThrow('oauthGrant')
  const plain = await createMailServer(admin, sides({}, {}))
  expect(await createAccount(person.client, person.id, plain.id, given)).toMatchObject({
    oauthGrantId: null,
  })
  await server.close()
})
