import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SmtpAuthMethod } from '@mailroom/shared'
import { createAccount, idOf, type ReadAccount } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { mailBoxes, type MailUser } from '../support/mail-servers/mail-users.js'
import {
  encryptions,
  type Encryption,
  type SmtpMechanism,
} from '../support/mail-servers/mechanism-ports.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'
import { receive } from '../support/receiving-kit.js'
import { endOfSending, sendMail, sourceOf, upload } from '../support/sending-kit.js'

/** Sent through a real Postfix, received again from a real Dovecot, both by Mailroom. */
let mail: MailServersFixture
let database: TestDatabase
let api: TestApi
let admin: TestClient
let adminId: string
let recipient: ReadAccount
const receiver = mailBoxes[0]

beforeAll(async () => {
  mail = await startMailServers()
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_ROLE: 'all' })
  admin = await api.admin()
  adminId = await idOf(admin)
  if (receiver === undefined) throw new Error('no mailbox')
  recipient = await anAccount(receiver, { port: mail.ports.smtps, encryption: 'SSL' })
})
afterAll(async () => {
  await api.close()
  await database.drop()
  await mail.stop()
})

const trusted = () => ({ host: mail.host, timeoutSeconds: 20, caCertificate: mail.caPem })

/** An account that receives over IMAPS and sends by these settings. */
async function anAccount(
  user: MailUser,
  outgoing: object,
  { incoming = {}, ...overrides }: { incoming?: object } & Record<string, unknown> = {},
): Promise<ReadAccount> {
  const server = await createMailServer(admin, {
    outgoing: { ...trusted(), ...outgoing },
    incoming: {
      ...{ ...trusted(), encryption: 'SSL', port: mail.ports.imaps, protocol: 'IMAP4' },
      ...incoming,
    },
  })
  return createAccount(admin, adminId, server.id, {
    email: `${user.name}@mail.test`,
    incomingUsername: user.name,
    incomingPassword: user.password,
    ...overrides,
  })
}

const to = () => `${receiver?.name}@mail.test`

interface ReadMessage {
  id: string
  subject: string
  messageId: string | null
  text: string | null
  attachments: { filename: string | null; size: number; url: string }[]
}
const MESSAGE = `query ($id: ID!) { message(id: $id) { id subject messageId text
  attachments { filename size url } } }`

/** What was sent, as the other side has it in its mailbox by now. */
async function received(messageId: string | null): Promise<{ id: string; source: Buffer }> {
  await expect
    .poll(
      async () => {
        await receive(admin, recipient.id)
        return (await found(messageId)).length
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBe(1)
  const [row] = await found(messageId)
  if (row === undefined) throw new Error('it was there')
  return { id: row.id, source: await sourceOf(admin, row.id) }
}

const found = (messageId: string | null) =>
  database.rows<{ id: string }>(
    "SELECT id FROM message WHERE account_id = $1 AND folder = 'INBOX' AND message_id = $2",
    [recipient.id, messageId],
  )

/** Servers put lines before a message, and Dovecot's LMTP none into it. */
const endsWith = (whole: Buffer, sent: Buffer) => whole.subarray(-sent.length).equals(sent)

const MECHANISMS: [SmtpMechanism, SmtpAuthMethod][] = [
  ['PLAIN', 'PLAIN'],
  ['LOGIN', 'LOGIN'],
  ['CRAM_MD5', 'CRAM_MD5'],
  ['DIGEST_MD5', 'DIGEST_MD5'],
]
const CELLS = MECHANISMS.flatMap(([mechanism, authMethod]) =>
  encryptions.map((encryption): [SmtpMechanism, SmtpAuthMethod, Encryption] => [
    mechanism,
    authMethod,
    encryption,
  ]),
)

describe('what is sent is received with the same bytes', () => {
  it.each(CELLS)('by %s (%s) with encryption %s', async (mechanism, authMethod, encryption) => {
    const { alice } = mail.users
    const port = mail.mechanismPorts[mechanism][encryption]
    const account = await anAccount(alice, { port, encryption, authMethod })
    const sending = await sendMail(admin, {
      ...{ accountId: account.id, to: [to()], subject: `${mechanism} と ${encryption}` },
      text: '本文です。\n.\n..点\nFrom here\n',
    })
    const end = await endOfSending(admin, sending.id)
    expect(end).toMatchObject({
      ...{ state: 'SENT', problem: null, attempts: 1, acceptedRecipients: [to()] },
      message: { folder: 'SENT' },
    })
    const sent = await sourceOf(admin, sending.message.id)
    const there = await received(sending.message.messageId)
    expect(endsWith(there.source, sent)).toBe(true)
  })

  it('by own credentials for sending where the server asks for them (C-13)', async () => {
    const port = mail.mechanismPorts.PLAIN.SSL
    const outgoing = { port, encryption: 'SSL', authMethod: 'PLAIN', credentials: 'OUTGOING' }
    const { quote, space } = mail.users
    const account = await anAccount(quote, outgoing, {
      outgoingUsername: space.name,
      outgoingPassword: space.password,
    })
    const { id } = await sendMail(admin, { accountId: account.id, to: [to()], text: 'x' })
    expect(await endOfSending(admin, id)).toMatchObject({ state: 'SENT' })
    expect(await mail.logs()).toContain(`sasl_username=${space.name}`)
  })

  it('without signing in where the server asks for nothing', async () => {
    const port = mail.ports.smtp
    const account = await anAccount(mail.users.alice, { port, encryption: 'NONE' })
    const { id } = await sendMail(admin, { accountId: account.id, to: [to()], text: 'x' })
    expect(await endOfSending(admin, id)).toMatchObject({ state: 'SENT' })
  })

  it('after a sign-in by POP, one for several messages (C-12)', async () => {
    await mail.forgetPopSignIns()
    const { alice } = mail.users
    const account = await anAccount(
      alice,
      { port: mail.ports.smtpAfterPop, encryption: 'NONE', popBeforeSmtp: true },
      { incoming: { protocol: 'POP3', port: mail.ports.pop3s } },
    )
    const input = { accountId: account.id, to: [to()], text: 'x' }
    const sendings = await Promise.all([sendMail(admin, input), sendMail(admin, input)])
    for (const { id } of sendings) {
      expect(await endOfSending(admin, id)).toMatchObject({ state: 'SENT', attempts: 1 })
    }
  })
})

describe('an attachment', () => {
  it('arrives byte for byte under its name, and goes on with an answer and a forwarding', async () => {
    const account = await anAccount(mail.users.alice, { port: mail.ports.smtp, encryption: 'NONE' })
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7) % 256))
    const file = await upload(admin, '請求書 2026年.bin', bytes)
    const base = { accountId: account.id, to: [to()], text: '添付します。' }
    const first = await sendMail(admin, { ...base, attachmentIds: [file.id] })
    await endOfSending(admin, first.id)
    const there = await received(first.message.messageId)
    await expect.poll(() => attachmentsOf(there.id)).toHaveLength(1)
    const [attachment] = await attachmentsOf(there.id)
    expect(attachment).toMatchObject({ filename: '請求書 2026年.bin', size: bytes.length })

    const own = { accountId: recipient.id, to: [`${mail.users.alice.name}@mail.test`] }
    const reply = await sendMail(admin, { ...own, replyToId: there.id, text: 'ありがとう' })
    const headers = await headersOf(reply.message.id)
    expect(headers.inReplyTo).toBe(first.message.messageId)
    expect(headers.references).toEqual([first.message.messageId])

    const forwarded = await sendMail(admin, {
      ...{ ...own, text: '転送', forwardOfId: there.id, forwardAttachmentIds: ['0'] },
    })
    const parsed = await simpleParser(await sourceOf(admin, forwarded.message.id))
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['請求書 2026年.bin'])
    expect(parsed.attachments[0]?.content.equals(bytes)).toBe(true)
    expect(parsed.inReplyTo).toBeUndefined()
  })

  async function attachmentsOf(id: string) {
    const { message } = await admin.ask<{ message: ReadMessage }>(MESSAGE, { id })
    return message.attachments
  }

  async function headersOf(messageId: string) {
    const { inReplyTo, references } = await simpleParser(await sourceOf(admin, messageId))
    return { inReplyTo, references: [references ?? []].flat() }
  }
})

describe('SMTPUTF8', () => {
  it('is used where the server offers it and an address needs it', async () => {
    const account = await anAccount(mail.users.alice, { port: mail.ports.smtp, encryption: 'NONE' })
    const input = { accountId: account.id, to: ['山田@mail.test'], text: 'x' }
    const end = await endOfSending(admin, (await sendMail(admin, input)).id)
    // Postfix takes it; Dovecot's LMTP then has nobody of that name.
    expect(end).toMatchObject({ state: 'SENT', acceptedRecipients: ['山田@mail.test'] })
  })
})
