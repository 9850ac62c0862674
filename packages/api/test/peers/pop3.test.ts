import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EncryptionMode, IncomingAuthMethod } from '@mailroom/shared'
import { LineConnection } from '../../src/transport/line-connection.js'
import { openSocket } from '../../src/transport/open-socket.js'
import type { Pop3Maildrop } from '../../src/transport/pop3/pop3-maildrop.js'
import { Pop3Session } from '../../src/transport/pop3/pop3-session.js'
import { createRedact, type Credentials } from '../../src/transport/redact.js'
import { resolveHost } from '../../src/transport/resolve-host.js'
import { handshake } from '../../src/transport/secure-socket.js'
import { appendMessages } from '../support/mail-servers/append-messages.js'
import type { MailUser } from '../support/mail-servers/mail-users.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'
import { soon } from '../support/scripted-pop3.js'

let servers: MailServersFixture

beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

interface Choice {
  readonly encryption?: EncryptionMode
  readonly apop?: boolean
  readonly password?: string
}

/** Signs in as a receiver would: not a byte of the password before TLS is up. */
async function signIn(user: MailUser, choice: Choice = {}): Promise<Pop3Session> {
  const { encryption = EncryptionMode.NONE, apop = false, password = user.password } = choice
  const credentials: Credentials = { username: user.name, password }
  const port = encryption === EncryptionMode.SSL ? servers.ports.pop3s : servers.ports.pop3
  const host = await resolveHost(servers.host)
  const socket = await openSocket(host, { port, timeoutMs: 10_000, signal: soon() })
  const connection = new LineConnection(socket)
  const secure = async () => {
    const policy = { extraCa: [servers.caPem] }
    const { socket: tls, problem } = await handshake(connection.detach(), host, policy, soon())
    expect(problem).toBeUndefined()
    connection.adopt(tls)
  }
  const session = new Pop3Session({
    host: '127.0.0.1',
    connection,
    redact: createRedact([credentials]),
    apop,
    authMethod: IncomingAuthMethod.PASSWORD,
  })
  if (encryption === EncryptionMode.SSL) await secure()
  await session.greeting(soon())
  await session.capabilities(soon())
  if (encryption === EncryptionMode.TLS) {
    await session.startTls(soon())
    await secure()
    await session.capabilities(soon())
  }
  await session.authenticate(credentials, soon())
  return session
}

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const message of messages) got.push(message)
  return got
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function bytesOf(maildrop: Pop3Maildrop, numbers: readonly number[]): Promise<Buffer[]> {
  const messages = await all(maildrop.retrieve(numbers, { signal: soon() }))
  return messages.map((message) => {
    if (message.kind !== 'MESSAGE') throw new Error(`${message.number}: ${message.kind}`)
    return message.bytes
  })
}

describe('signing in to real Dovecot', () => {
  it.each(Object.values(EncryptionMode))(
    'by password and by APOP, encryption %s',
    async (encryption) => {
      for (const apop of [false, true]) {
        for (const user of Object.values(servers.users)) {
          const session = await signIn(user, { encryption, apop })
          expect((await session.maildrop.stat(soon())).count).toBeGreaterThanOrEqual(0)
          await session.quit(soon())
          expect(session.state).toBe('ENDED')
        }
        const wrong = signIn(servers.users.alice, { encryption, apop, password: 'wrong' })
        await expect(wrong).rejects.toMatchObject({ problem: 'AUTH_REJECTED', code: 'AUTH' })
      }
    },
  )

  it('knows what Dovecot offers', async () => {
    const session = await signIn(servers.users.alice, { encryption: EncryptionMode.TLS })
    expect(session.offered?.has('PIPELINING')).toBe(true)
    expect(session.offered?.get('SASL')).toContain('PLAIN')
    expect(session.authMethods).toEqual(expect.arrayContaining(['USER', 'PLAIN']))
    await session.quit(soon())
  })
})

it('every command of the protocol', async () => {
  const user = servers.users.quote
  const messages = [1, 2, 3].map((number) =>
    Buffer.from(`Subject: ${number}\r\n\r\nfirst\r\n.second\r\nthird\r\n`),
  )
  await appendMessages(servers, user, messages)
  const { maildrop } = await signIn(user, { encryption: EncryptionMode.SSL })
  const bytes = messages.reduce((sum, message) => sum + message.length, 0)
  expect(await maildrop.stat(soon())).toEqual({ count: 3, bytes })
  expect([...(await maildrop.sizes(soon())).values()]).toEqual(messages.map(({ length }) => length))
  expect(await maildrop.size(2, soon())).toBe(messages[1]?.length)
  await expect(maildrop.size(4, soon())).rejects.toMatchObject({ problem: 'MAILBOX_FAILED' })
  const ids = await maildrop.uniqueIds(soon())
  expect(new Set(ids?.values()).size).toBe(3)
  expect(await maildrop.uniqueId(2, soon())).toBe(ids?.get(2))
  expect(
    (await all(maildrop.top([1, 2], 1, { signal: soon() }))).map(
      (top) => top.kind === 'MESSAGE' && top.bytes.toString(),
    ),
  ).toEqual(['1', '2'].map((number) => `Subject: ${number}\r\n\r\nfirst\r\n`))
  expect(await bytesOf(maildrop, [3, 1])).toEqual([messages[2], messages[0]])
  await maildrop.noop(soon())
  const deleted = await maildrop.delete([1, 3, 9], { signal: soon() })
  expect(deleted.map(({ status }) => status.ok)).toEqual([true, true, false])
  expect(
    (await all(maildrop.retrieve([1, 2], { signal: soon() }))).map(({ kind }) => kind),
  ).toEqual(['REFUSED', 'MESSAGE'])
  await maildrop.reset(soon())
  expect((await maildrop.stat(soon())).count).toBe(3)
  await maildrop.delete([2], { signal: soon() })
  expect(await maildrop.quit(soon())).toMatchObject({ ok: true })
  const after = await signIn(user)
  expect(await bytesOf(after.maildrop, [1, 2])).toEqual([messages[0], messages[2]])
})

it('deletes nothing where the connection ends without QUIT', async () => {
  const user = servers.users.backslash
  await appendMessages(servers, user, [Buffer.from('Subject: stays\r\n\r\nhere\r\n')])
  const controller = new AbortController()
  const { maildrop } = await signIn(user)
  await maildrop.delete([1], { signal: controller.signal })
  const stat = maildrop.stat(controller.signal)
  controller.abort()
  await expect(stat).rejects.toMatchObject({ name: 'AbortError' })
  await expect(maildrop.quit(soon())).rejects.toMatchObject({ name: 'AbortError' })
  await expect.poll(async () => (await (await signIn(user)).maildrop.stat(soon())).count).toBe(1)
})

it('200 messages are received as they are, pipelined or not', async () => {
  const user = servers.users.space
  const messages = numbersTo(200).map(nastyMessage)
  await appendMessages(servers, user, messages)
  const { maildrop } = await signIn(user, { encryption: EncryptionMode.TLS })
  const received = await bytesOf(maildrop, numbersTo(200))
  expect(received.map(sha256)).toEqual(messages.map(sha256))
  const oneByOne = all(maildrop.retrieve(numbersTo(50), { signal: soon(), window: 1 }))
  expect(await oneByOne).toHaveLength(50)
  const streamed = createHash('sha256')
  for await (const download of maildrop.download(numbersTo(200), {
    signal: soon(),
    timeoutMs: 10_000,
  })) {
    if (download.kind !== 'CONTENT') throw new Error(download.kind)
    for await (const piece of download.body) streamed.update(piece)
  }
  expect(streamed.digest('hex')).toBe(sha256(Buffer.concat(messages)))
  await maildrop.quit(soon())
})

/** Messages with what breaks clients: dots where lines begin, long lines, 8-bit text, bare CRs, no body. */
function nastyMessage(number: number): Buffer {
  const bodies = [
    '.\r\n..\r\n...\r\n.x\r\n',
    '',
    `${'x'.repeat(3_000 + number)}\r\n.`,
    '\u3053\u3093\u306b\u3061\u306f\r\n.\u65e5\u672c\r\n',
    'a\r.\rb\r\n.c\r\n',
    '.'.repeat(number),
    `${'.line\r\n'.repeat(20_000)}`,
    '\r\n\r\n.\r\n\r\n',
  ]
  const body = bodies[number % bodies.length] ?? ''
  const isEnded = body === '' || body.endsWith('\r\n')
  return Buffer.from(`Subject: ${number}\r\n\r\n${body}${isEnded ? '' : '\r\n'}`)
}
