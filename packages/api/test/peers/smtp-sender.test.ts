import { EncryptionMode, SmtpAuthMethod } from '@mailroom/shared'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionTarget } from '../../src/transport/open-session.js'
import type { Sender } from '../../src/transport/sender.js'
import { openSmtpSender } from '../../src/transport/smtp/smtp-sender.js'
import { SmtpSession } from '../../src/transport/smtp/smtp-session.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

let servers: MailServersFixture

beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

function target(overrides: Partial<SessionTarget<SmtpSession>> = {}): SessionTarget<SmtpSession> {
  const { name: username, password } = servers.users.alice
  return {
    host: servers.host,
    port: servers.ports.smtps,
    encryption: EncryptionMode.SSL,
    timeoutMs: 10_000,
    extraCa: [servers.caPem],
    credentials: { username, password },
    createSession: (options) =>
      new SmtpSession({ ...options, authMethod: SmtpAuthMethod.PLAIN, host: '127.0.0.1' }),
    ...overrides,
  }
}

async function withSender<T>(
  work: (sender: Sender) => Promise<T>,
  overrides?: Partial<SessionTarget<SmtpSession>>,
): Promise<T> {
  const sender = await openSmtpSender(target(overrides))
  try {
    return await work(sender)
  } finally {
    await sender.close()
  }
}

/** The message with this mark in its Subject as it lies in someone's mailbox, without what the servers put before it. */
async function delivered(user: string, mark: string): Promise<string | undefined> {
  const folder = join(dirname(servers.caFile), 'mail', user, 'new')
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'latin1')
    const at = text.indexOf(`Subject: ${mark}\n`)
    if (at >= 0) return text.slice(at)
  }
  return undefined
}

/** A Maildir keeps LF. */
const kept = (source: Buffer) => source.toString('latin1').replaceAll('\r\n', '\n')
const envelope = { from: 'alice@mail.test', to: ['space@mail.test'] }

/** All that Postfix would add where it is missing. */
const HEADERS = [
  'From: alice@mail.test',
  'Date: Mon, 24 Nov 2025 09:00:00 +0900',
  'Message-ID: <sender@mail.test>',
]

function message(mark: string, body: string): Buffer {
  return Buffer.from(`Subject: ${mark}\r\n${HEADERS.join('\r\n')}\r\n\r\n${body}`, 'utf8')
}

describe('sending through real Postfix', () => {
  it('delivers in every encryption mode, byte for byte', async () => {
    const cells: [EncryptionMode, number][] = [
      [EncryptionMode.NONE, servers.ports.smtp],
      [EncryptionMode.SSL, servers.ports.smtps],
      [EncryptionMode.TLS, servers.ports.submission],
    ]
    const body = '.leading dot\r\n..two\r\n.\r\n日本語 8-bit €\r\n\r\ntab\tand space \r\nend\r\n'
    for (const [encryption, port] of cells) {
      const source = message(`mode-${encryption}`, body)
      const result = await withSender((sender) => sender.send({ envelope, source }), {
        encryption,
        port,
      })
      expect([encryption, result.failure, result.outcome]).toEqual([encryption, undefined, 'SENT'])
      expect(result.said).toMatch(/^250 /)
      await expect.poll(() => delivered('space', `mode-${encryption}`)).toBe(kept(source))
    }
  })

  it('delivers a stream, and several messages over one connection', async () => {
    const long = 'x'.repeat(70) + '\r\n'
    const first = message('first', long.repeat(5_000))
    const second = message('second', 'short\r\n')
    const results = await withSender(async (sender) => [
      await sender.send({
        envelope,
        source: Readable.from([first.subarray(0, 10), first.subarray(10)]),
      }),
      await sender.send({ envelope, source: second }),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['SENT', 'SENT'])
    await expect.poll(() => delivered('space', 'first')).toBe(kept(first))
    await expect.poll(() => delivered('space', 'second')).toBe(kept(second))
  })

  it('turns bare line ends into line ends, so that no second message can hide in one', async () => {
    const source = message('smuggled', 'a\n.\nb\r.\rc\r\n.\nMAIL FROM:<evil@mail.test>\r\n')
    await withSender((sender) => sender.send({ envelope, source }))
    const body = 'a\n.\nb\n.\nc\n.\nMAIL FROM:<evil@mail.test>\n'
    await expect
      .poll(() => delivered('space', 'smuggled'))
      .toBe(`Subject: smuggled\n${HEADERS.join('\n')}\n\n${body}`)
  })

  it('names the refused recipient and delivers to the others', async () => {
    const to = ['space@mail.test', 'someone@nowhere.invalid', 'not valid@mail.test']
    const two = to.slice(0, 2)
    const source = message('partly', 'hello\r\n')
    const strangers = {
      credentials: undefined,
      encryption: EncryptionMode.NONE,
      port: servers.ports.smtp,
    }
    const result = await withSender(
      (sender) => sender.send({ envelope: { ...envelope, to: two }, source }),
      strangers,
    )
    expect(result.outcome).toBe('SENT')
    expect(result.recipients.map(({ address, accepted }) => [address, accepted])).toEqual([
      ['space@mail.test', true],
      ['someone@nowhere.invalid', false],
    ])
    expect(result.recipients[1]?.said).toContain('Relay access denied')
    await expect.poll(() => delivered('space', 'partly')).toBe(kept(source))
    const refused = await withSender((sender) =>
      sender.send({ envelope: { ...envelope, to }, source }),
    )
    expect([refused.outcome, refused.failure?.problem]).toEqual(['FAILED', 'RECIPIENT_REFUSED'])
  })

  it('says that nobody was accepted, and by whose words', async () => {
    const result = await withSender(
      (sender) =>
        sender.send({
          envelope: { ...envelope, to: ['a@nowhere.invalid'] },
          source: message('none', 'x'),
        }),
      { credentials: undefined, encryption: EncryptionMode.NONE, port: servers.ports.smtp },
    )
    expect([result.outcome, result.failure?.problem, result.failure?.step]).toEqual([
      'FAILED',
      'RECIPIENT_REFUSED',
      'ENVELOPE',
    ])
    expect(result.failure?.detail).toContain('Relay access denied')
    expect(result.isTemporary).toBe(false)
  })

  it('does not send what is larger than the server takes', async () => {
    const source = message('large', 'x'.repeat(78).concat('\r\n').repeat(140_000))
    const result = await withSender((sender) => sender.send({ envelope, source }))
    expect([result.outcome, result.failure?.problem, result.recipients[0]?.said]).toEqual([
      'FAILED',
      'MESSAGE_REFUSED',
      '',
    ])
    expect(result.failure?.detail).toContain('10240000')
  })

  it('tries an envelope and sends nothing', async () => {
    const asked = { ...envelope, to: ['space@mail.test', 'x@nowhere.invalid'] }
    const source = message('after-trying', 'x\r\n')
    const strangers = {
      credentials: undefined,
      encryption: EncryptionMode.NONE,
      port: servers.ports.smtp,
    }
    await withSender(async (sender) => {
      const recipients = await sender.verifyEnvelope(asked)
      expect(recipients.map(({ accepted }) => accepted)).toEqual([true, false])
      expect((await sender.send({ envelope, source })).outcome).toBe('SENT')
    }, strangers)
  })

  it('sends to an address in UTF-8 where the server takes it', async () => {
    const to = ['あ@mail.test']
    const recipients = await withSender((sender) => sender.verifyEnvelope({ ...envelope, to }))
    expect(recipients.map(({ address, accepted }) => [address, accepted])).toEqual([
      ['あ@mail.test', true],
    ])
  })
})
