import { afterAll, beforeAll, expect, it } from 'vitest'
import { SoonAnnouncedTransactions } from '../../src/db/announced.js'
import { ChangeFeed } from '../../src/db/change-feed.js'
import { createDataSource } from '../../src/db/data-source.js'
import { createLogger } from '../../src/logger.js'
import { SendStore } from '../../src/sending/send-store.js'
import { addPerson, createAccount, type Person } from '../support/accounts-kit.js'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { SAVE_DRAFT, SEND, sendMail, upload, type ReadDraft } from '../support/sending-kit.js'

/** Requests for the same mail, files and drafts in each other's way, where nobody sends. */
let database: TestDatabase
let api: TestApi
let person: Person
let accountId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  const admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
  const { id: serverId } = await createMailServer(admin)
  accountId = (await createAccount(admin, person.id, serverId)).id
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const mail = (overrides: object = {}) => ({
  ...{ accountId, to: ['taro@example.jp'], subject: 'racing', text: 'text' },
  ...overrides,
})

it('ten clicks at once with a file are one mail (C-14)', async () => {
  const { id } = await upload(person.client, 'a.txt', 'of one mail')
  const input = mail({ idempotencyKey: crypto.randomUUID(), attachmentIds: [id] })
  const all = await Promise.all(Array.from({ length: 10 }, () => sendMail(person.client, input)))
  expect(new Set(all.map((sending) => sending.id)).size).toBe(1)
})

it('a file goes with one message only; the other is refused as a whole', async () => {
  const { id } = await upload(person.client, 'a.txt', 'wanted twice')
  const both = await Promise.allSettled(
    ['first', 'second'].map((subject) =>
      sendMail(person.client, mail({ subject, attachmentIds: [id] })),
    ),
  )
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const rows = await database.rows(
    "SELECT attachment_count FROM message WHERE subject IN ('first', 'second')",
  )
  expect(rows).toEqual([{ attachment_count: 1 }])
})

it('a file that has lost bytes is not sent without them', async () => {
  const { id } = await upload(person.client, 'a.txt', 'soon gone')
  await database.query(`DELETE FROM upload_part WHERE upload_id = '${id}'`)
  const { extensions } = await person.client.fail(SEND, { input: mail({ attachmentIds: [id] }) })
  expect(extensions.code).toBe('NOT_FOUND')
})

it('the draft of a mail goes, also where only the second answer arrives', async () => {
  const input = mail({ idempotencyKey: crypto.randomUUID() })
  await sendMail(person.client, input)
  const { saveDraft } = await person.client.ask<{ saveDraft: ReadDraft }>(SAVE_DRAFT, {
    input: mail({ subject: 'sent long since' }),
  })
  await sendMail(person.client, { ...input, draftId: saveDraft.id })
  expect(await database.rows('SELECT id FROM draft WHERE id = $1', [saveDraft.id])).toEqual([])
})

it('one that takes its workers down, again and again, waits; no try is counted for that', async () => {
  const { id } = await sendMail(person.client, mail({ subject: 'deadly' }))
  const dataSource = await createDataSource(database.url).initialize()
  try {
    const changes = new ChangeFeed(database.url, createLogger('silent'))
    const transactions = new SoonAnnouncedTransactions(dataSource, changes, 'sending')
    const store = new SendStore(dataSource, transactions)
    const waits: number[] = []
    for (let death = 1; death <= 6; death++) {
      await database.rows(
        `UPDATE sending SET due_at = now() + CASE WHEN id = $1 THEN interval '0' ELSE interval '1 day' END`,
        [id],
      )
      expect(await store.claim(accountId)).toMatchObject({ id, attempts: 1 })
      await database.query(`UPDATE sending SET claimed_until = now() - interval '1 s'
        WHERE id = '${id}'`)
      expect(await dataSource.transaction((manager) => store.takeOver(manager))).toBe(1)
      const [row] = await database.rows<{ minutes: number }>(
        'SELECT ceil(extract(epoch FROM due_at - now()) / 60)::int AS minutes FROM sending WHERE id = $1',
        [id],
      )
      waits.push(row?.minutes ?? -1)
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2])
  } finally {
    await dataSource.destroy()
  }
})
