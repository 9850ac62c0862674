import { simpleParser } from 'mailparser'
import { ATTACHMENTS_MAX_BYTES } from '@mailroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, createAccount, type Person } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { DELETE_MESSAGES, RESTORE_MESSAGES } from '../support/mailbox-kit.js'
import {
  CANCEL_SENDING,
  CONFIRM,
  RETRY,
  SAVE_DRAFT,
  SEND,
  postUpload,
  readSending,
  sendMail,
  sourceOf,
  upload,
  type ReadDraft,
  type ReadSending,
} from '../support/sending-kit.js'

/** The outbox, drafts and uploads, where nobody sends: this process does not. */
let database: TestDatabase
let api: TestApi
let admin: TestClient
let person: Person
let accountId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
  const { id: serverId } = await createMailServer(admin)
  accountId = (
    await createAccount(admin, person.id, serverId, {
      email: 'hanako@example.co.jp',
      name: '山田 花子',
    })
  ).id
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const mail = (overrides: object = {}) => ({
  accountId,
  to: ['taro@example.jp'],
  subject: '見積もりの件',
  text: 'よろしくお願いします。\n',
  ...overrides,
})

it('a message on its way is not deleted; once it has failed it is, and goes out no more', async () => {
  const { id, message } = await sendMail(person.client, mail({ subject: 'still here' }))
  const { extensions } = await person.client.fail(DELETE_MESSAGES, { ids: [message.id] })
  expect(extensions.code).toBe('CONFLICT')
  await database.query(`UPDATE sending SET state = 'FAILED' WHERE id = '${id}'`)
  expect(await person.client.ask(DELETE_MESSAGES, { ids: [message.id] })).toEqual({
    deleteMessages: [message.id],
  })
  for (const decision of [RETRY, CONFIRM]) {
    expect((await person.client.fail(decision, { id })).extensions.code).toBe('NOT_FOUND')
  }
  expect(await readSending(person.client, id)).toBeNull()
  await person.client.ask(RESTORE_MESSAGES, { ids: [message.id] })
  await person.client.ask(RETRY, { id })
  expect(await readSending(person.client, id)).toMatchObject({ state: 'QUEUED' })
})

it('of two who delete a failed message and send it again at once, one is told that he cannot', async () => {
  for (let n = 0; n < 8; n++) {
    const { id, message } = await sendMail(person.client, mail())
    await database.rows("UPDATE sending SET state = 'FAILED' WHERE id = $1", [id])
    await Promise.all([
      person.client.send(DELETE_MESSAGES, { ids: [message.id] }),
      person.client.send(RETRY, { id }),
    ])
    const [both] = await database.rows(
      `SELECT state, deleted_at IS NULL AS shown FROM sending
       JOIN message ON message.id = sending.message_id WHERE sending.id = $1`,
      [id],
    )
    expect([
      { state: 'QUEUED', shown: true },
      { state: 'FAILED', shown: false },
    ]).toContainEqual(both)
  }
})

describe('sendMail', () => {
  it('keeps the message, byte for byte, in the outbox before anything is sent', async () => {
    const sending = await sendMail(person.client, mail({ cc: ['jiro@example.jp'] }))
    expect(sending).toMatchObject({ state: 'QUEUED', attempts: 0, message: { folder: 'OUTBOX' } })
    expect(sending.recipients).toEqual([
      { address: 'taro@example.jp', state: 'PENDING', said: null },
      { address: 'jiro@example.jp', state: 'PENDING', said: null },
    ])
    const source = (await sourceOf(person.client, sending.message.id)).toString('latin1')
    expect(source).toContain(`Message-ID: ${sending.message.messageId}\r\n`)
    expect(source).toMatch(/^Date: .+ \+0000\r\n/m)
    expect(sending.message.messageId).toMatch(/^<[0-9a-f-]{36}@example\.co\.jp>$/)
  })

  it('sends HTML without what could run, also where it quotes what somebody else wrote (L-15)', async () => {
    const html = `<p style="color: red">本文 <img src="https://example.jp/logo.png"></p>
      <blockquote>引用<script>alert(1)</script><img src=x onerror=alert(1)><form action="//evil.example">
      <a href="java\nscript:alert(1)">x</a><svg onload=alert(1)></svg></blockquote>`
    const { message } = await sendMail(person.client, mail({ html }))
    const sent = await simpleParser(await sourceOf(person.client, message.id))
    expect(sent.html).toContain('<p style="color: red">本文 <img src="https://example.jp/logo.png"')
    expect(sent.html).not.toMatch(/alert|evil|<(script|svg|form)/i)
    expect(sent.html).toContain('引用')
    expect(sent.text).toContain('よろしくお願いします。')
    const deep = await person.client.fail(SEND, { input: mail({ html: '<b>'.repeat(600) }) })
    expect(deep.extensions).toMatchObject({ fields: [{ path: 'html', rule: 'html' }] })
  })

  it('names nobody of bcc in the message, and sends to him', async () => {
    const sending = await sendMail(person.client, mail({ bcc: ['secret@example.jp'] }))
    expect(sending.recipients.map(({ address }) => address)).toContain('secret@example.jp')
    const source = (await sourceOf(person.client, sending.message.id)).toString('latin1')
    expect(source).not.toMatch(/secret@example|^bcc/im)
  })

  it('names people in its header as they were named, and sends to their addresses', async () => {
    const to = ['山田太郎 <taro@example.jp>', '"Yamada, Hanako" <hanako@例え.jp>']
    const sending = await sendMail(person.client, mail({ to, cc: ['<jiro@example.jp>'] }))
    expect(sending.recipients.map(({ address }) => address)).toEqual([
      ...['taro@example.jp', 'hanako@xn--r8jz45g.jp', 'jiro@example.jp'],
    ])
    const source = await sourceOf(person.client, sending.message.id)
    const unfolded = source.toString('latin1').replaceAll('\r\n ', ' ')
    expect(unfolded).toContain(', "Yamada, Hanako" <hanako@xn--r8jz45g.jp>\r\n')
    const sent = await simpleParser(source)
    expect([sent.to, sent.cc].flat().flatMap((list) => list?.value)).toMatchObject([
      { name: '山田太郎', address: 'taro@example.jp' },
      { name: 'Yamada, Hanako' },
      { name: '', address: 'jiro@example.jp' },
    ])
  })

  it('is one mail where ten clicks come at once with the same key (C-14)', async () => {
    const input = mail({ idempotencyKey: crypto.randomUUID() })
    const all = await Promise.all(Array.from({ length: 10 }, () => sendMail(person.client, input)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    const rows = await database.rows('SELECT id FROM message WHERE id = $1', [all[0]?.message.id])
    expect(rows).toHaveLength(1)
    const orphans = await database.rows(
      `SELECT id FROM message WHERE folder = 'OUTBOX'
       AND NOT EXISTS (SELECT FROM sending WHERE message_id = message.id)`,
    )
    expect(orphans).toEqual([])
  })

  it.each([
    ['an address with a line end', { to: ['c@d.jp\r\nRCPT TO:<evil@x.y>'] }, 'to'],
    ['a name like an address', { cc: ['a@evil.jp <taro@example.jp>'] }, 'cc.0'],
    ['a name in quotes like an address', { to: ['"a＠evil.jp" <taro@example.jp>'] }, 'to.0'],
    [
      'a name that is another once decoded',
      { to: ['=?utf-8?Q?a=40evil?= <taro@example.jp>'] },
      'to.0',
    ],
    ['two addresses behind a name', { cc: ['Taro <a@evil.jp> <taro@example.jp>'] }, 'cc.0'],
    ['a name with a line end', { to: ['Taro\r\nBcc: x <taro@example.jp>'] }, 'to'],
    ['a name without end', { bcc: [`${'x'.repeat(101)} <taro@example.jp>`] }, 'bcc.0'],
    ['a group', { bcc: ['team: taro@example.jp;'] }, 'bcc.0'],
    ['nobody', { to: [] }, 'to'],
    ['a subject of two lines', { subject: 'a\r\nBcc: evil@x.y' }, 'subject'],
    ['NUL in the text', { text: 'a\0b' }, 'text'],
    ['half a character in the text', { text: 'a\ud800b' }, 'text'],
    ['501 recipients', { to: Array.from({ length: 501 }, (_, n) => `u${n}@example.jp`) }, 'to'],
    ['an upload that is nobody’s', { attachmentIds: [crypto.randomUUID()] }, 'attachmentIds.0'],
    ['a message that is not there', { replyToId: crypto.randomUUID() }, 'replyToId'],
    ['31 seconds to think', { holdSeconds: 31 }, 'holdSeconds'],
  ])('refuses %s and keeps nothing (H-1, H-2, H-5)', async (_name, overrides, path) => {
    const before = await database.rows('SELECT count(*) FROM message')
    const { extensions } = await person.client.fail(SEND, { input: mail(overrides) })
    expect(extensions.code).toBe('BAD_USER_INPUT')
    expect(extensions.fields?.map((field) => field.path)).toEqual([path])
    expect(await database.rows('SELECT count(*) FROM message')).toEqual(before)
  })

  it('takes 500 recipients, all fields together', async () => {
    const some = (mark: string, count: number) =>
      Array.from({ length: count }, (_, n) => `${mark}${n}@example.jp`)
    const sending = await sendMail(
      person.client,
      mail({ to: some('a', 200), cc: some('b', 200), bcc: some('c', 100) }),
    )
    expect(sending.recipients).toHaveLength(500)
  })

  it('reads no attachment of an original where all together are too many', async () => {
    const { message } = await sendMail(person.client, mail())
    await database.rows(
      `INSERT INTO message_attachment (message_id, position, content_type, size_bytes, is_inline)
       SELECT $1, position, 'video/mp4', $2, false FROM generate_series(0, 1) AS position`,
      [message.id, ATTACHMENTS_MAX_BYTES],
    )
    const input = mail({ forwardOfId: message.id, forwardAttachmentIds: ['0', '1'] })
    const { extensions, message: said } = await person.client.fail(SEND, { input })
    expect(extensions.code).toBe('BAD_USER_INPUT')
    expect(said).toContain('together')
    const twice = { ...input, forwardAttachmentIds: ['0', '0'] }
    const refused = await person.client.fail(SEND, { input: twice })
    expect(refused.extensions.fields?.map(({ path }) => path)).toEqual(['forwardAttachmentIds.1'])
  })

  it('names somebody once however often he is written', async () => {
    const { recipients } = await sendMail(
      person.client,
      mail({ to: ['taro@example.jp'], cc: ['taro@EXAMPLE.jp'], bcc: ['taro@example.jp'] }),
    )
    expect(recipients.map(({ address }) => address)).toEqual(['taro@example.jp'])
  })

  it('is an error and leaves nothing where the outbox cannot be written (C-1)', async () => {
    await database.rows(
      `CREATE FUNCTION refuse_recipients() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    )
    await database.rows(
      'CREATE TRIGGER refuse BEFORE INSERT ON sending_recipient EXECUTE FUNCTION refuse_recipients()',
    )
    const count = () => database.rows('SELECT count(*) FROM message')
    const before = await count()
    expect((await person.client.fail(SEND, { input: mail() })).extensions.code).toBe('INTERNAL')
    expect(await count()).toEqual(before)
    await database.rows('DROP TRIGGER refuse ON sending_recipient')
  })

  it('is told in the record where an administrator sends from another’s account', async () => {
    await sendMail(admin, mail())
    await sendMail(person.client, mail())
    const rows = await database.rows<{ actor: string }>(
      `SELECT actor_name AS actor FROM audit_event WHERE action = 'SEND'`,
    )
    expect(rows).toEqual([{ actor: 'admin' }])
  })
})

describe('a sending that waits', () => {
  it('is taken back as a draft with its files, and the message is gone', async () => {
    const file = await upload(person.client, '見積もり.txt', '12,000円', 'text/plain')
    const input = mail({ bcc: ['b@example.jp'], attachmentIds: [file.id], holdSeconds: 30 })
    const sending = await sendMail(person.client, input)
    expect(sending.holdUntil).not.toBeNull()
    const { cancelSending: draft } = await person.client.ask<{ cancelSending: ReadDraft }>(
      CANCEL_SENDING,
      { id: sending.id },
    )
    expect(draft).toMatchObject({
      ...{ to: ['taro@example.jp'], bcc: ['b@example.jp'], subject: '見積もりの件' },
      ...{ text: 'よろしくお願いします。\n', attachments: [file] },
    })
    expect(await readSending(person.client, sending.id)).toBeNull()
    expect(
      await database.rows('SELECT id FROM message WHERE id = $1', [sending.message.id]),
    ).toEqual([])
  })

  it('is not sent after all by a request with its key that comes late', async () => {
    const idempotencyKey = crypto.randomUUID()
    const input = mail({ idempotencyKey, holdSeconds: 30 })
    const { id } = await sendMail(person.client, input)
    await person.client.ask(CANCEL_SENDING, { id })
    const before = await database.rows('SELECT count(*) FROM message')
    expect((await person.client.fail(SEND, { input })).extensions.code).toBe('CONFLICT')
    expect(await database.rows('SELECT count(*) FROM message')).toEqual(before)
    // For 30 days.
    await database.rows(
      `UPDATE cancelled_sending_key SET cancelled_at = now() - interval '31 days'
       WHERE idempotency_key = $1`,
      [idempotencyKey],
    )
    const late = await sendMail(person.client, input)
    await person.client.ask(CANCEL_SENDING, { id: late.id })
    expect((await person.client.fail(SEND, { input })).extensions.code).toBe('CONFLICT')
    const anew = await sendMail(person.client, { ...input, idempotencyKey: crypto.randomUUID() })
    expect(anew.id).not.toBe(id)
  })

  it('is taken back for those whom it has not reached, also once it has failed', async () => {
    const to = ['got@example.jp', '二郎 <refused@example.jp>', 'open@example.jp']
    const { id, message } = await sendMail(person.client, mail({ to, holdSeconds: 30 }))
    await database.rows(
      `UPDATE sending_recipient SET state = ('{ACCEPTED,REFUSED,PENDING}'::text[])[position + 1]
       WHERE sending_id = $1`,
      [id],
    )
    await database.rows("UPDATE sending SET state = 'FAILED' WHERE id = $1", [id])
    const { cancelSending: draft } = await person.client.ask<{ cancelSending: ReadDraft }>(
      CANCEL_SENDING,
      { id },
    )
    expect(draft.to).toEqual(to.slice(1))
    expect(await readSending(person.client, id)).toMatchObject({
      ...{ state: 'SENT', acceptedRecipients: ['got@example.jp'] },
      message: { id: message.id, folder: 'SENT' },
    })
  })

  it('is sent again and confirmed only where that makes sense', async () => {
    const { id } = await sendMail(person.client, mail())
    expect((await person.client.fail(RETRY, { id })).extensions.code).toBe('CONFLICT')
    expect((await person.client.fail(CONFIRM, { id })).extensions.code).toBe('CONFLICT')
    for (const state of ['SENDING', 'SENT', 'UNCONFIRMED']) {
      await database.rows('UPDATE sending SET state = $2 WHERE id = $1', [id, state])
      expect((await person.client.fail(CANCEL_SENDING, { id })).extensions.code).toBe('CONFLICT')
    }
  })

  it('is SENT once somebody says that an unconfirmed one arrived, and that is recorded', async () => {
    const { id, message } = await sendMail(person.client, mail())
    await database.rows("UPDATE sending SET state = 'UNCONFIRMED' WHERE id = $1", [id])
    const { confirmSending } = await person.client.ask<{ confirmSending: ReadSending }>(CONFIRM, {
      id,
    })
    expect(confirmSending).toMatchObject({
      ...{ state: 'SENT', acceptedRecipients: ['taro@example.jp'] },
      message: { id: message.id, folder: 'SENT' },
    })
    const rows = await database.rows(
      "SELECT id FROM audit_event WHERE action = 'CONFIRM_SENT' AND changes::text LIKE $1",
      [`%${id}%`],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a draft', () => {
  const saved = async (variables: object) =>
    (await person.client.ask<{ saveDraft: ReadDraft }>(SAVE_DRAFT, variables)).saveDraft

  it('keeps what is typed, right or not, and the newer version wins', async () => {
    const file = await upload(person.client, 'a.pdf', 'pdf', 'application/pdf')
    const input = mail({ to: ['まだ途中'], attachmentIds: [file.id] })
    const draft = await saved({ input })
    expect(draft).toMatchObject({ to: ['まだ途中'], version: 1, attachments: [file] })
    const changed = { ...input, text: 'つづき', attachmentIds: [] }
    const next = await saved({ id: draft.id, version: 1, input: changed })
    expect(next).toMatchObject({ id: draft.id, version: 2, text: 'つづき', attachments: [] })
    const { extensions } = await person.client.fail(SAVE_DRAFT, {
      ...{ id: draft.id, version: 1, input },
    })
    expect([extensions.code, extensions.version]).toEqual(['CONFLICT', 2])
  })

  it('is nobody else’s, not even an administrator’s', async () => {
    const { id } = await saved({ input: mail() })
    const query = 'query ($id: ID!) { draft(id: $id) { id } }'
    expect(await admin.ask(query, { id })).toEqual({ draft: null })
    expect(
      (await admin.fail('mutation ($id: ID!) { deleteDraft(id: $id) }', { id })).extensions.code,
    ).toBe('NOT_FOUND')
  })

  it('goes as its message is put into the outbox', async () => {
    const file = await upload(person.client, 'a.txt', 'text')
    const input = mail({ attachmentIds: [file.id] })
    const { id } = await saved({ input })
    await sendMail(person.client, { ...input, draftId: id })
    const query = 'query ($id: ID!) { draft(id: $id) { id } }'
    expect(await person.client.ask(query, { id })).toEqual({ draft: null })
    // The message has it: nobody deletes it, or sends it once more.
    const gone = 'mutation ($id: ID!) { deleteUpload(id: $id) }'
    expect((await person.client.fail(gone, { id: file.id })).extensions.code).toBe('NOT_FOUND')
  })
})

describe('POST /uploads', () => {
  it('keeps what came, in pieces, whatever its name', async () => {
    const bytes = Buffer.alloc(700_000, 'x')
    const file = await upload(person.client, '../../報告 "書".bin', bytes)
    expect(file).toMatchObject({ filename: '../../報告 "書".bin', size: 700_000 })
    const parts = await database.rows('SELECT position FROM upload_part WHERE upload_id = $1', [
      file.id,
    ])
    expect(parts.length).toBeGreaterThan(1)
  })

  it('refuses more than 25 MB, said or not, and keeps nothing of it', async () => {
    const piece = new Uint8Array(1024 * 1024)
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(piece),
    })
    const response = await fetch(`${api.url}/uploads?name=a`, {
      method: 'POST',
      headers: { cookie: person.client.cookie ?? '' },
      body: stream,
      duplex: 'half',
    }).catch(() => undefined)
    expect(response?.status ?? 400).toBe(400)
    await expect.poll(() => database.rows("SELECT id FROM upload WHERE filename = 'a'")).toEqual([])
  })

  it('answers nobody who is not signed in, and no page of another origin', async () => {
    expect((await postUpload(api.client(), 'a.txt', 'a')).status).toBe(401)
    const foreign = await postUpload(person.client, 'a.txt', 'a', { origin: 'https://evil.test' })
    expect(foreign.status).toBe(403)
    expect((await postUpload(person.client, '', 'a')).status).toBe(400)
    expect((await postUpload(person.client, 'a\u202eb', 'a')).status).toBe(400)
  })

  it('is one’s own: nobody sends another’s file', async () => {
    const file = await upload(admin, 'a.txt', 'text')
    const input = mail({ attachmentIds: [file.id] })
    const { extensions } = await person.client.fail(SEND, { input })
    expect(extensions.fields).toMatchObject([{ path: 'attachmentIds.0', rule: 'attachment' }])
  })
})
