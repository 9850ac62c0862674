import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  addPerson,
  createAccount,
  findAccount,
  type Person,
  type ReadAccount,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  DELETE,
  RESTORE,
  createMailServer,
  deleteAll,
  type ReadServer,
} from '../support/mail-servers-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let person: Person
let from: ReadServer
let to: ReadServer

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
})
afterAll(async () => {
  await api.close()
  await database.drop()
})
beforeEach(async () => {
  await deleteAll(admin)
  const own = { authMethod: 'PLAIN', credentials: 'OUTGOING' }
  from = await createMailServer(admin, { code: 'from', name: '旧', outgoing: own })
  to = await createMailServer(admin, {
    code: 'to',
    name: '新',
    incoming: { host: 'imap.new.example' },
  })
})

const MOVE =
  'mutation ($from: ID!, $to: ID!, $ids: [ID!]) { moveMailAccounts(fromServerId: $from, toServerId: $to, accountIds: $ids) }'

async function move(variables: object): Promise<number> {
  const { moveMailAccounts } = await admin.ask<{ moveMailAccounts: number }>(MOVE, variables)
  return moveMailAccounts
}

const serverOf = async ({ id }: ReadAccount) => (await findAccount(admin, id))?.mailServer.code

it('moves every account of a deleted server, which is each remembered, with where passwords go', async () => {
  const accounts = [
    await createAccount(person.client, person.id, from.id, { incomingPassword: 'x' }),
    await createAccount(admin, person.id, from.id),
  ]
  await admin.ask(DELETE, { id: from.id })
  expect(await move({ from: from.id, to: to.id })).toBe(2)
  for (const { id } of accounts) {
    expect(await findAccount(admin, id)).toMatchObject({
      mailServer: { code: 'to', deletedAt: null },
      problem: null,
      version: 2,
    })
  }
  const told = await database.rows(
    `SELECT actor_name, changes FROM audit_event WHERE action = 'UPDATE' ORDER BY subject_id`,
  )
  const chosen = { field: 'mailServer', old: '旧 (from)', new: '新 (to)' }
  expect(told).toEqual([
    {
      actor_name: 'admin',
      changes: [
        chosen,
        {
          field: 'passwordsGoTo',
          old: 'imap.example.co.jp :993, smtp.example.co.jp :465',
          new: 'imap.new.example :993, smtp.example.co.jp :465',
        },
      ],
    },
    { actor_name: 'admin', changes: [chosen] },
  ])
})

it('moves those named and no other, and forgets nothing that the other server does not ask for', async () => {
  const passwords = { outgoingUsername: 'sender', outgoingPassword: 'y' }
  const chosen = await createAccount(admin, person.id, from.id, passwords)
  const other = await createAccount(admin, person.id, from.id)
  expect(await move({ from: from.id, to: to.id, ids: [chosen.id, chosen.id] })).toBe(1)
  expect([await serverOf(chosen), await serverOf(other)]).toEqual(['to', 'from'])
  expect(await move({ from: to.id, to: from.id, ids: [chosen.id.toUpperCase()] })).toBe(1)
  expect(await findAccount(admin, chosen.id)).toMatchObject({
    outgoingUsername: 'sender',
    hasOutgoingPassword: true,
  })
  expect(await move({ from: from.id, to: to.id, ids: [] })).toBe(0)
})

it('moves all that are named or none', async () => {
  const here = await createAccount(admin, person.id, from.id)
  const elsewhere = await createAccount(admin, person.id, to.id)
  for (const id of [elsewhere.id, '00000000-0000-7000-8000-000000000000', 'nonsense']) {
    const error = await admin.fail(MOVE, { from: from.id, to: to.id, ids: [here.id, id] })
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', count: 1 })
  }
  expect(await findAccount(admin, here.id)).toMatchObject({
    version: 1,
    mailServer: { code: 'from' },
  })
})

it('moves nothing to a server that is deleted or unknown, or from one that never was', async () => {
  const account = await createAccount(admin, person.id, from.id)
  await admin.ask(DELETE, { id: to.id })
  for (const target of [to.id, '00000000-0000-7000-8000-000000000000', 'nonsense']) {
    const { extensions } = await admin.fail(MOVE, { from: from.id, to: target })
    expect(extensions.fields).toMatchObject([{ path: 'toServerId', rule: 'mailServer' }])
  }
  await admin.ask(RESTORE, { ids: [to.id] })
  const error = await admin.fail(MOVE, { from: 'nonsense', to: to.id })
  expect(error.extensions.code).toBe('NOT_FOUND')
  expect(await serverOf(account)).toBe('from')
})

it('is for administrators only', async () => {
  const refused = await person.client.fail(MOVE, { from: from.id, to: to.id })
  expect(refused.extensions.code).toBe('FORBIDDEN')
})

it('never leaves an account at a server that is deleted while it moves there', async () => {
  const accounts: ReadAccount[] = []
  for (let n = 0; n < 5; n += 1) accounts.push(await createAccount(admin, person.id, from.id))
  const [moved, deleted] = await Promise.all([
    admin.send(MOVE, { from: from.id, to: to.id }),
    admin.send(DELETE, { id: to.id }),
  ])
  expect(deleted.errors).toEqual([])
  // Either the move came first and the deletion was told of it, or it was refused, whole.
  const servers = await Promise.all(accounts.map(serverOf))
  expect(new Set(servers)).toEqual(new Set([moved.errors.length === 0 ? 'to' : 'from']))
})
