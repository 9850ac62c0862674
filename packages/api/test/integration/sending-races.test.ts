import { afterAll, beforeAll, expect, it } from 'vitest'
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
