import { BYTES_PER_MIB, EncryptionMode, IncomingAuthMethod } from '@mailroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPop3Receiver } from '../../src/transport/pop3/pop3-receiver.js'
import { Pop3Session } from '../../src/transport/pop3/pop3-session.js'
import type { Receiver, ReceiverOptions } from '../../src/transport/receiver.js'
import { appendMessages } from '../support/mail-servers/append-messages.js'
import type { MailUser } from '../support/mail-servers/mail-users.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

let servers: MailServersFixture
beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

interface Choice extends Partial<Pick<ReceiverOptions, 'maxBytes'>> {
  readonly encryption?: EncryptionMode
}

async function withReceiver<T>(
  { name: username, password }: MailUser,
  work: (receiver: Receiver) => Promise<T>,
  { encryption = EncryptionMode.SSL, maxBytes = BYTES_PER_MIB }: Choice = {},
): Promise<T> {
  const port = encryption === EncryptionMode.SSL ? servers.ports.pop3s : servers.ports.pop3
  const receiver = await openPop3Receiver(
    {
      ...{ host: servers.host, port, encryption, timeoutMs: 10_000, extraCa: [servers.caPem] },
      credentials: { username, password },
      createSession: (options) =>
        new Pop3Session({
          ...options,
          apop: false,
          authMethod: IncomingAuthMethod.PASSWORD,
          host: '127.0.0.1',
        }),
    },
    { readOnly: false, maxBytes },
  )
  try {
    return await work(receiver)
  } finally {
    await receiver.close()
  }
}

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const message of messages) got.push(message)
  return got
}

const list = (user: MailUser) => withReceiver(user, (receiver) => receiver.list())

/** A few hundred messages with what breaks clients: dots, long lines, 8-bit text, bare CRs, no body. */
const nasty = (number: number) =>
  Buffer.from(
    `Subject: ${number}\r\n\r\n${['.\r\n..\r\n.x\r\n', '', `${'x'.repeat(3_000)}\r\n.`, 'あ\r\n.い\r\n', 'a\r.\rb\r\n.c\r\n'][number % 5] ?? ''}${'.line\r\n'.repeat(number)}`,
  )

describe('receiving from real Dovecot', () => {
  it('reads 300 messages byte for byte in every encryption mode', async () => {
    const user = servers.users.space
    const messages = Array.from({ length: 300 }, (_, at) => nasty(at))
    await appendMessages(servers, user, messages)
    const cells = Object.values(EncryptionMode).map(async (encryption) =>
      withReceiver(
        user,
        async (receiver) => {
          const listed = await receiver.list()
          expect(listed.map(({ sizeBytes }) => sizeBytes)).toEqual(
            messages.map(({ length }) => length),
          )
          expect(new Set(listed.map(({ uniqueId }) => uniqueId)).size).toBe(messages.length)
          const received = await all(receiver.fetch(listed.map(({ id }) => id)))
          expect(received.map(({ id }) => id)).toEqual(listed.map(({ id }) => id))
          const sources = received.map((message) => ('source' in message ? message.source : null))
          expect(sources).toEqual(messages)
        },
        { encryption },
      ),
    )
    await Promise.all(cells)
  })

  it('removes what it was told to once it has signed off, and not before', async () => {
    const user = servers.users.quote
    await appendMessages(servers, user, [nasty(1), nasty(2), nasty(3)])
    const before = await list(user)
    await withReceiver(user, async (receiver) => {
      expect(await receiver.remove(['1', '3'])).toEqual({ removal: 'PENDING', ids: ['1', '3'] })
      await receiver.close()
    })
    expect(await list(user)).toEqual(before)
    await withReceiver(user, async (receiver) => {
      const { removal, ids } = await receiver.remove(['1', '3', '9'])
      expect([removal, ids]).toEqual(['PENDING', ['1', '3']])
      expect(await receiver.finish()).toBe('CONFIRMED')
    })
    // The unique id stays while the number changes.
    const [kept] = await list(user)
    expect(kept).toMatchObject({ id: '1', uniqueId: before[1]?.uniqueId })
    expect(await list(user)).toHaveLength(1)
  })

  it('refuses a message that is too long or is not there, and goes on', async () => {
    const user = servers.users.backslash
    const long = Buffer.from(`Subject: long\r\n\r\n${'long\r\n'.repeat(2_000)}`)
    await appendMessages(servers, user, [nasty(1), long, nasty(2)])
    const received = await withReceiver(
      user,
      (receiver) => all(receiver.fetch(['1', '2', '9', '3'])),
      { maxBytes: 4_000 },
    )
    expect(
      received.map((message) => ('source' in message ? message.source : message.refusal.problem)),
    ).toEqual([nasty(1), 'MESSAGE_TOO_LARGE', 'MESSAGE_UNAVAILABLE', nasty(2)])
  })
})
