import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { TestClient } from '../support/api.js'
import { createMailServer, listMailServers } from '../support/mail-servers-kit.js'
import {
  MAIN,
  embeddedDatabaseUrl,
  startProcess,
  stopProcess,
  type Process,
} from '../support/mailroom-process.js'

const PASSWORD = 'correct horse battery'

/** Of a Mailroom that was started once and stopped: making a database anew takes seconds. */
let usedDir: string
let dataDir: string
let running: Process[]

beforeAll(async () => {
  usedDir = await makeDataDir()
  dataDir = usedDir
  const first = startProcess(environment())
  await first.ready
  await stopProcess(first)
})
beforeEach(async () => {
  dataDir = await makeDataDir()
  // With the owner of the database, which may not be root.
  execFileSync('cp', ['-a', `${usedDir}/.`, dataDir])
  running = []
})
afterEach(async () => {
  for (const each of running) await stopProcess(each)
  await rm(dataDir, { recursive: true, force: true })
})
afterAll(() => rm(usedDir, { recursive: true, force: true }))

async function makeDataDir(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'mailroom-process-'))
  await chmod(made, 0o755)
  return made
}

/** As before the very first start. */
async function forgetData(): Promise<void> {
  await rm(dataDir, { recursive: true })
  dataDir = await makeDataDir()
}

const environment = () => ({
  ...process.env,
  PORT: '0',
  MAILROOM_DATA_DIR: dataDir,
  MAILROOM_ADMIN_PASSWORD: PASSWORD,
})

/** The product on the test's own data folder. */
function start(env: Record<string, string> = {}): Process {
  const started = startProcess({ ...environment(), ...env })
  running.push(started)
  return started
}

/** As a terminal does it: to every process of its foreground group. */
function signalTerminal({ child }: Process, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) process.kill(-child.pid, signal)
}

const signIn = async (address: string) => new TestClient(address).signIn('admin', PASSWORD)

async function postmaster(): Promise<number> {
  return Number(
    (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
  )
}

/** A process that has ended may wait for its parent as a zombie; that is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
}

const clusterFile = (name: string) => join(dataDir, 'postgres', name)

/** PostgreSQL removes its lock file at the end of a clean stop only. */
async function expectCleanlyStopped(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid)).toBe(false)
  expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid')
}

it('starts, keeps what was stored over a clean stop, and leaves no process behind', async () => {
  await forgetData()
  const first = start()
  await createMailServer(await signIn(await first.ready), { code: 'kept' })
  const pid = await postmaster()
  first.child.kill('SIGTERM')
  expect(await first.exited).toBe(0)
  await expect.poll(() => isAlive(pid)).toBe(false)
  const second = start()
  expect((await listMailServers(await signIn(await second.ready))).map((s) => s.code)).toEqual([
    'kept',
  ])
})

it('recovers after kill -9 of Mailroom, of PostgreSQL, and of both, without losing what it acknowledged', async () => {
  const codes: string[] = []
  for (const victim of ['mailroom', 'postgres', 'both'] as const) {
    const mailroom = start()
    const admin = await signIn(await mailroom.ready)
    await createMailServer(admin, { code: victim })
    codes.push(victim)
    const pid = await postmaster()
    if (victim !== 'mailroom') process.kill(pid, 'SIGKILL')
    if (victim === 'postgres') {
      mailroom.child.kill('SIGTERM')
    } else mailroom.child.kill('SIGKILL')
    await mailroom.exited
  }
  const last = start()
  expect((await listMailServers(await signIn(await last.ready))).map((s) => s.code)).toEqual(codes)
})

it('refuses a second instance on the same data folder in a sentence', async () => {
  const first = start()
  await first.ready
  const second = start()
  expect(await second.exited).toBe(1)
  expect(second.output()).toMatch(/Another Mailroom \(process \d+\) already uses the data folder/)
  expect(second.output()).not.toMatch(/ at .*\.js/)
  expect(await (await fetch(`${await first.ready}/readyz`)).json()).toEqual({ status: 'ready' })
})

it('lets exactly one of two that start at the same instant in', async () => {
  await forgetData()
  const both = [start(), start()]
  const outcomes = await Promise.all(
    both.map(({ ready }) =>
      ready.then(
        () => 'ready',
        () => 'refused',
      ),
    ),
  )
  expect(outcomes.sort()).toEqual(['ready', 'refused'])
})

it('runs as root from a folder that no other account may pass through, such as /root', async () => {
  await forgetData()
  await chmod(dataDir, 0o700)
  const first = start()
  await createMailServer(await signIn(await first.ready), { code: 'in-root' })
  first.child.kill('SIGKILL')
  await first.exited
  const second = start()
  expect((await listMailServers(await signIn(await second.ready))).map((s) => s.code)).toEqual([
    'in-root',
  ])
})

it('leaves no database behind when it is stopped while it starts', async () => {
  await forgetData()
  const mailroom = start()
  await expect.poll(() => mailroom.output(), { timeout: 60_000 }).toContain('Starting the database')
  mailroom.child.kill('SIGTERM')
  expect(await mailroom.exited).toBe(0)
  // Where it had been given up on, the database would write its file a little later.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid')
  expect(mailroom.output()).not.toMatch(/Preparing|ready/)
})

it('stops its database cleanly when the terminal is gone and nothing can be written any more', async () => {
  await forgetData()
  const terminal = spawn('script', ['-qec', `exec '${process.execPath}' '${MAIN}'`, '/dev/null'], {
    env: environment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let output = ''
  terminal.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  try {
    await expect.poll(() => output, { timeout: 60_000 }).toContain('Press Ctrl-C')
    const pid = await postmaster()
    const lock = await readFile(join(dataDir, 'mailroom.lock'), 'utf8')
    const mailroom = Number(/"pid":(\d+)/.exec(lock)?.[1])
    expect(await isAlive(mailroom)).toBe(true)
    terminal.kill('SIGKILL')
    await expect.poll(() => isAlive(mailroom), { timeout: 60_000 }).toBe(false)
    await expectCleanlyStopped(pid)
  } finally {
    terminal.kill('SIGKILL')
  }
})

it('stops its database cleanly however often Ctrl-C is pressed', async () => {
  const mailroom = start()
  await mailroom.ready
  const pid = await postmaster()
  const pressing = setInterval(() => signalTerminal(mailroom, 'SIGINT'), 10)
  const code = await mailroom.exited.finally(() => clearInterval(pressing))
  expect(code, mailroom.output()).toBe(0)
  await expectCleanlyStopped(pid)
  expect(mailroom.output()).not.toMatch(/error|failed| at .*\.js/)
})

it('recovers when the number of its killed database is that of another process now', async () => {
  const first = start()
  await createMailServer(await signIn(await first.ready), { code: 'kept' })
  const pid = await postmaster()
  first.child.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await first.exited
  const { uid, gid } = await stat(join(dataDir, 'postgres'))
  const stranger = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' })
  try {
    const lockFile = await readFile(clusterFile('postmaster.pid'), 'utf8')
    await writeFile(clusterFile('postmaster.pid'), lockFile.replace(/^\d+/, String(stranger.pid)))
    const second = start()
    expect((await listMailServers(await signIn(await second.ready))).map((s) => s.code)).toEqual([
      'kept',
    ])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  } finally {
    stranger.kill('SIGKILL')
  }
})

it('takes over the database that still runs when the data folder has another name now', async () => {
  const first = start()
  await first.ready
  const pid = await postmaster()
  first.child.kill('SIGKILL')
  await first.exited
  const link = `${dataDir}-link`
  await symlink(dataDir, link)
  try {
    const second = start({ MAILROOM_DATA_DIR: link })
    await second.ready
    expect(await postmaster()).toBe(pid)
    second.child.kill('SIGTERM')
    expect(await second.exited).toBe(0)
    await expectCleanlyStopped(pid)
  } finally {
    await rm(link)
  }
})

it('starts its database again when that alone is killed', async () => {
  const mailroom = start()
  const address = await mailroom.ready
  await createMailServer(await signIn(address), { code: 'kept' })
  const pid = await postmaster()
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => postmaster().catch(() => pid), { timeout: 60_000 }).not.toBe(pid)
  const readiness = async () => (await fetch(`${address}/readyz`)).status
  await expect.poll(readiness, { timeout: 60_000 }).toBe(200)
  expect((await listMailServers(await signIn(address))).map((s) => s.code)).toEqual(['kept'])
  mailroom.child.kill('SIGTERM')
  expect(await mailroom.exited).toBe(0)
  await expectCleanlyStopped(await postmaster().catch(() => 0))
})

it('ends with a sentence when its killed database does not start again', async () => {
  const mailroom = start()
  await mailroom.ready
  const pid = await postmaster()
  await rename(clusterFile('global/pg_control'), clusterFile('global/pg_control.away'))
  process.kill(pid, 'SIGKILL')
  expect(await mailroom.exited).toBe(1)
  expect(mailroom.output()).toContain('The database ended and could not be started again.')
})

it('lets exactly one of several take over from a process that was killed', async () => {
  await writeFile(
    join(dataDir, 'mailroom.lock'),
    JSON.stringify({ pid: 2 ** 22 - 1, startedAt: '1' }),
  )
  const code = `
    const { lockDataFolder } = await import(process.argv[1])
    await lockDataFolder(process.argv[2]).then(() => process.stdout.write('in'), () => process.stdout.write('out'))
    setTimeout(() => undefined, 3000)`
  const file = fileURLToPath(new URL('../../dist/db/data-folder.js', import.meta.url))
  const starters = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', code, file, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const answers = await Promise.all(
    starters.map(async (child) => {
      const [answer] = (await once(child.stdout, 'data')) as [Buffer]
      return answer.toString()
    }),
  )
  await Promise.all(starters.map((child) => once(child, 'exit')))
  expect(answers.sort()).toEqual(['in', 'out', 'out', 'out', 'out'])
})

it('is not kept out by the lock of a process whose number somebody else has now', async () => {
  await writeFile(
    join(dataDir, 'mailroom.lock'),
    JSON.stringify({ pid: process.pid, startedAt: '1' }),
  )
  expect(await start().ready).toContain('http://127.0.0.1:')
})

it('refuses data that a newer version has migrated', async () => {
  const first = start()
  await first.ready
  const url = await embeddedDatabaseUrl(dataDir)
  execFileSync(
    process.execPath,
    [
      '-e',
      `const pg = require('pg'); const c = new pg.Client(process.argv[1]); c.connect().then(() => c.query("INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Future9999999999999')")).then(() => c.end())`,
      url,
    ],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  )
  first.child.kill('SIGTERM')
  await first.exited
  const second = start()
  expect(await second.exited).toBe(1)
  expect(second.output()).toContain('A newer version of Mailroom has already upgraded this data.')
})

it('prints a set-up link on the first start only until somebody exists', async () => {
  await forgetData()
  const first = start({ MAILROOM_ADMIN_PASSWORD: '' })
  const address = await first.ready
  await expect.poll(() => first.output()).toMatch(/setup#token=[\w-]{43}/)
  const token = /token=([\w-]{43})/.exec(first.output())?.[1] ?? ''
  await new TestClient(address).ask(
    'mutation ($token: String!) { setUp(token: $token, loginName: "admin", password: "correct horse battery") { id } }',
    { token },
  )
  first.child.kill('SIGTERM')
  await first.exited
  const second = start({ MAILROOM_ADMIN_PASSWORD: '' })
  await second.ready
  expect(second.output()).not.toContain('setup#token')
})

it('ends when whoever launched it is gone', async () => {
  const mailroom = start()
  await mailroom.ready
  const pid = await postmaster()
  mailroom.child.disconnect()
  expect(await mailroom.exited).toBe(0)
  await expect.poll(() => isAlive(pid)).toBe(false)
})

it('says in a sentence which setting is wrong and which port is taken', async () => {
  expect(await start({ PORT: 'eighty' }).exited).toBe(1)
  expect(running[0]?.output()).toContain('PORT must be a whole number from 0 to 65535.')
  const port = new URL(await start().ready).port
  const other = await mkdtemp(join(tmpdir(), 'mailroom-process-'))
  await chmod(other, 0o755)
  const second = start({ PORT: port, MAILROOM_DATA_DIR: other })
  expect(await second.exited).toBe(1)
  expect(second.output()).toContain(`Port ${port} is already in use.`)
  await rm(other, { recursive: true, force: true })
})
