import { once } from 'node:events'
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { connect as openSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { TestClient } from '../support/api.js'
import { createCanary, findCanaries } from '../support/canary.js'
import { serverInput } from '../support/mail-servers-kit.js'
import {
  embeddedDatabaseUrl,
  startProcess,
  stopProcess,
  type Process,
} from '../support/mailroom-process.js'
import { withScript, type Script } from '../support/scripted-dialogue.js'
import { connect } from '../support/subscription-socket.js'
import { CREATE_USER, userInput } from '../support/users-kit.js'

const PASSWORD = 'correct horse battery'
const SRC = fileURLToPath(new URL('../../src', import.meta.url))
/** All by which libraries, or other programs that use them, are made to talk. */
const TALK = {
  MAILROOM_LOG_LEVEL: 'trace',
  ...{ TYPEORM_LOGGING: 'all', TYPEORM_LOGGER: 'advanced-console', TYPEORM_DEBUG: 'true' },
  ...{ DEBUG: '*', DEBUG_COLORS: 'yes', NODE_DEBUG: 'typeorm,nodemailer,imapflow,pg,express' },
  ...{ NODEMAILER_DEBUG: 'true', IMAPFLOW_LOG_RAW: 'true', LOG_RAW: 'true', EMIT_LOGS: 'true' },
  ...{ LOG_LEVEL: 'trace', PINO_LOG_LEVEL: 'trace', PGOPTIONS: '-c log_statement=all' },
}
/** Acts on a terminal, on what reads lines, or on a formatter. */
const HOSTILE = 'x\r\n{"level":"fatal"}\u001b[2J\u0000%s%o%j\u007f\u0085\u009b31m\u2028\u2029'
// eslint-disable-next-line no-control-regex -- control characters are what must not be there
const RAW_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

let dataDir: string
let mailroom: Process
let database: pg.Client
let admin: TestClient
const canary = createCanary('password')

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mailroom-log-'))
  await chmod(dataDir, 0o755)
  mailroom = startProcess({
    ...process.env,
    ...TALK,
    PORT: '0',
    MAILROOM_TRUSTED_PROXIES: '1',
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_ADMIN_PASSWORD: PASSWORD,
  })
  admin = await new TestClient(await mailroom.ready).signIn('admin', PASSWORD)
  database = new pg.Client(await embeddedDatabaseUrl(dataDir))
  database.on('error', () => undefined)
  await database.connect()
})
afterAll(async () => {
  await database.end().catch(() => undefined)
  await stopProcess(mailroom)
  await rm(dataDir, { recursive: true, force: true })
})

/** The events since so many characters, each of them one whole line without control characters. */
function eventsSince(start: number): Record<string, unknown>[] {
  const lines = mailroom.log().slice(start).split('\n').slice(0, -1)
  return lines.map((line) => {
    expect(line).not.toMatch(RAW_CONTROLS)
    expect(line.length).toBeLessThan(128 * 1024)
    return JSON.parse(line) as Record<string, unknown>
  })
}

/** Lets what happens to a new person's row fail that way, while one is added. */
async function addAmid(failure: string): Promise<{ text: string; events: string }> {
  const start = mailroom.log().length
  await database.query(`
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${failure} RETURN NEW; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION fail()`)
  try {
    const input = userInput({ displayName: 'mark-7391', password: canary.text })
    const { text, errors } = await admin.send(CREATE_USER, { input })
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }])
    await expect.poll(() => mailroom.log().length).toBeGreaterThan(start)
    const [event] = eventsSince(start)
    expect(event).toMatchObject({ level: 'error', msg: 'unexpected error in an operation' })
    return { text, events: JSON.stringify(event) }
  } finally {
    await database.query('DROP TRIGGER fail ON app_user; DROP FUNCTION fail')
  }
}

describe('a database that fails', () => {
  it.each([
    ['repeats a value in its message', 'PERFORM NEW.password_hash::integer;', '22P02'],
    ['repeats the row in its details', 'NEW.role := NULL;', '23502'],
    ['refuses a value that is too long', "NEW.role := repeat('x', 99);", '22001'],
    [
      'raises an error of its own',
      "RAISE EXCEPTION 'no' USING DETAIL = NEW.password_hash;",
      'P0001',
    ],
  ])(
    'is logged by what failed, and nothing of the row, where it %s',
    async (_how, failure, code) => {
      const { text, events } = await addAmid(failure)
      expect(events).toContain(code)
      expect(events).toContain('QueryFailedError')
      for (const said of [text, events]) {
        expect(said).not.toContain('argon2')
        expect(said).not.toContain('7391')
        expect(findCanaries([canary], [{ name: 'said', bytes: Buffer.from(said) }])).toEqual([])
      }
    },
  )

  it('is one event on one line, whatever it says', async () => {
    const words = HOSTILE.replaceAll('\0', '').replaceAll('%', '%%')
    const { events } = await addAmid(`RAISE EXCEPTION E'${words.replaceAll("'", "''")}';`)
    expect(events).toContain('[2J')
    const long = await addAmid("RAISE EXCEPTION '%', repeat('y', 1024 * 1024);")
    expect(long.events.length).toBeLessThan(16 * 1024)
  })
})

describe('what callers send', () => {
  it('never makes a line of the log that is no event, nor one with control characters', async () => {
    const start = mailroom.log().length
    const query = 'query Q { me { id } }'
    const huge = HOSTILE.repeat(20_000)
    for (const text of [HOSTILE, huge]) {
      await admin.post(JSON.stringify({ query, operationName: text }))
      await admin.post(JSON.stringify({ query: `{ me { ${text} } }` }))
      await admin.post(
        JSON.stringify({ query: `{ a(b: "${text}") }`, variables: { [text]: text } }),
      )
      await admin.post(text)
      await admin.send(CREATE_USER, { input: { loginName: text, displayName: text, role: text } })
      await new TestClient(admin.url).signIn(text, text).catch(() => undefined)
      const socket = connect(admin, {}, { authorization: `Bearer ${text}`, language: text })
      const steps = socket.iterate({ query: `subscription { ${text.slice(0, 9_000)} }` })
      await steps.next().catch(() => undefined)
      await socket.dispose()
    }
    const header = Buffer.from(HOSTILE.replace(/[\r\n\0\u2028\u2029]/g, ''), 'latin1')
    const path = encodeURIComponent(HOSTILE)
    for (const name of ['user-agent', 'x-forwarded-for', 'accept-language', 'cookie', 'origin'])
      await sendRaw(`GET /sign-in/callback?code=${path}&state=${path} HTTP/1.1`, name, header)
    await sendRaw(`GET /%${'a'.repeat(9_000)} HTTP/1.1`, 'user-agent', header)
    eventsSince(start)
  })
})

/** Past what an HTTP client would refuse to send. */
async function sendRaw(request: string, name: string, value: Buffer): Promise<void> {
  const { hostname, port } = new URL(admin.url)
  const socket = openSocket({ host: hostname, port: Number(port) })
  socket.on('error', () => undefined).resume()
  socket.write(`${request}\r\nhost: x\r\nconnection: close\r\n${name}: `)
  socket.write(value)
  socket.write('\r\n\r\n')
  await once(socket, 'close')
}

describe('what mail servers say', () => {
  const endless = `${HOSTILE}${'z'.repeat(1024 * 1024)}`
  it.each([
    ['a greeting', { greeting: `220 ${HOSTILE}\r\n`, answer: () => '500 no\r\n' }],
    ['an endless greeting', { greeting: `220 ${endless}\r\n`, answer: () => '500 no\r\n' }],
    ['a refusal', { greeting: '220 x\r\n', answer: () => `554 ${HOSTILE}\r\n` }],
    ['an endless refusal', { greeting: '220 x\r\n', answer: () => `554 ${endless}\r\n` }],
  ] satisfies [string, Script][])(
    'is shown cut and without control characters, and makes no line in the log: %s',
    async (_what, script) => {
      const start = mailroom.log().length
      await withScript(script, async ({ port }) => {
        const side = { host: '127.0.0.1', port, encryption: 'NONE', timeoutSeconds: 5 }
        const input = serverInput({ outgoing: side, incoming: { ...side, protocol: 'IMAP4' } })
        const { text } = await admin.send(
          'mutation ($input: MailServerInput!) { diagnoseMailServer(input: $input) { steps { detail transcript } } }',
          { input },
        )
        expect(text).not.toMatch(/\\u00[01][0-9a-f]|\\[nrt]/)
        expect(text.trimEnd()).not.toMatch(RAW_CONTROLS)
        expect(text.length).toBeLessThan(20_000)
      })
      eventsSince(start)
    },
  )
})

describe('libraries', () => {
  it('say nothing, however they are asked to by the environment', async () => {
    await fetch(`${admin.url}/sign-in/callback?code=${canary.core}`, { redirect: 'manual' })
    await stopProcess(mailroom)
    expect(eventsSince(0).length).toBeGreaterThan(1)
    expect(mailroom.output()).not.toMatch(/SELECT|PARAMETERS|express:|router/)
    expect(
      findCanaries([canary], [{ name: 'output', bytes: Buffer.from(mailroom.output()) }]),
    ).toEqual([])
  })

  it('are made with their logs off, and nowhere else', async () => {
    const files = (await readdir(SRC, { recursive: true })).filter((name) => name.endsWith('.ts'))
    const made: string[] = []
    for (const name of files.filter((each) => !each.endsWith('.test.ts'))) {
      const text = await readFile(join(SRC, name), 'utf8')
      for (const [, library = ''] of text.matchAll(/new (DataSource|ImapFlow|SMTPConnection)\(/g)) {
        made.push(library)
        expect([name, text]).toEqual([name, expect.stringMatching(/ (logger|logging): false,/)])
      }
      const loud =
        /\b(logging|logRaw|emitLogs|transactionLog|debug|maxQueryExecutionTime)\??: (?!false)/
      expect([name, loud.exec(text)?.[0]]).toEqual([name, undefined])
      expect([name, /createTransport|enableLog|setLogger/.test(text)]).toEqual([name, false])
    }
    expect(made.toSorted()).toEqual(['DataSource', 'ImapFlow', 'SMTPConnection'])
    const { logging, logger } = createDataSource('postgres://localhost/none').options
    expect([logging, logger]).toEqual([false, undefined])
  })
})
