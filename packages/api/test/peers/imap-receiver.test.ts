import { BYTES_PER_MIB, EncryptionMode, IncomingAuthMethod } from '@mailroom/shared'
import { ImapFlow } from 'imapflow'
import { chown, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openImapReceiver, type ImapReceiver } from '../../src/transport/imap/imap-receiver.js'
import { ImapSession } from '../../src/transport/imap/imap-session.js'
import type { SessionTarget } from '../../src/transport/open-session.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

let servers: MailServersFixture
let marks = 0
let mark: string
/** Puts a message into the mailbox of the tests, as another program would. */
let deliver: (body: string) => Promise<Buffer>

beforeAll(async () => {
  servers = await startMailServers()
  deliver = async (body) => {
    marks += 1
    mark = `mark-${marks}@mail.test`
    const source = Buffer.from(
      `Message-ID: <${mark}>\r\nSubject: ${marks}\r\n\r\n${body}`,
      'latin1',
    )
    const path = join(dirname(servers.caFile), 'mail', 'space', 'new', `1764000100.M${marks}P2.x`)
    await writeFile(path, source)
    await chown(path, 5_000, 5_000)
    return source
  }
})
afterAll(() => servers.stop())
beforeEach(() => deliver('hello\r\n'))

async function withReceiver<T>(
  work: (receiver: ImapReceiver) => Promise<T>,
  {
    readOnly = false,
    ...overrides
  }: Partial<SessionTarget<ImapSession>> & { readOnly?: boolean } = {},
): Promise<T> {
  const { name: username, password } = servers.users.space
  const encryption = overrides.encryption ?? EncryptionMode.SSL
  const receiver = await openImapReceiver(
    {
      host: servers.host,
      port: servers.ports.imaps,
      encryption,
      timeoutMs: 10_000,
      extraCa: [servers.caPem],
      credentials: { username, password },
      createSession: (options) =>
        new ImapSession({
          ...options,
          startsTls: encryption === EncryptionMode.TLS,
          authMethod: IncomingAuthMethod.PASSWORD,
          host: '127.0.0.1',
        }),
      ...overrides,
    },
    { readOnly, maxBytes: BYTES_PER_MIB },
  )
  try {
    return await work(receiver)
  } finally {
    await receiver.close()
  }
}

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const received: T[] = []
  for await (const message of messages) received.push(message)
  return received
}

/** As a client does that deletes later: \Deleted, and no EXPUNGE. */
async function markDeleted(uid: string): Promise<void> {
  const { name, password } = servers.users.space
  const client = new ImapFlow({
    host: servers.host,
    port: servers.ports.imap,
    doSTARTTLS: false,
    auth: { user: name, pass: password },
    logger: false,
  })
  await client.connect()
  await client.mailboxOpen('INBOX')
  await client.messageFlagsAdd(uid, ['\\Deleted'], { uid: true })
  await client.logout()
}

const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id)

describe('receiving from real Dovecot', () => {
  it('reads byte for byte in every encryption mode, and leaves unread what it reads', async () => {
    const source = await deliver('.dot\r\n\xe3\x81\x82 8-bit \xff\r\n\r\nend without line end')
    const cells: [EncryptionMode, number][] = [
      [EncryptionMode.NONE, servers.ports.imap],
      [EncryptionMode.SSL, servers.ports.imaps],
      [EncryptionMode.TLS, servers.ports.imap],
    ]
    for (const [encryption, port] of cells) {
      await withReceiver(
        async (receiver) => {
          const listed = await receiver.list()
          const [id = ''] = await receiver.findByMessageId(mark)
          expect(listed.find((one) => one.id === id)?.sizeBytes).toBe(source.length)
          expect(await all(receiver.fetch([id]))).toEqual([{ id, source }])
          expect(ids(await receiver.list())).toEqual(ids(listed))
          expect(receiver.identity).toMatch(/^[1-9]\d*$/)
        },
        { encryption, port },
      )
    }
  })

  it('marks as read only what it is told to', async () => {
    await deliver('second\r\n')
    await withReceiver(async (receiver) => {
      const before = ids(await receiver.list())
      const [marked = '', ...others] = before
      expect(others).not.toEqual([])
      expect(await receiver.markSeen([marked])).toBe(true)
      expect(ids(await receiver.list())).toEqual(others)
    })
  })

  it('removes its own messages and not those that somebody else has marked', async () => {
    const others = mark
    await deliver('mine\r\n')
    const mine = mark
    await withReceiver(async (receiver) => {
      const [theirs = ''] = await receiver.findByMessageId(others)
      await markDeleted(theirs)
      const [id = ''] = await receiver.findByMessageId(mine)
      expect(await receiver.remove([id])).toEqual({ removal: 'REMOVED', ids: [id] })
      expect(await receiver.findByMessageId(mine)).toEqual([])
      expect(await receiver.findByMessageId(others)).toEqual([theirs])
    })
  })

  it('removes later what was read by then and is no longer listed', async () => {
    const { id, identity } = await withReceiver(async (receiver) => {
      const [found = ''] = await receiver.findByMessageId(mark)
      await receiver.markSeen([found])
      return { id: found, identity: receiver.identity }
    })
    await withReceiver(async (receiver) => {
      expect(receiver.identity).toBe(identity)
      expect(ids(await receiver.list())).not.toContain(id)
      expect(await receiver.remove([id])).toEqual({ removal: 'REMOVED', ids: [id] })
      expect(await receiver.findByMessageId(mark)).toEqual([])
      expect(await receiver.finish()).toBe('CONFIRMED')
    })
  })

  it('changes nothing in an inbox that was opened to be looked at', async () => {
    await withReceiver(
      async (receiver) => {
        expect(receiver.isReadOnly).toBe(true)
        const before = await receiver.list()
        const some = ids(before).slice(0, 1)
        expect(await receiver.markSeen(some)).toBe(false)
        expect(await receiver.remove(some)).toEqual({ removal: 'REFUSED', ids: [] })
        expect(await receiver.list()).toEqual(before)
      },
      { readOnly: true },
    )
  })

  it('leaves out what is not there', async () => {
    await withReceiver(async (receiver) => {
      const [id = ''] = await receiver.findByMessageId(mark)
      expect(ids(await all(receiver.fetch(['4000000000', id])))).toEqual([id])
      expect(await all(receiver.fetch(['4000000000']))).toEqual([])
      expect(await receiver.findByMessageId('nobody"\\@mail.test')).toEqual([])
    })
  })

  it('reads thousands of scattered messages', async () => {
    for (let count = 0; count < 30; count++) await deliver('one of many\r\n')
    await withReceiver(async (receiver) => {
      const listed = ids(await receiver.list())
      const scattered = listed.filter((_id, at) => at % 2 === 0)
      const absent = Array.from({ length: 3_000 }, (_, at) => String(3_000_000_000 + 7 * at))
      expect(ids(await all(receiver.fetch([...scattered, ...absent])))).toEqual(scattered)
    })
  })
})
