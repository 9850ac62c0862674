import { BYTES_PER_MIB, EncryptionMode, SmtpAuthMethod, IncomingAuthMethod } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { startScriptedServer, type ScriptStep } from '../../test/support/scripted-server.js'
import { openImapReceiver } from './imap/imap-receiver.js'
import { ImapSession } from './imap/imap-session.js'
import { openSmtpSender } from './smtp/smtp-sender.js'
import { SmtpSession } from './smtp/smtp-session.js'
import { StepFailure } from './step-failure.js'

/** TRANSPORT_FUZZ_RUNS asks for more; run 7 is the same everywhere. */
// eslint-disable-next-line no-restricted-properties -- a test's own setting, none of the product's
const RUNS = Number(process.env['TRANSPORT_FUZZ_RUNS'] ?? 500)
const AT_ONCE = 25
const TIMEOUT_MS = 250

const SMTP: readonly ScriptStep[] = [
  { on: 'connect', reply: '220 mail.test\r\n' },
  { on: /^EHLO/, reply: '250-mail.test\r\n250-SIZE 1000000\r\n250 AUTH PLAIN\r\n' },
  { on: /^AUTH/, reply: '235 welcome\r\n' },
  { on: /^(MAIL|RCPT)/, reply: '250 fine\r\n' },
  { on: /^DATA/, reply: '354 go\r\n' },
  { on: /^\.$/, reply: '250 taken\r\n' },
  { on: /^QUIT/, reply: '221 bye\r\n', end: 'fin' },
]
const IMAP: readonly ScriptStep[] = [
  { on: 'connect', reply: '* OK mail.test\r\n' },
  { on: /CAPABILITY/, reply: '* CAPABILITY IMAP4rev1 UIDPLUS\r\n{tag} OK done\r\n' },
  { on: /LOGIN/, reply: '{tag} OK welcome\r\n' },
  { on: /LIST|LSUB/, reply: '* LIST () "/" INBOX\r\n{tag} OK done\r\n' },
  { on: /SELECT/, reply: '* 1 EXISTS\r\n* OK [UIDVALIDITY 42] valid\r\n{tag} OK done\r\n' },
  { on: /UID SEARCH/, reply: '* SEARCH 7 8\r\n{tag} OK done\r\n' },
  { on: /RFC822\.SIZE/, reply: '* 1 FETCH (UID 7 RFC822.SIZE 5)\r\n{tag} OK done\r\n' },
  { on: /BODY\.PEEK/, reply: '* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n{tag} OK done\r\n' },
  { on: /STORE|EXPUNGE/, reply: '{tag} OK done\r\n' },
  { on: /LOGOUT/, reply: '* BYE bye\r\n{tag} OK done\r\n', end: 'fin' },
]

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  '{9}',
  '{99999999}',
  '(',
  ')',
  '"',
  '[',
  '* ',
  '+ ',
  '250-',
  '354 ',
  '421 ',
  'é',
  '\u0016\u0003',
]

/** One to three steps with bytes lost, doubled, put in or cut off. */
function mutate(steps: readonly ScriptStep[], below: (count: number) => number): ScriptStep[] {
  const mutated = [...steps]
  for (let times = below(3) + 1; times > 0; times--) {
    const index = below(steps.length)
    const step = mutated[index]
    if (step === undefined) continue
    const text = String(step.reply ?? '')
    const at = below(text.length + 1)
    const piece = PIECES[below(PIECES.length)] ?? ''
    const texts = [
      text.slice(0, at) + piece + text.slice(at),
      text.slice(0, at) + text.slice(at + 1 + below(4)),
      text.slice(0, at),
      text + text.slice(at),
      text.replace(/\d+/, String(below(1_000))),
    ]
    mutated[index] = { ...step, reply: texts[below(texts.length)] ?? '' }
  }
  return mutated
}

async function sendOnce(port: number): Promise<void> {
  const sender = await openSmtpSender({
    ...target(port),
    createSession: (options) =>
      new SmtpSession({ ...options, authMethod: SmtpAuthMethod.PLAIN, host: '127.0.0.1' }),
  })
  const envelope = { from: 'alice@mail.test', to: ['bob@mail.test'] }
  await sender.send({ envelope, source: Buffer.from('hello\r\n') }).finally(() => sender.close())
}

async function receiveOnce(port: number): Promise<void> {
  const receiver = await openImapReceiver(
    {
      ...target(port),
      createSession: (options) =>
        new ImapSession({
          ...options,
          startsTls: false,
          authMethod: IncomingAuthMethod.PASSWORD,
          host: '127.0.0.1',
        }),
    },
    { readOnly: false, maxBytes: BYTES_PER_MIB },
  )
  try {
    const ids = (await receiver.list()).map(({ id }) => id)
    for await (const { id } of receiver.fetch(ids)) expect(ids).toContain(id)
    await receiver.markSeen(ids)
    await receiver.remove(ids)
  } finally {
    await receiver.close()
  }
}

function target(port: number) {
  const credentials = { username: 'alice', password: 'secret' }
  const host = '127.0.0.1'
  return { host, port, encryption: EncryptionMode.NONE, timeoutMs: TIMEOUT_MS, credentials }
}

async function fuzz(
  steps: readonly ScriptStep[],
  seed: number,
  work: (port: number) => Promise<void>,
): Promise<void> {
  const server = await startScriptedServer(mutate(steps, random(seed)))
  try {
    await work(server.port)
  } catch (error) {
    // Nothing but the server's fault, said as such.
    if (!(error instanceof StepFailure)) throw new Error(`run ${seed}`, { cause: error })
  } finally {
    await server.stop()
  }
}

describe('mutated transcripts end in a result or in a failure that names its step', () => {
  it.each([
    ['SMTP (H-16)', SMTP, sendOnce],
    ['IMAP (G-18)', IMAP, receiveOnce],
  ] as const)('%s', async (_name, steps, work) => {
    for (let first = 0; first < RUNS; first += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, RUNS - first) }, (_, at) => first + at)
      await Promise.all(seeds.map((seed) => fuzz(steps, seed, work)))
    }
  })
})
