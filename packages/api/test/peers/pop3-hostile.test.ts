import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { IncomingAuthMethod } from '@mailroom/shared'
import type { Pop3Message } from '../../src/transport/pop3/pop3-download.js'
import {
  ALICE,
  CLOSE,
  connectPop3,
  scriptedPop3,
  signIn,
  soon,
  type ScriptedPop3,
} from '../support/scripted-pop3.js'

const servers: ScriptedPop3[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function start(...script: Parameters<typeof scriptedPop3>): Promise<ScriptedPop3> {
  const server = await scriptedPop3(...script)
  servers.push(server)
  return server
}

/** A server whose answers by command, or by verb, are these. */
const saying = (answers: Record<string, string | Buffer>, greeting?: string) =>
  start((command) => answers[command] ?? answers[command.split(' ')[0] ?? ''], greeting)

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const message of messages) got.push(message)
  return got
}

const shown = (messages: readonly Pop3Message[]) =>
  messages.map((message) =>
    message.kind === 'MESSAGE' ? message.bytes.toString('latin1') : message.kind,
  )

const PROTOCOL_ERROR = { problem: 'PROTOCOL_ERROR' }
const CONNECTION_LOST = { problem: 'CONNECTION_LOST' }

describe('what never ends (F-1)', () => {
  it('an endless greeting, or reply line, is refused at the cap', async () => {
    const endless = await start(() => undefined, `+OK ${'x'.repeat(100_000)}`)
    const { session } = await connectPop3(endless.port)
    await expect(session.greeting(soon())).rejects.toMatchObject(PROTOCOL_ERROR)
    expect(session.state).toBe('ENDED')
    const long = await saying({ STAT: `+OK ${'1'.repeat(100_000)}\r\n` })
    const { maildrop } = await signIn(long.port)
    await expect(maildrop.stat(soon())).rejects.toMatchObject(PROTOCOL_ERROR)
  })

  it('an endless message ends at the limit, and with it the connection', async () => {
    const block = Buffer.alloc(256 * 1024, 'x')
    const server = await start((command, socket) => {
      if (!command.startsWith('RETR')) return undefined
      const pour = () => {
        while (!socket.destroyed && socket.write(block));
      }
      socket.on('drain', pour)
      setImmediate(pour)
      return '+OK\r\n'
    })
    const { maildrop, session } = await signIn(server.port)
    const before = process.memoryUsage().rss
    const limits = { signal: soon(), maxBytes: 1024 * 1024, skipUpToBytes: 8 * 1024 * 1024 }
    const messages = maildrop.retrieve([1, 2], limits)
    expect((await messages.next()).value).toMatchObject({ kind: 'TOO_LARGE', sessionEnded: true })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect(session.state).toBe('ENDED')
    await expect(messages.next()).rejects.toMatchObject(CONNECTION_LOST)
    await expect.poll(() => server.isConnected).toBe(false)
  })

  it('a silent or dripping server ends by the signal, wherever it stops, and the socket is closed', async () => {
    const stops: [string, (port: number, signal: AbortSignal) => Promise<unknown>][] = [
      [
        'CAPA',
        async (port, signal) => {
          const { session } = await connectPop3(port)
          await session.greeting(soon())
          return session.capabilities(signal)
        },
      ],
      [
        'USER alice',
        async (port, signal) => {
          const { session } = await connectPop3(port)
          await session.greeting(soon())
          return session.authenticate(ALICE, signal)
        },
      ],
      ['UIDL', async (port, signal) => (await signIn(port)).maildrop.uniqueIds(signal)],
      [
        'RETR 1',
        async (port, signal) => all((await signIn(port)).maildrop.retrieve([1], { signal })),
      ],
      ['DELE 1', async (port, signal) => (await signIn(port)).maildrop.delete([1], { signal })],
      ['QUIT', async (port, signal) => (await signIn(port)).maildrop.quit(signal)],
    ]
    for (const [command, run] of stops) {
      for (const isDripping of [false, true]) {
        const server = await start((line, socket) => {
          if (line !== command) return undefined
          const timer = setInterval(() => isDripping && socket.write('+'), 50)
          socket.once('close', () => clearInterval(timer))
          return '+'
        })
        await expect(run(server.port, AbortSignal.timeout(400))).rejects.toMatchObject({
          name: 'TimeoutError',
        })
        await expect.poll(() => server.isConnected).toBe(false)
      }
    }
  })

  it('a body may be slow but may not drip, when answers have a time-out', async () => {
    const bodyAt = (bytes: number) =>
      start((command, socket) => {
        if (command !== 'RETR 1') return undefined
        let left = 12
        const timer = setInterval(() => {
          socket.write('x'.repeat(bytes))
          if (--left === 0) socket.end('\r\n.\r\n')
        }, 100)
        socket.once('close', () => clearInterval(timer))
        return '+OK\r\n'
      })
    const slow = await signIn((await bodyAt(400)).port)
    const options = { signal: soon(), timeoutMs: 600 }
    const [message] = await all(slow.maildrop.retrieve([1], options))
    expect(message).toMatchObject({ kind: 'MESSAGE', bytes: { length: 4_802 } })
    const dripping = await signIn((await bodyAt(1)).port)
    await expect(all(dripping.maildrop.retrieve([1], options))).rejects.toMatchObject({
      problem: 'TIMEOUT',
    })
    expect(dripping.session.state).toBe('ENDED')
  })
})

describe('a message that is not whole (F-2, F-3, F-4, F-5)', () => {
  it('is never given out as one where the connection ends before its end', async () => {
    for (const body of ['', 'half', 'half\r\n', 'half\r\n.', 'half\r\n.\r', 'half\n.\n']) {
      const server = await start((command, socket) =>
        command === 'RETR 1' ? (setTimeout(() => socket.end(), 20), `+OK\r\n${body}`) : undefined,
      )
      const { maildrop, session } = await signIn(server.port)
      await expect(all(maildrop.retrieve([1], { signal: soon() }))).rejects.toMatchObject(
        CONNECTION_LOST,
      )
      expect(session.state).toBe('ENDED')
      expect(server.heard).not.toContain('DELE 1')
    }
  })

  it.each(['0', '-1', '1000000000000000000', '3', '999 octets'])(
    'is whole whatever size the server claims (%s)',
    async (claim) => {
      const rows = `1 ${claim}\r\n`
      const server = await saying({
        LIST: `+OK\r\n${rows}.\r\n`,
        'LIST 1': `+OK ${rows}`,
        'RETR 1': `+OK ${claim} octets\r\n..a\r\nb\r\n.\r\n`,
      })
      const { maildrop } = await signIn(server.port)
      expect([...(await maildrop.sizes(soon())).keys()]).toEqual([1])
      const hint = await maildrop.size(1, soon())
      expect(hint === undefined || Number.isSafeInteger(hint)).toBe(true)
      expect(shown(await all(maildrop.retrieve([1], { signal: soon() })))).toEqual(['.a\r\nb\r\n'])
    },
  )

  it('of a server that ends lines with LF or CR alone ends in a clean error', async () => {
    const lf = await saying({ CAPA: '+OK\nUSER\n.\n', 'RETR 1': '+OK\nhello\n.\n' }, '+OK ready\n')
    const { session } = await connectPop3(lf.port)
    await session.greeting(soon())
    await session.authenticate(ALICE, soon())
    expect((await session.maildrop.stat(soon())).count).toBe(2)
    await expect(all(session.maildrop.retrieve([1], { signal: soon() }))).rejects.toMatchObject(
      PROTOCOL_ERROR,
    )
    const cr = await start(() => undefined, '+OK ready\r+OK again\r\n')
    const other = await connectPop3(cr.port)
    await expect(other.session.greeting(soon())).rejects.toMatchObject(PROTOCOL_ERROR)
  })

  it('is empty where the server says so', async () => {
    const server = await saying({ 'RETR 1': '+OK\r\n.\r\n' })
    const { maildrop } = await signIn(server.port)
    expect(shown(await all(maildrop.retrieve([1], { signal: soon() })))).toEqual([''])
  })
})

describe('a message over the limit', () => {
  const big = `+OK\r\n${'x'.repeat(98)}\r\n.\r\n`
  const answers = { 'RETR 1': big, 'RETR 2': '+OK\r\nsmall\r\n.\r\n' }

  it('is skipped up to the declared ceiling, and the next is received', async () => {
    const { maildrop } = await signIn((await saying(answers)).port)
    const limits = { signal: soon(), maxBytes: 99, skipUpToBytes: 200 }
    expect(await all(maildrop.retrieve([1, 2], limits))).toMatchObject([
      { kind: 'TOO_LARGE', number: 1, bytesRead: 100, sessionEnded: false },
      { kind: 'MESSAGE', number: 2 },
    ])
    const exact = { signal: soon(), maxBytes: 100 }
    expect(shown(await all(maildrop.retrieve([1], exact)))[0]).toHaveLength(100)
  })

  it('closes the connection where it is longer than that, and no command follows', async () => {
    const server = await saying(answers)
    const { maildrop } = await signIn(server.port)
    const limits = { signal: soon(), maxBytes: 10, window: 1 }
    const messages = maildrop.retrieve([1, 2], limits)
    expect((await messages.next()).value).toMatchObject({ kind: 'TOO_LARGE', sessionEnded: true })
    await expect(messages.next()).rejects.toMatchObject(CONNECTION_LOST)
    await expect(maildrop.quit(soon())).rejects.toMatchObject(CONNECTION_LOST)
    expect(server.heard).not.toContain('RETR 2')
    expect(server.heard).not.toContain('QUIT')
  })

  it('tells whoever streams it, too', async () => {
    const { maildrop } = await signIn((await saying(answers)).port)
    for await (const download of maildrop.download([1], { signal: soon(), maxBytes: 10 })) {
      if (download.kind !== 'CONTENT') throw new Error('no content')
      await expect(all(download.body)).rejects.toMatchObject({ name: 'MessageTooLarge' })
    }
  })
})

describe('unique ids and listings (F-6, F-7, F-10, F-11, F-14, F-15)', () => {
  it('accepts odd ids as they are and says where there is no usable one', async () => {
    const ids = [
      '',
      'x'.repeat(71),
      'x'.repeat(1_000),
      'x'.repeat(10_000),
      'a b',
      'a\0b',
      '\u00e9',
      'same',
      'same',
    ]
    const rows = ids.map((id, index) => `${index + 1} ${id}\r\n`).join('')
    const server = await saying({ UIDL: Buffer.from(`+OK\r\n${rows}.\r\n`, 'latin1') })
    const { maildrop } = await signIn(server.port)
    expect([...((await maildrop.uniqueIds(soon())) ?? []).values()]).toEqual([
      undefined,
      ids[1],
      ids[2],
      ...Array<undefined>(4).fill(undefined),
      'same',
      'same',
    ])
  })

  it('tells a server without UIDL from one that is busy', async () => {
    const without = await signIn((await saying({ UIDL: '-ERR unknown command\r\n' })).port)
    expect(await without.maildrop.uniqueIds(soon())).toBeUndefined()
    const busy = await signIn((await saying({ UIDL: '-ERR [SYS/TEMP] later\r\n' })).port)
    await expect(busy.maildrop.uniqueIds(soon())).rejects.toMatchObject({ code: 'SYS/TEMP' })
  })

  it('goes by message numbers and refuses 200,001 rows', async () => {
    const many = (count: number) =>
      `+OK\r\n${Array.from({ length: count }, (_, index) => `${index + 1} u${index}\r\n`).join('')}.\r\n`
    const full = await signIn((await saying({ UIDL: many(200_000) })).port)
    expect((await full.maildrop.uniqueIds(soon()))?.size).toBe(200_000)
    const over = await signIn((await saying({ UIDL: many(200_001) })).port)
    await expect(over.maildrop.uniqueIds(soon())).rejects.toMatchObject(PROTOCOL_ERROR)
    expect(over.session.state).toBe('ENDED')
    const odd = await saying({
      LIST: '+OK\r\n3 30\r\n0 1\r\n1 10\r\n99999999999 1\r\n1 11\r\n.\r\n',
    })
    const { maildrop } = await signIn(odd.port)
    expect([...(await maildrop.sizes(soon()))]).toEqual([
      [3, 30],
      [1, undefined],
    ])
  })

  it('reads the id of one message, and of no other', async () => {
    const server = await saying({ 'UIDL 1': '+OK 1 abc\r\n', 'UIDL 2': '+OK 1 abc\r\n' })
    const { maildrop } = await signIn(server.port)
    expect(await maildrop.uniqueId(1, soon())).toBe('abc')
    expect(await maildrop.uniqueId(2, soon())).toBeUndefined()
    await expect(maildrop.size(7, soon())).rejects.toMatchObject({ problem: 'MAILBOX_FAILED' })
  })

  it.each([
    ['IN-USE', 'AUTH_TEMPORARY'],
    ['LOGIN-DELAY', 'AUTH_TEMPORARY'],
    ['SYS/TEMP', 'AUTH_TEMPORARY'],
    ['SYS/PERM', 'MAILBOX_FAILED'],
    ['AUTH', 'AUTH_REJECTED'],
  ])('knows what -ERR [%s] to a password means', async (code, problem) => {
    const server = await saying({ PASS: `-ERR [${code}] sorry\r\n` })
    await expect(signIn(server.port)).rejects.toMatchObject({ code, problem })
  })

  it('goes on where one message is refused', async () => {
    const server = await saying({
      'RETR 1': '+OK\r\na\r\n.\r\n',
      'RETR 2': '-ERR [SYS/TEMP] not now\r\n',
      'RETR 3': '+OK\r\nc\r\n.\r\n',
    })
    const { maildrop } = await signIn(server.port)
    const messages = await all(maildrop.retrieve([1, 2, 3], { signal: soon() }))
    expect(shown(messages)).toEqual(['a\r\n', 'REFUSED', 'c\r\n'])
    expect(messages[1]).toMatchObject({ number: 2, status: { code: 'SYS/TEMP' } })
  })
})

describe('a server out of step (F-17)', () => {
  it('that answers PASS before it is sent never hears the password', async () => {
    const server = await saying({ USER: '+OK\r\n+OK logged in\r\n' })
    await expect(signIn(server.port)).rejects.toMatchObject(PROTOCOL_ERROR)
    await expect.poll(() => server.isConnected).toBe(false)
    expect(server.heard).toEqual(['CAPA', 'USER alice'])
  })

  it.each([
    ['a second status', '+OK\r\na\r\n.\r\n+OK\r\n'],
    ['a second body', '+OK\r\na\r\n.\r\nb\r\n.\r\n'],
  ])('that sends %s gets no DELE and no QUIT', async (_what, answer) => {
    const server = await saying({ 'RETR 1': answer })
    const { maildrop, session } = await signIn(server.port)
    await all(maildrop.retrieve([1], { signal: soon() }))
    await expect(maildrop.delete([1], { signal: soon() })).rejects.toMatchObject(PROTOCOL_ERROR)
    await expect(maildrop.quit(soon())).rejects.toMatchObject(PROTOCOL_ERROR)
    expect(session.state).toBe('ENDED')
    expect(server.heard.at(-1)).toBe('RETR 1')
  })

  it('that sends a body behind -ERR ends the session', async () => {
    const server = await saying({ 'RETR 1': '-ERR no\r\na\r\n.\r\n' })
    const { maildrop } = await signIn(server.port)
    await expect(all(maildrop.retrieve([1, 2], { signal: soon() }))).rejects.toMatchObject(
      PROTOCOL_ERROR,
    )
  })

  it('that says goodbye by itself is quoted', async () => {
    const server = await start((command, socket) => {
      if (command === 'NOOP') setTimeout(() => socket.end('-ERR idle too long\r\n'), 10)
      return undefined
    })
    const { maildrop } = await signIn(server.port)
    await maildrop.noop(soon())
    await expect.poll(() => server.isConnected).toBe(false)
    await expect(maildrop.stat(soon())).rejects.toMatchObject({
      detail: expect.stringContaining('idle too long') as string,
    })
  })
})

describe('commands ahead of their answers', () => {
  const answerAll = (command: string) => {
    const [verb, number] = command.split(' ')
    return verb === 'RETR' || verb === 'TOP' ? `+OK\r\n${verb} ${number}\r\n.\r\n` : undefined
  }
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1)

  it('are as many as the window allows, and none where PIPELINING is not offered', async () => {
    for (const [capabilities, window, most] of [
      ['PIPELINING', 8, 8],
      ['PIPELINING', 32, 32],
      ['TOP', 32, 1],
    ] as const) {
      let waiting: string[] = []
      let longest = 0
      const server = await start((command, socket) => {
        if (command === 'CAPA') return `+OK\r\nUSER\r\n${capabilities}\r\n.\r\n`
        if (!command.startsWith('RETR')) return undefined
        // All that has come before the first answer leaves was sent ahead.
        if (waiting.push(command) === 1) {
          setTimeout(() => {
            longest = Math.max(longest, waiting.length)
            socket.write(waiting.map(answerAll).join(''))
            waiting = []
          }, 5)
        }
        return ''
      })
      const { maildrop } = await signIn(server.port)
      const messages = await all(maildrop.retrieve(numbers, { signal: soon(), window }))
      expect(shown(messages)).toEqual(numbers.map((number) => `RETR ${number}\r\n`))
      expect([capabilities, longest]).toEqual([capabilities, most])
    }
  })

  it('delete in order and say which was not', async () => {
    const server = await saying({ 'DELE 2': '-ERR already\r\n' })
    const { maildrop } = await signIn(server.port)
    const answers = await maildrop.delete([1, 2, 3], { signal: soon() })
    expect(answers.map(({ number, status }) => [number, status.ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
  })

  it('are not sent where the caller leaves: the connection ends with what is due', async () => {
    const server = await start(answerAll)
    const { maildrop, session } = await signIn(server.port)
    for await (const message of maildrop.retrieve(numbers, { signal: soon() })) {
      expect(message.number).toBe(1)
      break
    }
    expect(session.state).toBe('ENDED')
    await expect(maildrop.quit(soon())).rejects.toMatchObject(CONNECTION_LOST)
  })

  it('skip a stream that nobody reads, and hold up a server whose stream is not read', async () => {
    const bytes = 16 * 1024 * 1024
    let written = 0
    const server = await start((command, socket) => {
      if (command !== 'RETR 1') return answerAll(command)
      const block = Buffer.alloc(64 * 1024, 'x')
      const pour = () => {
        while (written < bytes) {
          written += block.length
          if (!socket.write(block)) return
        }
        socket.off('drain', pour).write('\r\n.\r\n')
      }
      socket.on('drain', pour)
      setImmediate(pour)
      return '+OK\r\n'
    })
    const { maildrop } = await signIn(server.port)
    const seen: number[] = []
    const options = { signal: soon(), window: 1 }
    for await (const download of maildrop.download([1, 2], options)) {
      seen.push(download.number)
      if (download.number !== 1 || download.kind !== 'CONTENT') continue
      const body = download.body[Symbol.asyncIterator]()
      await body.next()
      await new Promise((resolve) => setTimeout(resolve, 300))
      // Kernel buffers hold some; the rest waits at the server.
      expect(written).toBeLessThan(bytes)
    }
    expect(seen).toEqual([1, 2])
    expect((await maildrop.stat(soon())).count).toBe(2)
  })
})

it('waits for the rest of an unread stream no longer than the next caller wants', async () => {
  const server = await saying({ 'RETR 1': '+OK\r\nbegun' })
  const { maildrop, session } = await signIn(server.port)
  for await (const download of maildrop.download([1], { signal: soon() })) {
    expect(download.kind).toBe('CONTENT')
    break
  }
  await expect(maildrop.stat(AbortSignal.timeout(300))).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  expect(session.state).toBe('ENDED')
  expect(server.heard).not.toContain('STAT')
})

describe('states', () => {
  it('give no messages before signing in, and nothing after QUIT', async () => {
    const server = await start(() => undefined)
    const { session } = await connectPop3(server.port)
    expect(() => session.maildrop).toThrow('GREETING')
    await expect(session.capabilities(soon())).rejects.toThrow('before the greeting')
    await expect(session.quit(soon())).rejects.toThrow('before the greeting')
    await expect(session.authenticate(ALICE, soon())).rejects.toThrow('GREETING')
    await session.greeting(soon())
    expect(() => session.maildrop).toThrow('AUTHORIZATION')
    await session.authenticate(ALICE, soon())
    await expect(session.startTls(soon())).rejects.toThrow('TRANSACTION')
    const { maildrop } = session
    expect(await maildrop.quit(soon())).toMatchObject({ ok: true })
    expect(session.state).toBe('ENDED')
    await expect(maildrop.stat(soon())).rejects.toThrow('after QUIT')
    expect(server.heard).not.toContain('STAT')
  })

  it('say what QUIT could not delete', async () => {
    const server = await saying({ QUIT: '-ERR some deleted messages not removed\r\n' })
    const { maildrop } = await signIn(server.port)
    await maildrop.delete([1], { signal: soon() })
    expect(await maildrop.quit(soon())).toMatchObject({ ok: false })
  })

  it('allow one command at a time and sensible numbers only', async () => {
    const server = await start(() => undefined)
    const { maildrop, session } = await signIn(server.port)
    const first = maildrop.stat(soon())
    await expect(maildrop.noop(soon())).rejects.toThrow('while answers are due')
    expect((await first).count).toBe(2)
    expect(await all(maildrop.retrieve([], { signal: soon() }))).toEqual([])
    const listing = maildrop.uniqueIds(soon())
    await expect(maildrop.noop(soon())).rejects.toThrow('while answers are due')
    expect(await listing).toBeUndefined()
    const quitting = maildrop.quit(soon())
    await expect.poll(() => session.state, { interval: 0 }).not.toBe('TRANSACTION')
    await quitting
    for (const number of [0, -1, 1.5, NaN, 2 ** 31]) {
      expect(() => maildrop.retrieve([number], { signal: soon() })).toThrow(RangeError)
    }
  })
})

describe('signing in', () => {
  const token = `ya29.${'t'.repeat(400)}-end`
  const oauth = {
    authMethod: IncomingAuthMethod.XOAUTH2,
    credentials: { username: 'alice@mail.test', password: token },
  }
  const capa = (sasl: string) => `+OK\r\nUSER\r\nSASL ${sasl}\r\n.\r\n`
  const decoded = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString()

  it('by XOAUTH2 sends a long token after the prompt, and a short one at once', async () => {
    const long = await start((line) =>
      line === 'CAPA'
        ? capa('PLAIN XOAUTH2 OAUTHBEARER')
        : line === 'AUTH XOAUTH2'
          ? '+ \r\n'
          : '+OK\r\n',
    )
    await signIn(long.port, oauth)
    expect(long.heard[1]).toBe('AUTH XOAUTH2')
    expect(decoded(long.heard[2])).toBe(`user=alice@mail.test\x01auth=Bearer ${token}\x01\x01`)
    const short = await start((line) => (line === 'CAPA' ? capa('XOAUTH2') : '+OK\r\n'))
    const credentials = { username: 'a', password: 'tok' }
    await signIn(short.port, { ...oauth, credentials })
    expect(short.heard).toHaveLength(2)
    expect(decoded(short.heard[1]?.split(' ')[2])).toBe('user=a\x01auth=Bearer tok\x01\x01')
  })

  it('by OAUTHBEARER where only that is offered', async () => {
    const server = await start((line) =>
      line === 'CAPA' ? capa('PLAIN OAUTHBEARER') : line.startsWith('AUTH') ? '+ \r\n' : '+OK\r\n',
    )
    const credentials = { username: 'a,b=c', password: token }
    await signIn(server.port, { ...oauth, credentials })
    expect(decoded(server.heard[2])).toBe(`n,a=a=2Cb=3Dc,\x01auth=Bearer ${token}\x01\x01`)
  })

  it.each([
    ['XOAUTH2', ''],
    ['OAUTHBEARER', 'AQ=='],
  ])("by %s answers the error's challenge and reads the real -ERR", async (mechanism, answer) => {
    const problem = Buffer.from('{"status":"401"}').toString('base64')
    let lines = 0
    const server = await start((line) => {
      if (line === 'CAPA') return capa(mechanism)
      lines += 1
      return ['+ \r\n', `+ ${problem}\r\n`, '-ERR [AUTH] token expired\r\n'][lines - 1]
    })
    await expect(signIn(server.port, oauth)).rejects.toMatchObject({
      problem: 'OAUTH_TOKEN_REJECTED',
      code: 'AUTH',
      detail: expect.stringContaining('token expired') as string,
    })
    expect(server.heard.at(-1)).toBe(answer)
  })

  it('by a token tries nothing else', async () => {
    const server = await saying({ CAPA: capa('PLAIN LOGIN') })
    await expect(signIn(server.port, oauth)).rejects.toMatchObject({
      problem: 'AUTH_METHOD_NOT_OFFERED',
    })
    expect(server.heard).toEqual(['CAPA'])
  })

  it('shows no part of a token that the server repeats', async () => {
    const server = await start((line) =>
      line === 'CAPA'
        ? capa('XOAUTH2')
        : line === 'AUTH XOAUTH2'
          ? '+ \r\n'
          : `-ERR what is ${line.slice(0, 200)} or ${token.slice(0, 300)}\r\n`,
    )
    const failure: unknown = await signIn(server.port, oauth).catch((error: unknown) => error)
    expect(failure).toMatchObject({ detail: '-ERR what is [redacted] or [redacted]' })
  })

  it('by a server that challenges for ever ends', async () => {
    const server = await start((line) => (line === 'CAPA' ? capa('XOAUTH2') : '+ Zm9v\r\n'))
    await expect(signIn(server.port, oauth)).rejects.toMatchObject(PROTOCOL_ERROR)
    expect(server.heard.length).toBeLessThan(6)
  })

  it('by PLAIN where USER is not offered, with or without an initial response', async () => {
    const plain = Buffer.from(`\0${ALICE.username}\0${ALICE.password}`).toString('base64')
    const capaPlain = '+OK\r\nSASL PLAIN\r\n.\r\n'
    const atOnce = await start((line) => (line === 'CAPA' ? capaPlain : '+OK\r\n'))
    await signIn(atOnce.port)
    expect(atOnce.heard).toEqual(['CAPA', `AUTH PLAIN ${plain}`])
    const old = await start((line) =>
      line === 'CAPA' ? capaPlain : line.startsWith('AUTH') ? '+ \r\n' : '+OK\r\n',
    )
    await signIn(old.port)
    expect(old.heard.at(-1)).toBe(plain)
  })

  it('by PLAIN where the line of PASS would be too long', async () => {
    const credentials = { username: 'alice', password: 'p'.repeat(250) }
    const both = await start((line) =>
      line === 'CAPA' ? capa('PLAIN') : line.startsWith('AUTH') ? '+ \r\n' : '+OK\r\n',
    )
    await signIn(both.port, { credentials })
    expect(both.heard.slice(0, 2)).toEqual(['CAPA', 'AUTH PLAIN'])
    const userOnly = await start(() => undefined)
    await signIn(userOnly.port, { credentials })
    expect(userOnly.heard[1]).toBe('USER alice')
  })

  it.each([
    ['asks for TLS where that hides the methods', '+OK\r\nSTLS\r\n.\r\n', 'AUTH_NEEDS_ENCRYPTION'],
    ['asks for OAuth where that is all', '+OK\r\nSASL XOAUTH2\r\n.\r\n', 'OAUTH_REQUIRED'],
    ['says that nothing fits', '+OK\r\nSASL GSSAPI\r\n.\r\n', 'AUTH_METHOD_NOT_OFFERED'],
  ])('%s', async (_what, answer, problem) => {
    const server = await saying({ CAPA: answer })
    await expect(signIn(server.port)).rejects.toMatchObject({ problem })
    expect(server.heard).toEqual(['CAPA'])
  })

  it.each([
    '+OK ready\r\n',
    '+OK <>\r\n',
    '+OK <a b@c>\r\n',
    '+OK <a@b@c>\r\n',
    '+OK <\u00e9@b>\r\n',
  ])('by APOP never falls back where the greeting is %j (I-9)', async (greeting) => {
    const server = await start(() => undefined, greeting)
    await expect(signIn(server.port, { apop: true })).rejects.toMatchObject({
      problem: 'APOP_NOT_OFFERED',
    })
    expect(server.heard).toEqual(['CAPA'])
  })

  it('by APOP sends the digest and nothing after a refusal', async () => {
    const greeting = '+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n'
    const server = await saying({ APOP: '-ERR permission denied\r\n' }, greeting)
    const credentials = { username: 'mrose', password: 'tanstaaf' }
    await expect(signIn(server.port, { apop: true, credentials })).rejects.toMatchObject({
      problem: 'AUTH_REJECTED',
    })
    // RFC 1939's own example.
    expect(server.heard).toEqual(['CAPA', 'APOP mrose c4c9334bac560ecc979e58001b3e22fb'])
  })
})

describe('STLS (F-19)', () => {
  const capa = '+OK\r\nUSER\r\nSTLS\r\n.\r\n'

  it.each([
    ['is not offered', { CAPA: '+OK\r\nUSER\r\n.\r\n' }, 'TLS_NOT_OFFERED'],
    ['is refused', { CAPA: capa, STLS: '-ERR not now\r\n' }, 'TLS_FAILED'],
    ['is followed by clear text', { CAPA: capa, STLS: '+OK\r\n+OK injected\r\n' }, 'TLS_FAILED'],
    [
      'is unknown to a server without CAPA',
      { CAPA: '-ERR\r\n', STLS: '-ERR\r\n' },
      'TLS_NOT_OFFERED',
    ],
  ])('fails closed where it %s', async (_what, answers, problem) => {
    const server = await saying(answers)
    const { session } = await connectPop3(server.port)
    await session.greeting(soon())
    await session.capabilities(soon())
    await expect(session.startTls(soon())).rejects.toMatchObject({ problem })
    expect(server.heard.join()).not.toMatch(/USER|PASS|AUTH|APOP/)
  })
})

it('reads 71 MB of 2,000 messages byte for byte, copying in proportion', async () => {
  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const content = (number: number) => {
    const line = `.${String(number).padStart(4, '0')} ${'\u00e9'.repeat(70)}\n\r.\r\n`
    return Buffer.from(line.repeat(450), 'latin1').subarray(0, 35_500)
  }
  const stuffed = (number: number) => {
    const text = `${content(number).toString('latin1')}\r\n`
    return Buffer.from(`+OK\r\n${text.replace(/(^|\r\n)\./g, '$1..')}.\r\n`, 'latin1')
  }
  const server = await start((command) =>
    command.startsWith('RETR') ? stuffed(Number(command.slice(5))) : undefined,
  )
  const { maildrop } = await signIn(server.port)
  const numbers = Array.from({ length: 2_000 }, (_, index) => index + 1)
  let bytes = 0
  for await (const message of maildrop.retrieve(numbers, {
    signal: AbortSignal.timeout(120_000),
  })) {
    if (message.kind !== 'MESSAGE') throw new Error(message.kind)
    const expected = Buffer.concat([content(message.number), Buffer.from('\r\n')])
    expect(sha(message.bytes)).toBe(sha(expected))
    bytes += message.bytes.length
  }
  expect(bytes).toBeGreaterThan(70_000_000)
})

it('closes on a connection that the server ends', async () => {
  const server = await saying({ NOOP: CLOSE })
  const { maildrop } = await signIn(server.port)
  await expect(maildrop.noop(soon())).rejects.toMatchObject(CONNECTION_LOST)
})
