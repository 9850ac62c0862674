import { BYTES_PER_MIB, EncryptionMode, IncomingAuthMethod } from '@mailroom/shared'
import { afterAll, describe, expect, it } from 'vitest'
import { bodies } from '../../../test/support/received-bodies.js'
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptStep,
} from '../../../test/support/scripted-server.js'
import type { SessionTarget } from '../open-session.js'
import { StepFailure } from '../step-failure.js'
import { openImapReceiver, type ImapReceiver } from './imap-receiver.js'
import { ImapSession } from './imap-session.js'

const PASSWORD = 'open-sesame-4711'
/** Of a step that a server never ends, and of one on a busy machine. */
const HASTY_MS = 1_000
const PATIENT_MS = 5_000
const CAPABILITIES = '* CAPABILITY IMAP4rev1 UIDPLUS NAMESPACE ID\r\n{tag} OK done\r\n'
const SIZES = /^\S+ UID FETCH \S+ \(UID RFC822\.SIZE\)/
const BODIES = /^\S+ UID FETCH \S+ \(UID BODY\.PEEK\[\]\)/
const BODY = '* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n'
const servers: ScriptedServer[] = []
const hastyPorts = new Set<number>()

afterAll(() => Promise.all(servers.map((server) => server.stop())))

/** A server with one unread message, UID 7, but for the steps put before. */
async function imap(...steps: ScriptStep[]): Promise<ScriptedServer> {
  const server = await startScriptedServer([
    ...steps,
    { on: 'connect', reply: '* OK mail.test\r\n' },
    { on: /CAPABILITY/, reply: CAPABILITIES },
    { on: /LOGIN/, reply: '{tag} OK welcome\r\n' },
    { on: / ID /, reply: '* ID NIL\r\n{tag} OK done\r\n' },
    { on: /NAMESPACE/, reply: '* NAMESPACE (("" "/")) NIL NIL\r\n{tag} OK done\r\n' },
    { on: /LSUB/, reply: '{tag} OK done\r\n' },
    { on: /LIST/, reply: '* LIST () "/" INBOX\r\n{tag} OK done\r\n' },
    {
      on: /(SELECT|EXAMINE) INBOX/,
      reply:
        '* 1 EXISTS\r\n* OK [UIDVALIDITY 42] valid\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] these\r\n{tag} OK [READ-WRITE] done\r\n',
    },
    { on: /UID SEARCH/, reply: '* SEARCH 7\r\n{tag} OK done\r\n' },
    { on: SIZES, reply: '* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n{tag} OK done\r\n' },
    { on: BODIES, reply: `${BODY}{tag} OK done\r\n` },
    { on: /UID STORE/, reply: '{tag} OK done\r\n' },
    { on: /UID EXPUNGE/, reply: '{tag} OK done\r\n' },
    { on: /LOGOUT/, reply: '* BYE bye\r\n{tag} OK done\r\n', end: 'fin' },
  ])
  servers.push(server)
  return server
}

/** The same, and whoever connects waits no longer than a second for a step. */
async function hasty(...steps: ScriptStep[]): Promise<ScriptedServer> {
  const server = await imap(...steps)
  hastyPorts.add(server.port)
  return server
}

function target(server: ScriptedServer, encryption: EncryptionMode): SessionTarget<ImapSession> {
  return {
    host: '127.0.0.1',
    port: server.port,
    encryption,
    timeoutMs: hastyPorts.has(server.port) ? HASTY_MS : PATIENT_MS,
    credentials: { username: 'alice', password: PASSWORD },
    createSession: (options) =>
      new ImapSession({
        ...options,
        startsTls: encryption === EncryptionMode.TLS,
        authMethod: IncomingAuthMethod.PASSWORD,
        host: '127.0.0.1',
      }),
  }
}

async function withReceiver<T>(
  server: ScriptedServer,
  work: (receiver: ImapReceiver) => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  const receiver = await openImapReceiver(target(server, EncryptionMode.NONE), {
    readOnly: false,
    maxBytes: BYTES_PER_MIB,
    signal,
  })
  try {
    return await work(receiver)
  } finally {
    await receiver.close()
  }
}

const fetching = (server: ScriptedServer, ids: readonly string[] = ['7']) =>
  withReceiver(server, (receiver) => bodies(receiver, ids))

/** All that a run of receiving does. */
const run = (server: ScriptedServer) =>
  withReceiver(server, async (receiver) => {
    const listed = await receiver.list()
    const received = await bodies(
      receiver,
      listed.map(({ id }) => id),
    )
    const seen = await receiver.markSeen(['7'])
    const { removal } = await receiver.remove(['7'])
    return { listed, received, seen, removal, signOff: await receiver.finish() }
  })

async function verdict(working: Promise<unknown>): Promise<unknown[]> {
  try {
    return ['DONE', await working]
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    return [error.problem, error.step]
  }
}

const FIRST_CAPABILITY = /^A\d+ CAPABILITY/
const COMMANDS: [ScriptStep['on'], string][] = [
  ['connect', 'GREETING'],
  [FIRST_CAPABILITY, 'CAPABILITIES'],
  [/LOGIN/, 'AUTHENTICATE'],
  [/^\d+ CAPABILITY/, 'MAILBOX'],
  [/NAMESPACE/, 'MAILBOX'],
  [/SELECT INBOX/, 'MAILBOX'],
  [/UID SEARCH/, 'RECEIVE'],
  [SIZES, 'RECEIVE'],
  [BODIES, 'RECEIVE'],
  [/UID STORE/, 'RECEIVE'],
  [/UID EXPUNGE/, 'RECEIVE'],
]

describe.concurrent('a server that does not answer in time', () => {
  it.each(COMMANDS)('is silent at %s', async (on, step) => {
    expect(await verdict(run(await hasty({ on })))).toEqual(['TIMEOUT', step])
  })

  it.each(COMMANDS)('drips at %s', async (on, step) => {
    const reply = '* OK still there, and there, and there\r\n'
    expect(await verdict(run(await hasty({ on, reply, drip: 300 })))).toEqual(['TIMEOUT', step])
  })

  it.each(COMMANDS.slice(1))('says useless lines without end at %s', async (on, step) => {
    expect(await verdict(run(await hasty({ on, flood: '* X\r\n' })))).toEqual(['TIMEOUT', step])
  })

  it('nests ten thousand times, and comes to no end', async () => {
    const reply = `* 1 FETCH ${'('.repeat(10_000)}\r\n`
    expect(await verdict(fetching(await hasty({ on: BODIES, reply })))).toEqual([
      'TIMEOUT',
      'RECEIVE',
    ])
  })

  it('drips the message itself', async () => {
    const reply = `* 1 FETCH (UID 7 BODY[] {500}\r\n${'x'.repeat(500)})\r\n`
    const server = await hasty({ on: BODIES, reply, drip: 300 })
    expect(await verdict(fetching(server))).toEqual(['TIMEOUT', 'RECEIVE'])
  })

  it('is slow, and moves: a message may take longer than a step', async () => {
    const text = 'x'.repeat(1_200)
    const reply = `* 1 FETCH (UID 7 BODY[] {1200}\r\n${text})\r\n{tag} OK done\r\n`
    const server = await hasty({ on: BODIES, reply, drip: 1 })
    expect(await fetching(server)).toEqual([`7:${text}`])
  })

  it('throttles for ever', async () => {
    const reply =
      '{tag} BAD Request is throttled. Suggested Backoff Time: 92415000 milliseconds\r\n'
    for (const on of [/UID SEARCH/, BODIES, /SELECT/]) {
      const [problem] = await verdict(run(await hasty({ on, reply })))
      expect(problem).toBe('TIMEOUT')
    }
  })

  it('hangs at the farewell, when all has been done', async () => {
    expect(await verdict(run(await hasty({ on: /LOGOUT/ })))).toEqual([
      'DONE',
      {
        listed: [{ id: '7', uniqueId: '7', sizeBytes: 5 }],
        received: ['7:hello'],
        seen: true,
        removal: 'REMOVED',
        signOff: 'CONFIRMED',
      },
    ])
  })
})

describe('a server that hangs up', () => {
  it.each(COMMANDS)('at %s', async (on, step) => {
    for (const end of ['fin', 'rst'] as const) {
      const server = await imap({ on, end, delay: 50 })
      expect(await verdict(run(server))).toEqual(['CONNECTION_LOST', step])
    }
  })

  it('between the tag and the line end', async () => {
    const server = await imap({ on: /UID SEARCH/, reply: '* SEARCH 7\r\n{tag} OK do', end: 'fin' })
    expect(await verdict(run(server))).toEqual(['CONNECTION_LOST', 'RECEIVE'])
  })

  it('in the midst of a message', async () => {
    const server = await imap({
      on: BODIES,
      reply: '* 1 FETCH (UID 7 BODY[] {5}\r\nhel',
      end: 'fin',
    })
    expect(await verdict(fetching(server))).toEqual(['CONNECTION_LOST', 'RECEIVE'])
  })

  it('and says why', async () => {
    const server = await imap({
      on: /UID SEARCH/,
      reply: '* BYE too many connections\r\n',
      end: 'fin',
    })
    await expect(run(server)).rejects.toMatchObject({
      problem: 'CONNECTION_LOST',
      detail: 'too many connections',
    })
  })
})

describe('a cancelled run', () => {
  it('ends where it waits', async () => {
    const server = await imap({ on: BODIES })
    const controller = new AbortController()
    const running = withReceiver(server, (receiver) => bodies(receiver, ['7'], controller.signal))
    await expect.poll(() => server.heard.some((line) => BODIES.test(line))).toBe(true)
    controller.abort(new Error('cancelled'))
    await expect(running).rejects.toThrow('cancelled')
  })

  it('ends where its consumer leaves it', async () => {
    const server = await imap({ on: BODIES, reply: BODY })
    await withReceiver(server, async (receiver) => {
      for await (const { id } of receiver.fetch(['7', '8'])) {
        expect(id).toBe('7')
        break
      }
    })
    await expect.poll(server.open).toBe(0)
  })
})

describe('an answer without measure', () => {
  it.each<[string, ScriptStep, string]>([
    ['an endless line', { on: BODIES, reply: '* '.padEnd(2_000_000, 'x') }, 'LineTooLarge'],
    ['tokens', { on: BODIES, reply: `* 1 FETCH (${'a '.repeat(300_000)})\r\n` }, 'TooManyTokens'],
  ])('%s ends with its true reason', async (_name, step, detail) => {
    const before = process.memoryUsage().rss
    const failure = await fetching(await imap(step)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ problem: 'PROTOCOL_ERROR', step: 'RECEIVE' })
    if (detail !== '') expect(failure).toMatchObject({ detail })
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })

  it.each([
    ['a literal of 1 GiB', '{1073741825}'],
    ['a literal beyond numbers', '{99999999999999999999}'],
  ])('%s ends with its true reason, at once', async (_name, literal) => {
    const server = await imap({ on: BODIES, reply: `* 1 FETCH (UID 7 BODY[] ${literal}\r\nx` })
    expect(await verdict(fetching(server))).toEqual(['MESSAGE_TOO_LARGE', 'RECEIVE'])
  })

  it('a message over the limit that can be read costs no connection', async () => {
    const long = 'x'.repeat(BYTES_PER_MIB + 1)
    const full = 'y'.repeat(BYTES_PER_MIB)
    const server = await imap({
      on: BODIES,
      reply: `* 1 FETCH (UID 7 BODY[] {${long.length}}\r\n${long})\r\n* 2 FETCH (UID 8 BODY[] {${full.length}}\r\n${full})\r\n{tag} OK done\r\n`,
    })
    expect(await fetching(server, ['7', '8'])).toEqual(['7:MESSAGE_TOO_LARGE', `8:${full}`])
  })

  it('is nothing that keeps the other messages: a new connection reads them', async () => {
    const server = await imap(
      { on: /^\S+ UID FETCH 7 /, reply: '* 1 FETCH (UID 7 BODY[] {1073741825}\r\nx' },
      { on: /^\S+ UID FETCH 8 /, reply: `* 2 FETCH (UID 8 BODY[] "eight")\r\n{tag} OK done\r\n` },
    )
    expect(await verdict(fetching(server, ['7']))).toEqual(['MESSAGE_TOO_LARGE', 'RECEIVE'])
    expect(await fetching(server, ['8'])).toEqual(['8:eight'])
  })
})

describe('an odd answer', () => {
  const rows: [string, string, string[]][] = [
    ['another’s UID', '* 1 FETCH (UID 8 BODY[] {3}\r\nbad)\r\n', []],
    ['no UID', '* 1 FETCH (BODY[] {3}\r\nbad)\r\n', []],
    ['two bodies', `${BODY}* 1 FETCH (UID 7 BODY[] {3}\r\nbad)\r\n`, ['7:hello']],
    ['NIL', '* 1 FETCH (UID 7 BODY[] NIL)\r\n', []],
    ['NIL, then the body', `* 1 FETCH (UID 7 BODY[] NIL)\r\n${BODY}`, ['7:hello']],
    ['an empty message', '* 1 FETCH (UID 7 BODY[] {0}\r\n)\r\n', ['7:']],
    ['an empty string', '* 1 FETCH (UID 7 BODY[] "")\r\n', ['7:']],
    ['a string', '* 1 FETCH (UID 7 BODY[] "hello")\r\n', ['7:hello']],
    [
      'news of flags',
      `* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 FLAGS ())\r\n${BODY}`,
      ['7:hello'],
    ],
    ['NUL and 8 bits', '* 1 FETCH (UID 7 BODY[] {3}\r\n\u0000é)\r\n', ['7:\u0000\u00c3\u00a9']],
    ['a literal of -1', '* 1 FETCH (UID 7 BODY[] {-1}\r\nhello)\r\n', []],
    ['nothing', '', []],
  ]
  it.each(rows)('to FETCH: %s', async (_name, reply, expected) => {
    expect(await fetching(await imap({ on: BODIES, reply: `${reply}{tag} OK done\r\n` }))).toEqual(
      expected,
    )
  })

  it.each(['{4}', '{6}'])(
    'to FETCH: a literal that is not as long as it says, %s',
    async (length) => {
      const server = await imap({
        on: BODIES,
        reply: `* 1 FETCH (UID 7 BODY[] ${length}\r\nhello)\r\n{tag} OK done\r\n`,
      })
      // As long as the server says, and no byte of what follows.
      for (const body of await fetching(server)) expect(`{${body.length - 2}}`).toBe(length)
    },
  )

  it('to SEARCH: no UIDs, the same twice, one without a size', async () => {
    const server = await imap({
      on: /UID SEARCH/,
      reply: '* SEARCH 7 7 9 0 4294967296 -3 x 99999999999999999999\r\n{tag} OK done\r\n',
    })
    // A UID that the server goes on naming is no less there for having no size.
    expect((await run(server)).listed).toEqual([
      { id: '7', uniqueId: '7', sizeBytes: 5 },
      { id: '9', uniqueId: '9', sizeBytes: undefined },
    ])
  })

  it('to SEARCH: 200,000 UIDs are asked for by slices', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => 2 * at + 7).join(' ')
    // Of all; of those without a size one is still there.
    const all = /UID SEARCH [A-Z ]+$/
    const server = await imap({ on: all, reply: `* SEARCH ${many}\r\n{tag} OK done\r\n` })
    await withReceiver(server, (receiver) => receiver.list())
    const longest = Math.max(...server.heard.map((line) => line.length))
    expect(longest).toBeLessThan(54_000)
    expect(server.heard.filter((line) => SIZES.test(line))).toHaveLength(100)
  })

  it('to SELECT: no UIDVALIDITY, and read-only', async () => {
    const server = await imap({
      on: /SELECT/,
      reply: '* 1 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n',
    })
    await withReceiver(server, async (receiver) => {
      expect(receiver.identity).toBeUndefined()
      expect(receiver.isReadOnly).toBe(true)
      const [listed] = await receiver.list()
      expect(listed?.uniqueId).toBeUndefined()
    })
  })

  it('to SELECT: UIDVALIDITY 0, which names nothing for good', async () => {
    const server = await imap({
      on: /SELECT/,
      reply: '* 1 EXISTS\r\n* OK [UIDVALIDITY 0] none\r\n{tag} OK [READ-WRITE] done\r\n',
    })
    await withReceiver(server, async (receiver) => {
      expect(receiver.identity).toBeUndefined()
      expect(await receiver.list()).toEqual([{ id: '7', uniqueId: undefined, sizeBytes: 5 }])
    })
  })

  it.each(['NO never', 'BAD what'])('to STORE and EXPUNGE: %s', async (words) => {
    const reply = `{tag} ${words}\r\n`
    expect(await run(await imap({ on: /STORE/, reply }))).toMatchObject({
      seen: false,
      removal: 'REFUSED',
    })
    expect(await run(await imap({ on: /UID EXPUNGE/, reply }))).toMatchObject({
      seen: true,
      removal: 'REFUSED',
    })
  })

  it('to SELECT: NO, with words fit to be shown', async () => {
    const words = `<b>\u0007no\u202e ${'x'.repeat(2_000)}`
    const server = await imap({ on: /SELECT/, reply: `{tag} NO ${words}\r\n` })
    const failure: unknown = await run(server).catch((error: unknown) => error)
    expect(failure).toMatchObject({ problem: 'MAILBOX_FAILED', step: 'MAILBOX' })
    if (!(failure instanceof StepFailure)) throw new Error('no failure')
    expect(failure.detail).toMatch(/^<b>\\x07no\\u202e x+$/)
    expect(failure.detail?.length).toBeLessThanOrEqual(500)
  })

  it('of a greeting: BYE, a tag, another protocol', async () => {
    const cells: [string, string][] = [
      ['* BYE go away\r\n', 'GREETING_REFUSED'],
      ['A1 OK hello\r\n', 'NOT_THIS_PROTOCOL'],
      ['220 smtp\r\n', 'NOT_THIS_PROTOCOL'],
    ]
    for (const [reply, problem] of cells) {
      expect(await verdict(run(await imap({ on: 'connect', reply })))).toEqual([
        problem,
        'GREETING',
      ])
    }
  })

  it('with a referral leads nowhere else', async () => {
    const reply = '{tag} NO [REFERRAL imap://evil.test/INBOX] try there\r\n'
    expect(await verdict(run(await imap({ on: /SELECT/, reply })))).toEqual([
      'MAILBOX_FAILED',
      'MAILBOX',
    ])
  })
})

describe('a mailbox that is replaced during a run', () => {
  const CHANGED = '* OK [UIDVALIDITY 43] new\r\n'

  it.each<[string, ScriptStep]>([
    ['while it is searched', { on: /UID SEARCH/, reply: `${CHANGED}* SEARCH 7\r\n{tag} OK\r\n` }],
    ['behind the list of sizes', { on: SIZES, reply: `{tag} OK done\r\n${CHANGED}` }],
    ['before a message', { on: BODIES, reply: `${CHANGED}${BODY}{tag} OK done\r\n` }],
    ['behind a message', { on: BODIES, reply: `${BODY}{tag} OK [UIDVALIDITY 43] done\r\n` }],
  ])('%s: nothing is marked or removed by a UID of the old one', async (_name, step) => {
    const server = await imap(step)
    expect(await verdict(run(server))).toEqual(['MAILBOX_CHANGED', 'RECEIVE'])
    expect(server.heard.join('\n')).not.toMatch(/STORE|EXPUNGE/)
  })

  it('while a message is marked: it is not removed', async () => {
    const server = await imap({ on: /UID STORE/, reply: `${CHANGED}{tag} OK done\r\n` })
    expect(await verdict(run(server))).toEqual(['MAILBOX_CHANGED', 'RECEIVE'])
    expect(server.heard.join('\n')).not.toMatch(/EXPUNGE/)
  })

  it('is not one that says the same again, nor a message that reads like it', async () => {
    const text = `x\r\n${CHANGED}`
    const reply = `* OK [UIDVALIDITY 42] same\r\n* 1 FETCH (UID 7 BODY[] {${text.length}}\r\n${text})\r\n{tag} OK done\r\n`
    expect(await run(await imap({ on: BODIES, reply }))).toMatchObject({
      received: [`7:${text}`],
      removal: 'REMOVED',
    })
  })
})

describe('without UIDPLUS', () => {
  const plain = { on: /CAPABILITY/, reply: CAPABILITIES.replace(' UIDPLUS', '') }

  it('a message is marked, and no EXPUNGE takes those of others along', async () => {
    const server = await imap(plain)
    expect((await run(server)).removal).toBe('MARKED')
    expect(server.heard.join('\n')).not.toMatch(/EXPUNGE|CLOSE/)
  })

  it('withdrawn while it is being used, no plain EXPUNGE leaves', async () => {
    const server = await imap({
      on: /UID STORE \S+ \+FLAGS \(\\Deleted\)/,
      reply: '* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n',
    })
    expect(await verdict(run(server))).toEqual(['PROTOCOL_ERROR', 'RECEIVE'])
    expect(server.heard.join('\n')).not.toMatch(/EXPUNGE/)
  })
})

describe('where STARTTLS was asked for', () => {
  it.each<[string, ScriptStep, string, string]>([
    ['PREAUTH', { on: 'connect', reply: '* PREAUTH welcome\r\n' }, 'PROTOCOL_ERROR', 'GREETING'],
    ['not offered', { on: /NEVER/ }, 'TLS_NOT_OFFERED', 'TLS'],
    ['refused', { on: /STARTTLS/, reply: '{tag} NO later\r\n' }, 'TLS_FAILED', 'TLS'],
    [
      'injected',
      { on: /STARTTLS/, reply: '{tag} OK go\r\n* CAPABILITY X\r\n' },
      'TLS_FAILED',
      'TLS',
    ],
  ])('%s: not a byte of the credentials is written', async (name, step, problem, at) => {
    const offer = name === 'not offered' ? CAPABILITIES : CAPABILITIES.replace(' ID', ' STARTTLS')
    const server = await imap(step, { on: /CAPABILITY/, reply: offer })
    const opening = openImapReceiver(target(server, EncryptionMode.TLS), {
      readOnly: true,
      maxBytes: BYTES_PER_MIB,
    })
    await expect(opening).rejects.toMatchObject({ problem, step: at })
    expect(server.heard.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE/)
  })
})

describe('what a server repeats', () => {
  it('reaches no error and no cause of one', async () => {
    for (const on of [/LOGIN/, /NAMESPACE/, /SELECT/, /UID SEARCH/, SIZES, BODIES]) {
      for (const reply of [
        `{tag} NO ${PASSWORD}\r\n`,
        `* BYE ${PASSWORD}\r\n`,
        `${PASSWORD} ${PASSWORD}\r\n`,
      ]) {
        const failure: unknown = await run(await hasty({ on, reply })).catch(
          (error: unknown) => error,
        )
        expect(everything(failure)).not.toContain(PASSWORD)
      }
    }
  })
})

describe('whatever the peer did', () => {
  it('no socket of ours is left', async () => {
    for (const server of servers) await expect.poll(server.open).toBe(0)
  })
})

/** An outcome with its errors, their messages, and the causes of those. */
function everything(value: unknown): string {
  if (value instanceof Error) {
    return [value.message, value.stack, JSON.stringify(value), everything(value.cause)].join('\n')
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value).map(everything).join('\n')
}
