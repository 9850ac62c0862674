import { AUTH_FAILURES_MAX } from '@mailroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccount, findAccount, idOf, UPDATE_ACCOUNT } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { mailBoxes } from '../support/mail-servers/mail-users.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'
import {
  addsUp,
  hashOf,
  receive,
  sampleMessages,
  storedHashes,
  TestMailbox,
} from '../support/receiving-kit.js'
import { changeSettings } from '../support/settings-kit.js'

/** Receiving from a real Dovecot, by both protocols and in every mode. */
let mail: MailServersFixture
let database: TestDatabase
let api: TestApi
let admin: TestClient
let adminId: string
let used = 0

beforeAll(async () => {
  mail = await startMailServers()
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_ROLE: 'all' })
  admin = await api.admin()
  adminId = await idOf(admin)
})
afterAll(async () => {
  await api.close()
  await database.drop()
  await mail.stop()
})

const RECONCILE = `mutation ($id: ID!) { reconcileMailbox(accountId: $id) {
  problem onServer alsoHere withoutId differences { kind uniqueId } } }`
interface ReadReconciliation {
  problem: string | null
  onServer: number | null
  alsoHere: number | null
  differences: { kind: string; uniqueId: string | null }[]
}

type Protocol = 'POP3' | 'IMAP4'

/** An account at a mailbox of its own. */
async function openBox(protocol: Protocol, mode: object) {
  const user = mailBoxes[used++]
  if (user === undefined) throw new Error('no mailbox is left')
  const side = { host: mail.host, encryption: 'SSL', timeoutSeconds: 20, caCertificate: mail.caPem }
  const port = protocol === 'POP3' ? mail.ports.pop3s : mail.ports.imaps
  const server = await createMailServer(admin, {
    outgoing: { ...side, port: mail.ports.smtps },
    incoming: { ...side, port, protocol },
  })
  const account = await createAccount(admin, adminId, server.id, {
    incomingUsername: user.name,
    incomingPassword: user.password,
    ...mode,
  })
  return { account, box: new TestMailbox(mail, user.name) }
}

const hashesOf = (sources: readonly string[]) => sources.map(hashOf).sort()

it('receives by itself at the interval, and tells when next', async () => {
  const { account, box } = await openBox('IMAP4', { leaveOnServer: true })
  await box.deliver(sampleMessages(2))
  await changeSettings(admin, { receivesAutomatically: true, receiveIntervalMinutes: 30 })
  try {
    await expect.poll(() => isPlanned(account.id)).toBe(true)
    await database.query(
      `UPDATE account_receiving SET next_at = now() WHERE account_id = '${account.id}'`,
    )
    await expect
      .poll(() => stateOf(account.id))
      .toMatchObject({
        lastRun: { reason: 'SCHEDULE', state: 'DONE', stored: 2 },
        problem: null,
        pausedAt: null,
      })
    const { nextAt } = await stateOf(account.id)
    expect(Date.parse(nextAt ?? '')).toBeGreaterThan(Date.now())
  } finally {
    await changeSettings(admin)
  }
})

it('is paused after repeated refusals of the password, and goes on once that is mended', async () => {
  const { account, box } = await openBox('IMAP4', { incomingPassword: 'not this one' })
  await box.deliver(sampleMessages(1))
  for (let n = 0; n < AUTH_FAILURES_MAX; n++) await receive(admin, account.id)
  expect(await stateOf(account.id)).toMatchObject({
    problem: 'AUTH_REJECTED',
    pausedAt: expect.any(String) as string,
  })
  expect(await findAccount(admin, account.id)).toMatchObject({ problem: 'AUTH_REJECTED' })
  const now = await findAccount(admin, account.id)
  await admin.ask(UPDATE_ACCOUNT, {
    id: account.id,
    version: now?.version,
    input: {
      ...{ code: account.code, name: account.name, email: account.email, userId: adminId },
      ...{ mailServerId: account.mailServer.id, incomingUsername: account.incomingUsername },
      incomingPassword: mailBoxes.find(({ name }) => name === account.incomingUsername)?.password,
    },
  })
  expect(await receive(admin, account.id)).toMatchObject({ state: 'DONE', stored: 1 })
  expect(await stateOf(account.id)).toMatchObject({ problem: null, pausedAt: null })
  expect(await findAccount(admin, account.id)).toMatchObject({ problem: null })
})

async function isPlanned(accountId: string): Promise<boolean> {
  const rows = await database.rows(
    `SELECT 1 FROM account_receiving WHERE account_id = '${accountId}'`,
  )
  return rows.length > 0
}

async function stateOf(accountId: string): Promise<ReadState> {
  const { mailAccount } = await admin.ask<{ mailAccount: { receiving: ReadState } }>(
    `query ($id: ID!) { mailAccount(id: $id) { receiving {
       nextAt pausedAt problem lastRun { reason state stored } } } }`,
    { id: accountId },
  )
  return mailAccount.receiving
}
interface ReadState {
  nextAt: string | null
  pausedAt: string | null
  problem: string | null
  lastRun: { reason: string; state: string; stored: number } | null
}

describe.each(['POP3', 'IMAP4'] as const)('%s', (protocol) => {
  it('keeps what is left on the server there, and receives it once', async () => {
    const { account, box } = await openBox(protocol, { leaveOnServer: true })
    const sources = sampleMessages(130)
    await box.deliver(sources)
    const first = await receive(admin, account.id)
    expect(first).toMatchObject({ state: 'DONE', found: 130, stored: 130, problem: null })
    expect(await storedHashes(database, account.id)).toEqual(hashesOf(sources))
    expect(await box.hashes()).toEqual(hashesOf(sources))
    if (protocol === 'IMAP4') expect(await box.seen()).toBe(130)

    const more = sampleMessages(3, 'more')
    await box.deliver(more)
    const second = await receive(admin, account.id)
    expect(second).toMatchObject({ state: 'DONE', found: 3, stored: 3, alreadyHad: 0 })
    expect(await storedHashes(database, account.id)).toEqual(hashesOf([...sources, ...more]))
  })

  it('removes from the server what is stored, and nothing else', async () => {
    const { account, box } = await openBox(protocol, { leaveOnServer: false })
    const sources = sampleMessages(40)
    await box.deliver(sources)
    const run = await receive(admin, account.id)
    expect(run).toMatchObject({ state: 'DONE', found: 40, stored: 40, problem: null })
    expect(await box.count()).toBe(0)
    expect(await storedHashes(database, account.id)).toEqual(hashesOf(sources))
    // The same bytes sent once more are another message.
    await box.deliver(sources.slice(0, 1))
    expect(await receive(admin, account.id)).toMatchObject({ found: 1, stored: 1, alreadyHad: 0 })
    expect(await box.count()).toBe(0)
  })

  it('removes what was left there after so many days', async () => {
    const { account, box } = await openBox(protocol, { leaveOnServer: true, deleteAfterDays: 7 })
    await box.deliver(sampleMessages(6))
    await receive(admin, account.id)
    await database.query(
      `UPDATE received_identity SET received_at = now() - interval '8 days' WHERE ctid IN (
         SELECT ctid FROM received_identity WHERE account_id = '${account.id}' LIMIT 4)`,
    )
    expect(await receive(admin, account.id)).toMatchObject({
      state: 'DONE',
      found: 0,
      problem: null,
    })
    expect(await box.count()).toBe(2)
    expect(await storedHashes(database, account.id)).toHaveLength(6)
  })

  it('A-15 removes what it has already, once the account says so', async () => {
    const { account, box } = await openBox(protocol, { leaveOnServer: true })
    await box.deliver(sampleMessages(5))
    await receive(admin, account.id)
    const now = await findAccount(admin, account.id)
    await admin.ask(UPDATE_ACCOUNT, {
      id: account.id,
      version: now?.version,
      input: {
        ...{ code: account.code, name: account.name, email: account.email, userId: adminId },
        ...{ mailServerId: account.mailServer.id, incomingUsername: account.incomingUsername },
        leaveOnServer: false,
      },
    })
    await box.deliver(sampleMessages(2, 'new'))
    const run = await receive(admin, account.id)
    expect(run).toMatchObject({ state: 'DONE', stored: 2 })
    expect(addsUp(run)).toBe(true)
    // Over IMAP4 only what is unread is looked at: what was read stays.
    expect(await box.count()).toBe(protocol === 'POP3' ? 0 : 5)
    expect(await storedHashes(database, account.id)).toHaveLength(7)
  })

  it('K-20 leaves what is over the limit on the server, and lists it', async () => {
    await changeSettings(admin, { messageSizeLimitMib: 1 })
    try {
      const { account, box } = await openBox(protocol, { leaveOnServer: false })
      const large = `Subject: large\r\n\r\n${'y'.repeat(76)}\r\n`.concat(
        `${'z'.repeat(76)}\r\n`.repeat(15_000),
      )
      await box.deliver([...sampleMessages(2), large, ...sampleMessages(2, 'b')])
      const run = await receive(admin, account.id)
      expect(run).toMatchObject({ state: 'DONE', found: 5, stored: 4, tooLarge: 1 })
      expect(await box.hashes()).toEqual([hashOf(large)])
      expect(
        await database.rows(
          `SELECT problem, size_bytes > 1000000 AS large FROM unreceived_message WHERE account_id = '${account.id}'`,
        ),
      ).toEqual([{ problem: 'MESSAGE_TOO_LARGE', large: true }])
    } finally {
      await changeSettings(admin)
    }
  })

  it('names each difference between the server and what is here', async () => {
    const { account, box } = await openBox(protocol, { leaveOnServer: true })
    const reconcile = async () =>
      (await admin.ask<{ reconcileMailbox: ReadReconciliation }>(RECONCILE, { id: account.id }))
        .reconcileMailbox
    await box.deliver(sampleMessages(4))
    await receive(admin, account.id)
    const same = { problem: null, onServer: 4, alsoHere: 4, withoutId: 0, differences: [] }
    expect(await reconcile()).toEqual(same)
    await box.deliver(sampleMessages(1, 'new'))
    await database.query(
      `UPDATE received_identity SET id_key = sha256('gone'), unique_id = 'gone' WHERE ctid = (
         SELECT ctid FROM received_identity WHERE account_id = '${account.id}' LIMIT 1)`,
    )
    const { onServer, alsoHere, differences } = await reconcile()
    expect([onServer, alsoHere]).toEqual([5, 3])
    const kinds = differences.map(({ kind }) => kind).sort()
    // Over IMAP4 what has been received is read.
    const lost = protocol === 'IMAP4' ? 'READ_ELSEWHERE' : 'NOT_RECEIVED'
    expect(kinds).toEqual(['NOT_ON_SERVER', 'NOT_RECEIVED', lost].sort())
    expect(differences.find(({ kind }) => kind === 'NOT_ON_SERVER')).toMatchObject({
      uniqueId: 'gone',
    })
  })

  it('names a refused password, and stores nothing', async () => {
    const { account, box } = await openBox(protocol, { incomingPassword: 'not this one' })
    await box.deliver(sampleMessages(1))
    expect(await receive(admin, account.id)).toMatchObject({
      state: 'FAILED',
      problem: 'AUTH_REJECTED',
      stored: 0,
    })
    expect(await box.count()).toBe(1)
  })
})
