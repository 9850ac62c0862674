import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  CREATE_ACCOUNT,
  DELETE_ACCOUNT,
  accountInput,
  addPerson,
  createAccount,
  findAccount,
  type Person,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer, type ReadServer } from '../support/mail-servers-kit.js'
import { CREATE_PROVIDER } from '../support/oauth-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let owner: Person
let other: Person
let server: ReadServer

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  owner = await addPerson(api, database, 'hanako')
  other = await addPerson(api, database, 'jiro')
  server = await createMailServer(admin, { code: 'main' })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

/** Sends while a statement of somebody else's is not committed yet, and commits once that is waited for. */
async function sendDuring(sql: string, send: () => Promise<{ errors: unknown[] }>) {
  const transaction = await database.begin(sql)
  const answer = send()
  await expect.poll(() => database.waiting()).toBe(1)
  await transaction.commit()
  return answer
}

it('an account that was just given to somebody else is not deleted by its owner before', async () => {
  const { id } = await createAccount(owner.client, owner.id, server.id)
  const { errors } = await sendDuring(
    `UPDATE mail_account SET user_id = '${other.id}' WHERE id = '${id}'`,
    () => owner.client.send(DELETE_ACCOUNT, { id }),
  )
  expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  expect(await findAccount(other.client, id)).not.toBeNull()
})

it('a grant that is taken back while it is chosen is refused by its field', async () => {
  const { createOAuthProvider: provider } = await admin.ask<{
    createOAuthProvider: { id: string }
  }>(CREATE_PROVIDER, { input: { name: 'granting', preset: 'GOOGLE', clientId: 'c' } })
  const granting = await createMailServer(admin, {
    code: 'granting',
    oauthProviderId: provider.id,
    outgoing: { authMethod: 'XOAUTH2' },
    incoming: { authMethod: 'XOAUTH2' },
  })
  const [grant] = await database.rows<{ id: string }>(
    `INSERT INTO oauth_grant (provider_id, user_id, mailbox, state)
     VALUES ($1, $2, 'hanako@example.co.jp', 'ACTIVE') RETURNING id`,
    [provider.id, owner.id],
  )
  const input = accountInput(owner.id, granting.id, { oauthGrantId: grant?.id })
  const { errors } = await sendDuring(`DELETE FROM oauth_grant WHERE id = '${grant?.id}'`, () =>
    owner.client.send(CREATE_ACCOUNT, { input }),
  )
  expect(errors).toMatchObject([
    { extensions: { fields: [{ path: 'oauthGrantId', rule: 'oauthGrant' }] } },
  ])
})

it('a move waits for nobody who changes the server that it leaves, so that neither waits for the other', async () => {
  const to = await createMailServer(admin, { code: 'to' })
  await createAccount(owner.client, owner.id, server.id)
  const transaction = await database.begin(
    `UPDATE mail_server SET name = name WHERE id = '${server.id}'`,
  )
  const { errors } = await admin.send(
    'mutation ($from: ID!, $to: ID!) { moveMailAccounts(fromServerId: $from, toServerId: $to) }',
    { from: server.id, to: to.id },
  )
  await transaction.commit()
  expect(errors).toEqual([])
})
