import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  CREATE,
  DELETE,
  DELETE_ALL,
  LIST,
  OPTIONS,
  REORDER,
  RESTORE,
  UPDATE,
  createMailServer,
  deleteAll,
  listMailServers,
  serverInput,
  type ReadServer,
} from '../support/mail-servers-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
})
afterAll(async () => {
  await api.close()
  await database.drop()
})
beforeEach(() => deleteAll(admin))

const codes = (servers: ReadServer[]) => servers.map((s) => s.code)

describe('adding', () => {
  it('puts a new server last', async () => {
    await createMailServer(admin, { code: 'a' })
    const second = await createMailServer(admin, { code: 'b' })
    expect(second).toMatchObject({ code: 'b', position: 2, version: 1, deletedAt: null })
    expect(codes(await listMailServers(admin))).toEqual(['a', 'b'])
  })

  it('gives the defaults of the contract where settings are left out', async () => {
    const query = `mutation ($input: MailServerInput!) { createMailServer(input: $input) {
      accountCount createdAt updatedAt
      outgoing { host port encryption authMethod credentials popBeforeSmtp popBeforeSmtpWaitSeconds timeoutSeconds pinnedCertificate caCertificate }
      incoming { protocol host port encryption authMethod apop timeoutSeconds pinnedCertificate caCertificate } } }`
    const { createMailServer: server } = await admin.ask<{
      createMailServer: { createdAt: string }
    }>(query, { input: serverInput() })
    expect(server).toMatchObject({
      accountCount: 0,
      outgoing: {
        host: 'smtp.example.co.jp',
        port: 465,
        encryption: 'SSL',
        authMethod: 'NONE',
        credentials: 'INCOMING',
        popBeforeSmtp: false,
        popBeforeSmtpWaitSeconds: 0,
        timeoutSeconds: 30,
        pinnedCertificate: null,
        caCertificate: null,
      },
      incoming: {
        protocol: 'IMAP4',
        encryption: 'SSL',
        authMethod: 'PASSWORD',
        apop: false,
        timeoutSeconds: 30,
        pinnedCertificate: null,
        caCertificate: null,
      },
    })
    expect(server.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  it('keeps hosts half-width and in lower case, and names trimmed', async () => {
    const { createMailServer: server } = await admin.ask<{ createMailServer: object }>(
      'mutation ($input: MailServerInput!) { createMailServer(input: $input) { code name outgoing { host } incoming { host } } }',
      {
        input: serverInput({
          code: '  m1 ',
          name: ' 本社 ',
          outgoing: { host: 'ＳＭＴＰ．Example.JP' },
          incoming: { host: '[2001:DB8::1]' },
        }),
      },
    )
    expect(server).toEqual({
      code: 'm1',
      name: '本社',
      outgoing: { host: 'smtp.example.jp' },
      incoming: { host: '2001:db8::1' },
    })
  })

  it('sets to neutral what a condition hides', async () => {
    const { createMailServer: server } = await admin.ask<{ createMailServer: object }>(
      'mutation ($input: MailServerInput!) { createMailServer(input: $input) { outgoing { credentials popBeforeSmtpWaitSeconds } } }',
      {
        input: serverInput({
          outgoing: {
            authMethod: 'NONE',
            credentials: 'OUTGOING',
            popBeforeSmtp: false,
            popBeforeSmtpWaitSeconds: 5,
          },
        }),
      },
    )
    expect(server).toEqual({ outgoing: { credentials: 'INCOMING', popBeforeSmtpWaitSeconds: 0 } })
  })

  it.each([
    ['the same', 'Mail-01'],
    ['another case', 'MAIL-01'],
    ['full width', 'ｍａｉｌ－０１'],
    ['spaces around it', ' mail-01 '],
  ])('refuses a code in use: %s', async (_what, code) => {
    await createMailServer(admin, { code: 'mail-01' })
    const error = await admin.fail(CREATE, { input: serverInput({ code }) })
    expect(error.extensions.code).toBe('BAD_USER_INPUT')
    expect(error.extensions.fields).toEqual([
      {
        path: 'code',
        rule: 'codeInUse',
        message: 'This code is in use already. Choose a different one.',
      },
    ])
  })

  it('lets the code of a deleted server be used again', async () => {
    const first = await createMailServer(admin, { code: 'again' })
    await admin.ask(DELETE, { id: first.id })
    expect(await createMailServer(admin, { code: 'again' })).toMatchObject({ code: 'again' })
  })
})

describe('changing', () => {
  it('replaces the settings and counts the version', async () => {
    const { id } = await createMailServer(admin)
    const { updateMailServer: server } = await admin.ask<{ updateMailServer: ReadServer }>(UPDATE, {
      id,
      version: 1,
      input: serverInput({ code: 'new', name: '支社' }),
    })
    expect(server).toMatchObject({ code: 'new', name: '支社', version: 2, position: 1 })
  })

  it('refuses a version that is not the current one and changes nothing', async () => {
    const { id } = await createMailServer(admin, { code: 'first' })
    await admin.ask(UPDATE, { id, version: 1, input: serverInput({ code: 'second' }) })
    const error = await admin.fail(UPDATE, {
      id,
      version: 1,
      input: serverInput({ code: 'third' }),
    })
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', version: 2 })
    expect(codes(await listMailServers(admin))).toEqual(['second'])
  })

  it('lets exactly one of twenty updates of one version win', async () => {
    const { id } = await createMailServer(admin)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        admin.send(UPDATE, { id, version: 1, input: serverInput() }),
      ),
    )
    expect(answers.filter((a) => a.errors.length === 0)).toHaveLength(1)
    expect(answers.flatMap((a) => a.errors.map((e) => e.extensions.code))).toEqual(
      Array<string>(19).fill('CONFLICT'),
    )
  })

  it.each(['00000000-0000-7000-8000-000000000000', 'nonsense', ''])(
    'answers NOT_FOUND for the id %j',
    async (id) => {
      for (const [query, variables] of [
        [UPDATE, { id, version: 1, input: serverInput() }],
        [DELETE, { id }],
        [RESTORE, { ids: [id] }],
      ] as const) {
        expect((await admin.fail(query, variables)).extensions.code).toBe('NOT_FOUND')
      }
      expect(await admin.ask('query ($id: ID!) { mailServer(id: $id) { id } }', { id })).toEqual({
        mailServer: null,
      })
    },
  )
})

describe('ordering', () => {
  it('sets the whole order, which the dropdown shows', async () => {
    const [a, b, c] = [
      await createMailServer(admin, { code: 'a' }),
      await createMailServer(admin, { code: 'b' }),
      await createMailServer(admin, { code: 'c' }),
    ]
    const { reorderMailServers: servers } = await admin.ask<{ reorderMailServers: ReadServer[] }>(
      REORDER,
      { ids: [c.id, a.id, b.id] },
    )
    expect(servers.map((s) => [s.code, s.position, s.version])).toEqual([
      ['c', 1, 1],
      ['a', 2, 1],
      ['b', 3, 1],
    ])
    const { mailServerOptions } = await admin.ask<{ mailServerOptions: ReadServer[] }>(OPTIONS)
    expect(codes(mailServerOptions)).toEqual(['c', 'a', 'b'])
  })

  it('refuses, whole, an order that is not the current servers once each', async () => {
    const a = await createMailServer(admin, { code: 'a' })
    const b = await createMailServer(admin, { code: 'b' })
    const gone = await createMailServer(admin, { code: 'gone' })
    await admin.ask(DELETE, { id: gone.id })
    const wrong = [
      [],
      [a.id],
      [b.id, a.id, a.id],
      [b.id, b.id],
      [b.id, a.id, gone.id],
      [b.id, 'nonsense'],
      [b.id, '00000000-0000-7000-8000-000000000000'],
      [b.id.toUpperCase(), b.id],
    ]
    for (const ids of wrong) {
      expect((await admin.fail(REORDER, { ids })).extensions.code).toBe('CONFLICT')
    }
    expect(codes(await listMailServers(admin))).toEqual(['a', 'b'])
  })
})

describe('deleting', () => {
  it('closes the gap, and restores at the end', async () => {
    const [a] = [
      await createMailServer(admin, { code: 'a' }),
      await createMailServer(admin, { code: 'b' }),
      await createMailServer(admin, { code: 'c' }),
    ]
    const { deleteMailServer: deleted } = await admin.ask<{ deleteMailServer: ReadServer }>(
      DELETE,
      { id: a.id },
    )
    expect(deleted.deletedAt).not.toBeNull()
    expect((await listMailServers(admin)).map((s) => [s.code, s.position])).toEqual([
      ['b', 1],
      ['c', 2],
    ])
    await admin.ask(RESTORE, { ids: [a.id] })
    expect(codes(await listMailServers(admin))).toEqual(['b', 'c', 'a'])
  })

  it('lists deleted servers only when asked', async () => {
    const { id } = await createMailServer(admin, { code: 'x' })
    await admin.ask(DELETE, { id })
    expect(await listMailServers(admin)).toEqual([])
    const { mailServers } = await admin.ask<{ mailServers: ReadServer[] }>(
      LIST.replace('mailServers', 'mailServers(includeDeleted: true)'),
    )
    expect(mailServers.find((s) => s.id === id)).toMatchObject({ code: 'x', position: 0 })
  })

  it('counts the deleted servers as they are deleted and brought back', async () => {
    const count = async () =>
      (await admin.ask<{ deletedMailServerCount: number }>('{ deletedMailServerCount }'))
        .deletedMailServerCount
    const before = await count()
    const { id } = await createMailServer(admin, { code: 'x' })
    await admin.ask(DELETE, { id })
    await expect.poll(count).toBe(before + 1)
    await admin.ask(RESTORE, { ids: [id] })
    await expect.poll(count).toBe(before)
  })

  it('deletes all only where the number is the one confirmed', async () => {
    const ids = [
      (await createMailServer(admin, { code: 'a' })).id,
      (await createMailServer(admin, { code: 'b' })).id,
    ]
    const error = await admin.fail(DELETE_ALL, { expectedCount: 1 })
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', count: 2 })
    expect(await listMailServers(admin)).toHaveLength(2)
    expect(await admin.ask(DELETE_ALL, { expectedCount: 2 })).toEqual({ deleteAllMailServers: 2 })
    expect(await admin.ask(DELETE_ALL)).toEqual({ deleteAllMailServers: 0 })
    await admin.ask(RESTORE, { ids: [ids[1], ids[0]] })
    expect(codes(await listMailServers(admin))).toEqual(['b', 'a'])
  })

  it('answers NOT_FOUND the second time, and to changes afterwards', async () => {
    const { id } = await createMailServer(admin)
    await admin.ask(DELETE, { id })
    expect((await admin.fail(DELETE, { id })).extensions.code).toBe('NOT_FOUND')
    expect(
      (await admin.fail(UPDATE, { id, version: 2, input: serverInput() })).extensions.code,
    ).toBe('NOT_FOUND')
  })

  it('does not restore a server whose code was given away', async () => {
    const { id } = await createMailServer(admin, { code: 'taken' })
    await admin.ask(DELETE, { id })
    await createMailServer(admin, { code: 'TAKEN' })
    const error = await admin.fail(RESTORE, { ids: [id] })
    expect(error.extensions.code).toBe('CONFLICT')
    expect(error.message).toContain('taken')
  })

  it('restoring twice changes nothing the second time', async () => {
    const { id } = await createMailServer(admin, { code: 'r' })
    await admin.ask(DELETE, { id })
    await admin.ask(RESTORE, { ids: [id, id] })
    await admin.ask(RESTORE, { ids: [id] })
    expect(codes(await listMailServers(admin))).toEqual(['r'])
  })
})

describe('the kept dropdown', () => {
  const LOCKED_MS = 2_000

  it('is served without touching the database while nothing changed', async () => {
    await createMailServer(admin, { code: 'kept' })
    const before = await admin.ask(OPTIONS)
    const client = new pg.Client(database.url)
    await client.connect()
    /** Undefined where a table is read all the same, which waits. */
    const answerWhileLocked = async () => {
      await client.query(
        'BEGIN; LOCK TABLE mail_server, session, app_user IN ACCESS EXCLUSIVE MODE',
      )
      const asked = admin.ask(OPTIONS)
      const answer = await Promise.race([asked, sleep(LOCKED_MS, undefined)])
      await client.query('ROLLBACK')
      await asked
      return answer
    }
    try {
      // That a server was added is heard a moment later, and read once more.
      await expect.poll(answerWhileLocked).toEqual(before)
    } finally {
      await client.end()
    }
  })

  it('shows a change at the next request, also one made through another API process', async () => {
    const other = await startApi(database.url)
    try {
      const otherAdmin = await other.admin()
      await createMailServer(admin, { code: 'one' })
      const read = async (client: TestClient) =>
        codes((await client.ask<{ mailServerOptions: ReadServer[] }>(OPTIONS)).mailServerOptions)
      expect(await read(admin)).toEqual(['one'])
      await createMailServer(admin, { code: 'two' })
      expect(await read(admin)).toEqual(['one', 'two'])
      await createMailServer(otherAdmin, { code: 'three' })
      await expect.poll(() => read(admin)).toEqual(['one', 'two', 'three'])
    } finally {
      await other.close()
    }
  })
})
