import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, createAccount, idOf } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { addsUp, CANCEL, receive, startReceiving, type ReadRun } from '../support/receiving-kit.js'
import { changeSettings } from '../support/settings-kit.js'

/** Runs that wait, where nobody receives: this process does not, until a test starts one that does. */
let database: TestDatabase
let api: TestApi
let admin: TestClient
let adminId: string
let mailServerId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_ROLE: 'api' })
  admin = await api.admin()
  adminId = await idOf(admin)
  // Nobody listens there.
  const side = { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds: 5 }
  const server = await createMailServer(admin, {
    outgoing: side,
    incoming: { ...side, protocol: 'POP3' },
  })
  mailServerId = server.id
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const anAccount = () =>
  createAccount(admin, adminId, mailServerId, { incomingPassword: 'open-sesame-4711' })

describe('a run that waits for a worker', () => {
  it('is over at once when somebody cancels it, and no worker begins it', async () => {
    const account = await anAccount()
    const { id } = await startReceiving(admin, account.id)
    const { cancelReceiving } = await admin.ask<{ cancelReceiving: ReadRun }>(CANCEL, { id })
    expect(cancelReceiving).toMatchObject({ state: 'FAILED', problem: 'CANCELLED' })
    expect(addsUp(cancelReceiving)).toBe(true)

    const worker = await startApi(database.url, { MAILROOM_ROLE: 'all' })
    try {
      const next = await receive(admin, account.id)
      expect(next.id).not.toBe(id)
      expect(next).toMatchObject({ state: 'FAILED', problem: 'CONNECT_REFUSED' })
      const rows = await database.rows<{ state: string; begun: boolean }>(
        'SELECT state, started_at IS NOT NULL AS begun FROM receive_run WHERE id = $1',
        [id],
      )
      expect(rows).toEqual([{ state: 'FAILED', begun: false }])
    } finally {
      await worker.close()
    }
  })
})

describe('receiveMail', () => {
  it('is not let loose on a mail server without end', async () => {
    const account = await anAccount()
    for (let n = 0; n < 120; n++) {
      const { id } = await startReceiving(admin, account.id)
      // Asked for again, the same one is no new connection.
      if (n === 119) expect(await startReceiving(admin, account.id)).toMatchObject({ id })
      await admin.ask(CANCEL, { id })
    }
    await expect(startReceiving(admin, account.id)).rejects.toThrow('TOO_MANY_REQUESTS')
    // Another account is not kept from its mail.
    const other = await anAccount()
    expect(await startReceiving(admin, other.id)).toMatchObject({ state: 'QUEUED' })
  })
})

describe('who asked for a receiving', () => {
  const ASKERS = 'query ($id: ID!) { receiveRuns(accountId: $id) { reason isAskedByMe askedBy } }'
  const askersSeenBy = async (client: TestClient, id: string) =>
    (await client.ask<{ receiveRuns: object[] }>(ASKERS, { id })).receiveRuns

  it('is told to administrators by name, and to the owner only of himself', async () => {
    const owner = await addPerson(api, database, 'kazuko')
    const { id } = await createAccount(owner.client, owner.id, mailServerId, {
      incomingPassword: 'open-sesame-4711',
    })
    const run = await startReceiving(admin, id)
    await admin.ask(CANCEL, { id: run.id })
    await startReceiving(owner.client, id)
    const reason = 'MANUAL'
    expect(await askersSeenBy(admin, id)).toEqual([
      { reason, isAskedByMe: false, askedBy: 'kazuko' },
      { reason, isAskedByMe: true, askedBy: 'admin' },
    ])
    expect(await askersSeenBy(owner.client, id)).toEqual([
      { reason, isAskedByMe: true, askedBy: 'kazuko' },
      { reason, isAskedByMe: false, askedBy: null },
    ])
  })
})

describe('receiving by itself, switched on again', () => {
  it('does not ask for everybody at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 12 }, anAccount))
    const ids = [accounts.map(({ id }) => id)]
    await database.rows(
      `INSERT INTO account_receiving (account_id, next_at)
       SELECT unnest($1::uuid[]), now() - interval '3 days'`,
      ids,
    )
    await changeSettings(admin, { receivesAutomatically: true, receiveIntervalMinutes: 60 })
    const worker = await startApi(database.url, { MAILROOM_ROLE: 'all' })
    try {
      const due = async () => {
        const rows = await database.rows<{ minutes: number }>(
          `SELECT extract(epoch FROM next_at - now())::float / 60 AS minutes
           FROM account_receiving WHERE account_id = ANY ($1::uuid[])`,
          ids,
        )
        return rows.map(({ minutes }) => minutes)
      }
      await expect.poll(async () => Math.min(...(await due()))).toBeGreaterThan(-1)
      const minutes = await due()
      // One that was due before this looked has failed, and comes after twice the interval.
      expect(Math.max(...minutes)).toBeLessThanOrEqual(132)
      expect(Math.max(...minutes) - Math.min(...minutes)).toBeGreaterThan(5)
    } finally {
      await worker.close()
      await changeSettings(admin)
    }
  })
})
