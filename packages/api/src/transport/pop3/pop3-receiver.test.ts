import {
  BYTES_PER_MIB,
  type DiagnosisStepKind,
  EncryptionMode,
  IncomingAuthMethod,
} from '@mailroom/shared'
import { afterEach, describe, expect, it } from 'vitest'
import { bodies } from '../../../test/support/received-bodies.js'
import {
  ALICE,
  CLOSE,
  scriptedPop3,
  type ScriptedPop3,
} from '../../../test/support/scripted-pop3.js'
import type { SessionTarget } from '../open-session.js'
import type { Receiver, ReceiverOptions } from '../receiver.js'
import { openPop3Receiver } from './pop3-receiver.js'
import { Pop3Session } from './pop3-session.js'

const PATIENT_MS = 10_000
/** Of an answer that a server never gives. */
const HASTY_MS = 500
const SILENCE = ''
const servers: ScriptedPop3[] = []
const receivers: Receiver[] = []

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()))
  for (const server of servers) await expect.poll(() => server.isConnected).toBe(false)
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

const rows = (...lines: readonly string[]) => listing(lines)
const listing = (lines: readonly string[]) =>
  `+OK\r\n${lines.map((row) => `${row}\r\n`).join('')}.\r\n`

/** A server with the messages 1 and 2, but for these answers by command or by verb. */
async function saying(answers: Record<string, string>): Promise<ScriptedPop3> {
  const usual: Record<string, string> = {
    LIST: rows('1 5', '2 5'),
    UIDL: rows('1 a', '2 b'),
    'RETR 1': rows('one'),
    'RETR 2': rows('two'),
    'RETR 3': rows('three'),
  }
  const all = { ...usual, ...answers }
  const server = await scriptedPop3((command) => {
    const said = all[command] ?? all[command.split(' ')[0] ?? '']
    return said === undefined || said === CLOSE ? said : Buffer.from(said, 'latin1')
  })
  servers.push(server)
  return server
}

type Choice = Partial<ReceiverOptions> & { readonly timeoutMs?: number }

async function open(server: ScriptedPop3, choice: Choice = {}): Promise<Receiver> {
  const { timeoutMs = PATIENT_MS, ...options } = choice
  const target: SessionTarget<Pop3Session> = {
    host: '127.0.0.1',
    port: server.port,
    encryption: EncryptionMode.NONE,
    timeoutMs,
    credentials: ALICE,
    createSession: (session) =>
      new Pop3Session({
        ...session,
        apop: false,
        authMethod: IncomingAuthMethod.PASSWORD,
        host: '127.0.0.1',
      }),
  }
  const receiver = await openPop3Receiver(target, {
    readOnly: false,
    maxBytes: BYTES_PER_MIB,
    ...options,
  })
  receivers.push(receiver)
  return receiver
}

describe('opening', () => {
  it('names its steps, and is as read-only as asked', async () => {
    const steps: DiagnosisStepKind[] = []
    const receiver = await open(await saying({}), { onStep: (step) => steps.push(step) })
    expect(steps.at(-1)).toBe('MAILBOX')
    expect(receiver).toMatchObject({ identity: undefined, isReadOnly: false, listsAll: true })
    expect(await receiver.markSeen(['1'])).toBe(true)
  })

  it.each([
    ['-ERR [SYS/TEMP] not now\r\n', 'MAILBOX_FAILED'],
    ['+OK many\r\n', 'MAILBOX_FAILED'],
    [CLOSE, 'CONNECTION_LOST'],
    [SILENCE, 'TIMEOUT'],
  ])('fails in the step MAILBOX where STAT is answered %j', async (STAT, problem) => {
    const opening = open(await saying({ STAT }), { timeoutMs: HASTY_MS })
    await expect(opening).rejects.toMatchObject({ problem, step: 'MAILBOX' })
  })
})

describe('a list', () => {
  it('is matched by number, whatever the order; one of only one list is there all the same', async () => {
    const server = await saying({
      STAT: '+OK 3 70\r\n',
      LIST: rows('4 40', '1 10', '2 20'),
      UIDL: rows('3 c', '2 b', '1 a', '9 z'),
    })
    expect(await (await open(server)).list()).toEqual([
      { id: '1', uniqueId: 'a', sizeBytes: 10 },
      { id: '2', uniqueId: 'b', sizeBytes: 20 },
      { id: '3', uniqueId: 'c', sizeBytes: undefined },
      { id: '4', uniqueId: undefined, sizeBytes: 40 },
    ])
  })

  it('leaves out what no message can be called, and believes no number that is told twice', async () => {
    const server = await saying({
      LIST: rows(
        '0 5',
        '-1 5',
        'x 5',
        '',
        '4294967296 5',
        '99999999999 5',
        '1 5',
        '1 5',
        '2 5',
        '2 6',
      ),
      UIDL: rows('1 a', '1 a', '2 b', '2 c', '0 d'),
    })
    expect(await (await open(server)).list()).toEqual([
      { id: '1', uniqueId: 'a', sizeBytes: 5 },
      { id: '2', uniqueId: undefined, sizeBytes: undefined },
    ])
  })

  it.each(['LIST', 'UIDL'])('with more rows than any maildrop has is refused: %s', async (verb) => {
    const many = Array.from({ length: 200_001 }, (_, at) => `${at + 1} 5`)
    const receiver = await open(await saying({ [verb]: listing(many) }))
    const failure = { problem: 'PROTOCOL_ERROR', step: 'RECEIVE' }
    await expect(receiver.list()).rejects.toMatchObject(failure)
  })

  it.each([
    ['71 characters', 'u'.repeat(71), true],
    ['1,000 characters', 'u'.repeat(1_000), true],
    ['1,001 characters', 'u'.repeat(1_001), false],
    ['10,000 characters', 'u'.repeat(10_000), false],
    ['none', '', false],
    ['a space', 'a b', false],
    ['NUL', 'a\u0000b', false],
    ['8 bits', 'a\u00e9', false],
  ])('has a unique id of %s only where it is usable', async (_name, uniqueId, isUsable) => {
    const receiver = await open(await saying({ UIDL: rows('1 a', `2 ${uniqueId}`) }))
    expect((await receiver.list()).map((listed) => listed.uniqueId)).toEqual([
      'a',
      isUsable ? uniqueId : undefined,
    ])
  })

  it('has two messages of one unique id, and both can be read', async () => {
    const receiver = await open(await saying({ UIDL: rows('1 same', '2 same') }))
    const listed = await receiver.list()
    expect(listed.map(({ uniqueId }) => uniqueId)).toEqual(['same', 'same'])
    const ids = listed.map(({ id }) => id)
    expect(await bodies(receiver, ids)).toEqual(['1:one\r\n', '2:two\r\n'])
  })

  it('has no unique ids where the server knows no UIDL', async () => {
    const receiver = await open(await saying({ UIDL: '-ERR unknown command\r\n' }))
    const listed = await receiver.list()
    expect(listed.map(({ id, uniqueId }) => [id, uniqueId])).toEqual([
      ['1', undefined],
      ['2', undefined],
    ])
  })

  it('fails where UIDL is only out of order: without it all would seem new', async () => {
    const receiver = await open(await saying({ UIDL: '-ERR [SYS/TEMP] later\r\n' }))
    await expect(receiver.list()).rejects.toMatchObject({ problem: 'MAILBOX_FAILED' })
  })
})

describe('a message', () => {
  it.each(['0', '-1', '1000000000000000000', '3', '900'])(
    'comes whole where its size is said to be %s',
    async (size) => {
      const server = await saying({
        STAT: `+OK 2 ${size}\r\n`,
        LIST: rows(`1 ${size}`, `2 ${size}`),
        'RETR 1': rows('one').replace('+OK', `+OK ${size} octets`),
      })
      const receiver = await open(server)
      const ids = (await receiver.list()).map(({ id }) => id)
      expect(await bodies(receiver, ids)).toEqual(['1:one\r\n', '2:two\r\n'])
    },
  )

  it.each<[string, string, string]>([
    ['an end', '+OK\r\ntwo\r\n', 'TIMEOUT'],
    ['the CRLF before its dot', '+OK\r\ntwo.\r\n', 'TIMEOUT'],
    ['any answer', SILENCE, 'TIMEOUT'],
    ['a connection', CLOSE, 'CONNECTION_LOST'],
  ])('without %s is none', async (_name, reply, problem) => {
    const receiver = await open(await saying({ 'RETR 2': reply }), { timeoutMs: HASTY_MS })
    const received: string[] = []
    const reading = (async () => {
      for await (const { id } of receiver.fetch(['1', '2'])) received.push(id)
    })()
    await expect(reading).rejects.toMatchObject({ problem, step: 'RECEIVE' })
    expect(received).toEqual(['1'])
  })

  it('whose connection ends before its end is none', async () => {
    const server = await scriptedPop3((command, socket) => {
      if (command !== 'RETR 1') return undefined
      socket.write('+OK\r\nhalf of i')
      return CLOSE
    })
    servers.push(server)
    const reading = bodies(await open(server), ['1'])
    await expect(reading).rejects.toMatchObject({ problem: 'CONNECTION_LOST', step: 'RECEIVE' })
  })

  it('that is refused keeps no other, and is not removed', async () => {
    const words = `-ERR ${ALICE.password} ${'x'.repeat(1_000)}\r\n`
    const server = await saying({ 'RETR 2': words })
    const receiver = await open(server)
    const received = []
    for await (const message of receiver.fetch(['1', '2', '3'])) received.push(message)
    expect(received.map(({ id }) => id)).toEqual(['1', '2', '3'])
    const refused = received.find((message) => 'refusal' in message)
    expect(refused?.refusal.problem).toBe('MESSAGE_UNAVAILABLE')
    expect(refused?.refusal.detail).toMatch(/^-ERR \[redacted\] x{50,}$/)
    expect(refused?.refusal.detail?.length).toBe(200)
    expect(await receiver.finish()).toBe('CONFIRMED')
    expect(server.heard).not.toContain('DELE 2')
  })

  it('over the limit is refused, and costs no connection', async () => {
    const long = `${'y'.repeat(998)}\r\n`.repeat(50)
    const receiver = await open(await saying({ 'RETR 2': `+OK\r\n${long}.\r\n` }), {
      maxBytes: 1_000,
    })
    expect(await bodies(receiver, ['1', '2', '3'])).toEqual([
      '1:one\r\n',
      '2:MESSAGE_TOO_LARGE',
      '3:three\r\n',
    ])
  })

  it('far over the limit is refused, and another connection reads the others', async () => {
    const endless = `+OK\r\n${'y'.repeat(6 * BYTES_PER_MIB)}`
    const server = await saying({ 'RETR 2': endless })
    const receiver = await open(server, { maxBytes: 1_000 })
    const received: string[] = []
    const reading = (async () => {
      for await (const message of receiver.fetch(['1', '2', '3'])) {
        received.push('refusal' in message ? message.refusal.problem : message.id)
      }
    })()
    await expect(reading).rejects.toMatchObject({
      problem: 'CONNECTION_LOST',
      step: 'RECEIVE',
      detail: 'closed behind a message over the limit',
    })
    expect(received).toEqual(['1', 'MESSAGE_TOO_LARGE'])
    expect(await bodies(await open(server), ['3'])).toEqual(['3:three\r\n'])
  })

  it('that nobody wants any more is waited for no longer', async () => {
    const server = await saying({ 'RETR 1': SILENCE })
    const receiver = await open(server)
    const controller = new AbortController()
    const reading = bodies(receiver, ['1'], controller.signal)
    await expect.poll(() => server.heard).toContain('RETR 1')
    controller.abort(new Error('cancelled'))
    await expect(reading).rejects.toThrow('cancelled')
    await expect.poll(() => server.isConnected).toBe(false)
  })

  it.each(['', '0', '1 2', '1\r\nDELE 1', '4294967296'])('is not called %j', async (id) => {
    const server = await saying({})
    const receiver = await open(server)
    await expect(bodies(receiver, [id])).rejects.toThrow(RangeError)
    await expect(receiver.remove([id])).rejects.toThrow(RangeError)
    expect(server.heard.join('\n')).not.toMatch(/RETR|DELE/)
  })
})

describe('removing', () => {
  it('is agreed to by DELE for each message, and happens with QUIT', async () => {
    const server = await saying({ 'DELE 2': '-ERR already deleted\r\n' })
    const receiver = await open(server)
    expect(await receiver.remove(['1', '2', '3'])).toEqual({ removal: 'PENDING', ids: ['1', '3'] })
    expect(await receiver.remove(['2'])).toEqual({ removal: 'REFUSED', ids: [] })
    expect(server.heard).not.toContain('QUIT')
    expect(await receiver.finish()).toBe('CONFIRMED')
    expect(server.heard.at(-1)).toBe('QUIT')
  })

  it('is asked of no server of which only a look was wanted', async () => {
    const server = await saying({})
    const receiver = await open(server, { readOnly: true })
    expect(await receiver.remove(['1'])).toEqual({ removal: 'REFUSED', ids: [] })
    expect(server.heard.join('\n')).not.toContain('DELE')
  })

  it.each([
    ['+OK bye\r\n', 'CONFIRMED'],
    ['-ERR some deleted messages not removed\r\n', 'REFUSED'],
    ['+O', 'UNKNOWN'],
    [SILENCE, 'UNKNOWN'],
    [CLOSE, 'UNKNOWN'],
    ['nonsense\r\n', 'UNKNOWN'],
  ])('where QUIT is answered %j is %s', async (QUIT, outcome) => {
    const receiver = await open(await saying({ QUIT }), { timeoutMs: HASTY_MS })
    await receiver.remove(['1'])
    expect(await receiver.finish()).toBe(outcome)
  })

  it('is refused where no QUIT has left: the connection is let go of, or the server out of step', async () => {
    const server = await saying({ 'DELE 1': '+OK\r\n+OK once more\r\n' })
    const letGo = await open(server)
    await letGo.remove(['2'])
    await letGo.close()
    expect(await letGo.finish()).toBe('REFUSED')
    const outOfStep = await open(server)
    await outOfStep.remove(['1'])
    expect(await outOfStep.finish()).toBe('REFUSED')
    expect(server.heard).not.toContain('QUIT')
  })
})

it('what has failed stays so, and is told again', async () => {
  const server = await saying({ LIST: '-ERR broken\r\n' })
  const receiver = await open(server)
  const failure = { problem: 'MAILBOX_FAILED', step: 'RECEIVE', detail: '-ERR broken' }
  await expect(receiver.list()).rejects.toMatchObject(failure)
  await expect(receiver.remove(['1'])).rejects.toMatchObject(failure)
  expect(await receiver.finish()).toBe('REFUSED')
  expect(server.heard).not.toContain('DELE 1')
})
