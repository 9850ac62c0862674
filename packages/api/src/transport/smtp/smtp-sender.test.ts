import { EncryptionMode, SmtpAuthMethod } from '@mailroom/shared'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptStep,
} from '../../../test/support/scripted-server.js'
import type { SessionTarget } from '../open-session.js'
import type { SendOrder, SendResult } from '../sender.js'
import { StepFailure } from '../step-failure.js'
import { openSmtpSender } from './smtp-sender.js'
import { SmtpSession } from './smtp-session.js'

const PASSWORD = 'open-sesame-4711'
/** Of a step that a server never ends, and of one on a busy machine. */
const HASTY_MS = 2_000
const PATIENT_MS = 5_000
const servers: ScriptedServer[] = []
const hastyPorts = new Set<number>()

afterAll(() => Promise.all(servers.map((server) => server.stop())))

/** A server that takes everything, but for the steps put before. */
async function smtp(...steps: ScriptStep[]): Promise<ScriptedServer> {
  const server = await startScriptedServer([
    ...steps,
    { on: 'connect', reply: '220 mail.test\r\n' },
    {
      on: /^EHLO/,
      reply: '250-mail.test\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250 AUTH PLAIN\r\n',
    },
    { on: /^AUTH/, reply: '235 welcome\r\n' },
    { on: /^MAIL/, reply: '250 sender\r\n' },
    { on: /^RCPT/, reply: '250 recipient\r\n' },
    { on: /^DATA/, reply: '354 go\r\n' },
    { on: /^\.$/, reply: '250 taken\r\n' },
    { on: /^RSET/, reply: '250 reset\r\n' },
    { on: /^QUIT/, reply: '221 bye\r\n', end: 'fin' },
  ])
  servers.push(server)
  return server
}

/** The same, and whoever connects waits no longer than two seconds for a step. */
async function hasty(...steps: ScriptStep[]): Promise<ScriptedServer> {
  const server = await smtp(...steps)
  hastyPorts.add(server.port)
  return server
}

function target(server: ScriptedServer): SessionTarget<SmtpSession> {
  return {
    host: '127.0.0.1',
    port: server.port,
    encryption: EncryptionMode.NONE,
    timeoutMs: hastyPorts.has(server.port) ? HASTY_MS : PATIENT_MS,
    credentials: { username: 'alice', password: PASSWORD },
    createSession: (options) =>
      new SmtpSession({ ...options, authMethod: SmtpAuthMethod.PLAIN, host: '127.0.0.1' }),
  }
}

const envelope = { from: 'alice@mail.test', to: ['bob@mail.test'] }
const source = Buffer.from('Subject: hello\r\n\r\nhello\r\n')

async function send(server: ScriptedServer, order: Partial<SendOrder> = {}): Promise<SendResult> {
  const sender = await openSmtpSender(target(server), order.signal)
  try {
    return await sender.send({ envelope, source, ...order })
  } finally {
    await sender.close()
  }
}

/** What a person is told: outcome, problem, step. */
async function verdict(server: ScriptedServer, order?: Partial<SendOrder>): Promise<unknown[]> {
  try {
    const { outcome, failure } = await send(server, order)
    return failure === undefined ? [outcome] : [outcome, failure.problem, failure.step]
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    return ['OPENING', error.problem, error.step]
  }
}

const COMMANDS: [ScriptStep['on'], string, string][] = [
  ['connect', 'OPENING', 'GREETING'],
  [/^EHLO/, 'OPENING', 'CAPABILITIES'],
  [/^AUTH/, 'OPENING', 'AUTHENTICATE'],
  [/^MAIL/, 'FAILED', 'ENVELOPE'],
  [/^RCPT/, 'FAILED', 'ENVELOPE'],
  [/^DATA/, 'FAILED', 'ENVELOPE'],
  [/^\.$/, 'UNCONFIRMED', 'SEND'],
]

describe.concurrent('a server that does not answer in time', () => {
  it.each(COMMANDS)('is silent at %s', async (on, outcome, step) => {
    expect(await verdict(await hasty({ on }))).toEqual([outcome, 'TIMEOUT', step])
  })

  it.each(COMMANDS)('drips at %s', async (on, outcome, step) => {
    const reply = `250 ${'slow '.repeat(20)}\r\n`
    expect(await verdict(await hasty({ on, reply, drip: 300 }))).toEqual([outcome, 'TIMEOUT', step])
  })

  it.each(COMMANDS)('says useless lines without end at %s', async (on, outcome, step) => {
    const flood = on === 'connect' ? '220-x\r\n' : '250-x\r\n'
    expect(await verdict(await hasty({ on, flood }))).toEqual([outcome, 'TIMEOUT', step])
  })

  it('reads no further in the midst of the message', async () => {
    const server = await hasty({ on: /^DATA/, reply: '354 go\r\n', deaf: true })
    const large = Buffer.alloc(40_000_000, 'x'.repeat(76) + '\r\n')
    const source = Readable.from([large])
    expect(await verdict(server, { source })).toEqual(['FAILED', 'TIMEOUT', 'SEND'])
  })

  it('hangs at the farewell, when all has been done', async () => {
    expect(await verdict(await hasty({ on: /^QUIT/ }))).toEqual(['SENT'])
  })
})

describe('a server that hangs up', () => {
  it.each(COMMANDS)('at %s', async (on, outcome, step) => {
    for (const end of ['fin', 'rst'] as const) {
      expect(await verdict(await smtp({ on, end, delay: 50 }))).toEqual([
        outcome,
        'CONNECTION_LOST',
        step,
      ])
    }
  })
})

describe('a cancelled message', () => {
  it('was not sent where it was in time', async () => {
    const server = await smtp({ on: /^RCPT/ })
    const controller = new AbortController()
    const sending = send(server, { signal: controller.signal })
    await expect.poll(() => server.heard.some((line) => line.startsWith('RCPT'))).toBe(true)
    controller.abort(new Error('cancelled'))
    await expect(sending).rejects.toThrow('cancelled')
  })

  it('is unconfirmed where the server may have it', async () => {
    const server = await smtp({ on: /^\.$/ })
    const controller = new AbortController()
    const sending = send(server, { signal: controller.signal })
    await expect.poll(() => server.heard.includes('.')).toBe(true)
    controller.abort(new Error('cancelled'))
    expect((await sending).outcome).toBe('UNCONFIRMED')
  })
})

describe('the final dot', () => {
  it('is not written before the caller has noted that it will be', async () => {
    const server = await smtp()
    const noted: boolean[] = []
    const beforeFinalDot = async () => {
      await sleep(100)
      noted.push(server.heard.includes('.'))
    }
    expect(await verdict(server, { beforeFinalDot })).toEqual(['SENT'])
    expect(noted).toEqual([false])
  })

  it('is never written where the message breaks off', async () => {
    const server = await smtp()
    const source = Readable.from(
      (function* () {
        yield Buffer.from('half a ')
        throw new Error('the disk is gone')
      })(),
    )
    await expect(send(server, { source })).rejects.toThrow('the disk is gone')
    expect(server.heard).not.toContain('.')
  })
})

describe('a server out of step is never believed', () => {
  it.each<[string, ScriptStep, string, string]>([
    ['an early 250', { on: /^DATA/, reply: '354 go\r\n250 taken\r\n' }, 'FAILED', 'SEND'],
    ['250 to DATA', { on: /^DATA/, reply: '250 fine\r\n' }, 'FAILED', 'ENVELOPE'],
    ['354 to MAIL', { on: /^MAIL/, reply: '354 go\r\n' }, 'FAILED', 'ENVELOPE'],
    ['two answers to MAIL', { on: /^MAIL/, reply: '250 a\r\n250 b\r\n' }, 'FAILED', 'ENVELOPE'],
    ['garbage', { on: /^RCPT/, reply: '999 \u0001garbage\r\n' }, 'FAILED', 'ENVELOPE'],
    ['no code', { on: /^RCPT/, reply: 'OK\r\n' }, 'FAILED', 'ENVELOPE'],
    ['mixed codes', { on: /^RCPT/, reply: '250-a\r\n550 b\r\n' }, 'FAILED', 'ENVELOPE'],
    ['354 to the dot', { on: /^\.$/, reply: '354 more\r\n' }, 'UNCONFIRMED', 'SEND'],
    ['an endless line', { on: /^RCPT/, reply: '250 '.padEnd(100_000, 'x') }, 'FAILED', 'ENVELOPE'],
    [
      '100,000 lines',
      { on: /^EHLO/, reply: '250-x\r\n'.repeat(200_000) },
      'OPENING',
      'CAPABILITIES',
    ],
    ['two greetings', { on: 'connect', reply: '220 a\r\n220 b\r\n' }, 'OPENING', 'CAPABILITIES'],
    ['two welcomes', { on: /^AUTH/, reply: '235 a\r\n235 b\r\n' }, 'FAILED', 'ENVELOPE'],
  ])('%s', async (_name, step, outcome, at) => {
    expect(await verdict(await smtp(step))).toEqual([outcome, 'PROTOCOL_ERROR', at])
  })
})

describe('a refusal', () => {
  it.each<[RegExp, string, string]>([
    [/^MAIL/, 'SENDER_REFUSED', 'ENVELOPE'],
    [/^RCPT/, 'RECIPIENT_REFUSED', 'ENVELOPE'],
    [/^DATA/, 'MESSAGE_REFUSED', 'SEND'],
    [/^\.$/, 'MESSAGE_REFUSED', 'SEND'],
  ])('at %s is the server’s, whether for now or for good', async (on, problem, step) => {
    for (const code of [421, 451, 550]) {
      const result = await send(await smtp({ on, reply: `${code} not you\r\n` }))
      expect([result.outcome, result.failure?.problem, result.failure?.step]).toEqual([
        'FAILED',
        problem,
        step,
      ])
      expect([result.isTemporary, result.said]).toEqual([code < 500, `${code} not you`])
    }
  })

  it('in the midst of the message is one', async () => {
    const server = await smtp({ on: /^DATA/, reply: '354 go\r\n552 too much\r\n' })
    const beforeFinalDot = () => sleep(200)
    expect(await verdict(server, { beforeFinalDot })).toEqual(['FAILED', 'MESSAGE_REFUSED', 'SEND'])
    expect(server.heard).not.toContain('.')
  })

  it('of those who have not signed in says so', async () => {
    const server = await smtp({ on: /^MAIL/, reply: '530 5.7.0 authenticate first\r\n' })
    expect(await verdict(server)).toEqual(['FAILED', 'AUTH_NEEDED', 'ENVELOPE'])
  })

  it('of one recipient does not hide what ended the connection later', async () => {
    const server = await smtp(
      { on: /^RCPT TO:<carol/, reply: '550 no carol\r\n' },
      { on: /^DATA/, end: 'rst' },
    )
    const both = { ...envelope, to: ['bob@mail.test', 'carol@mail.test'] }
    const result = await send(server, { envelope: both })
    expect([result.outcome, result.failure?.problem]).toEqual(['FAILED', 'CONNECTION_LOST'])
    expect(result.recipients.map(({ accepted }) => accepted)).toEqual([true, false])
  })
})

describe('what a server repeats', () => {
  it('reaches no error, no answer and no cause of one', async () => {
    const encoded = Buffer.from(`\0alice\0${PASSWORD}`).toString('base64')
    for (const on of [/^AUTH/, /^MAIL/, /^RCPT/, /^DATA/, /^\.$/]) {
      const server = await smtp({ on, reply: `550 ${PASSWORD} ${encoded}\r\n` })
      const outcome: unknown = await send(server).catch((error: unknown) => error)
      const shown = everything(outcome)
      expect(shown).toContain('[redacted]')
      expect(shown).not.toContain(PASSWORD)
      expect(shown).not.toContain(encoded)
    }
  })
})

describe('what goes on the wire', () => {
  it('is said once: nothing of greeting, EHLO and AUTH again', async () => {
    const server = await smtp()
    expect(await verdict(server)).toEqual(['SENT'])
    expect(server.heard.map((line) => line.split(' ')[0])).toEqual([
      'EHLO',
      'AUTH',
      'MAIL',
      'RCPT',
      'DATA',
      '.',
      'QUIT',
    ])
  })

  it('holds no address that is not one', async () => {
    for (const to of [
      'bob@mail.test>\r\nRCPT TO:<evil@mail.test',
      '"a@b"@mail.test',
      '<bob@mail.test>',
    ]) {
      const server = await smtp()
      expect(await verdict(server, { envelope: { ...envelope, to: [to] } })).toEqual([
        'FAILED',
        'RECIPIENT_REFUSED',
        'ENVELOPE',
      ])
      expect(server.heard.join('\n')).not.toMatch(/MAIL|RCPT/)
    }
  })

  it('holds UTF-8 only where the server has offered to take it', async () => {
    const wide = { ...envelope, to: ['あ@mail.test'] }
    expect(await verdict(await smtp(), { envelope: wide })).toEqual([
      'FAILED',
      'RECIPIENT_REFUSED',
      'ENVELOPE',
    ])
    const server = await smtp({
      on: /^EHLO/,
      reply: '250-mail.test\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n',
    })
    expect(await verdict(server, { envelope: wide })).toEqual(['SENT'])
    expect(server.heard).toContain('MAIL FROM:<alice@mail.test> SMTPUTF8')
  })

  it('is nothing more than STARTTLS where TLS does not come (H-14)', async () => {
    const offered = '250-mail.test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n'
    const cells: [ScriptStep, string][] = [
      [{ on: /^EHLO/, reply: '250-mail.test\r\n250 AUTH PLAIN\r\n' }, 'TLS_NOT_OFFERED'],
      [{ on: /^STARTTLS/, reply: '454 not now\r\n' }, 'TLS_FAILED'],
      [{ on: /^STARTTLS/, reply: '502 never\r\n' }, 'TLS_FAILED'],

      [{ on: /^STARTTLS/, reply: '220 go\r\n235 injected\r\n' }, 'TLS_FAILED'],
      [{ on: /^STARTTLS/, reply: '220 go\r\n', end: 'rst' }, 'CONNECTION_LOST'],
    ]
    for (const [step, problem] of cells) {
      const server = await smtp(step, { on: /^EHLO/, reply: offered })
      const opening = openSmtpSender({ ...target(server), encryption: EncryptionMode.TLS })
      await expect(opening).rejects.toMatchObject({ problem, step: 'TLS' })
      expect(server.heard.join('\n')).not.toMatch(/AUTH|MAIL/)
    }
  })

  it('meets a port of the other kind with a word about it', async () => {
    const plain = await smtp()
    const overTls = openSmtpSender({ ...target(plain), encryption: EncryptionMode.SSL })
    await expect(overTls).rejects.toMatchObject({ problem: 'TLS_ON_PLAIN_PORT', step: 'TLS' })
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
