import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const API = fileURLToPath(new URL('../api', import.meta.url))
const START_MS = 60_000

/** The mail servers that main.ts of the fixture prints. */
interface MailServers {
  readonly host: string
  /** The same servers at an address that their certificate does not name. */
  readonly unnamedHost: string
  readonly ports: Readonly<Record<string, number>>
  readonly users: Readonly<Record<string, { name: string; password: string }>>
  /** How many messages alice's INBOX holds at first. */
  readonly aliceMessages: number
  /** Where an authorisation server is PUT whose tokens they take too. */
  readonly tokenAuthorityUrl: string
  readonly caFile: string
}

/** What the stories need to know; handed to them through the environment. */
export interface Stack {
  readonly url: string
  readonly setUpUrl: string
  readonly mailServers: MailServers
}

/** The stack of this run. */
export function stack(): Stack {
  // Written by setUp below, in the process that started this one.
  return JSON.parse(process.env['MAILROOM_E2E_STACK'] ?? '{}') as Stack
}

/** Starts real mail servers and the built product on an empty data folder; answers how to end them. */
export default async function setUp(): Promise<() => Promise<void>> {
  const mail = spawn(process.execPath, [join(API, 'test/support/mail-servers/main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const mailServers = JSON.parse(await firstMatch(mail, /^(\{.*\})$/m)) as MailServers
  const dataDir = await mkdtemp(join(tmpdir(), 'mailroom-e2e-'))
  await chmod(dataDir, 0o755)
  const mailroom = spawn(process.execPath, [join(API, 'dist/main.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      MAILROOM_DATA_DIR: dataDir,
      // The private authority of the test servers, as an administrator would install it.
      NODE_EXTRA_CA_CERTS: mailServers.caFile,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const setUpUrl = await firstMatch(mailroom, /(http:\S+\/setup#token=\S+)/)
  const started: Stack = { url: new URL(setUpUrl).origin, setUpUrl, mailServers }
  process.env['MAILROOM_E2E_STACK'] = JSON.stringify(started)
  return async () => {
    await Promise.all([end(mailroom), end(mail)])
    await rm(dataDir, { recursive: true, force: true })
  }
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`not started in time:\n${output}`)), START_MS)
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = pattern.exec(output)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
