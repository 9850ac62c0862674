import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { TestClient } from '../support/api.js'

const dist = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url))
const PASSWORD = 'correct horse battery'

let dataDir: string
let mailroom: ChildProcess | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mailroom-command-'))
  await chmod(dataDir, 0o755)
})
afterEach(async () => {
  await stopMailroom()
  await rm(dataDir, { recursive: true, force: true })
})

const environment = () => ({
  ...process.env,
  PORT: '0',
  MAILROOM_DATA_DIR: dataDir,
  MAILROOM_ADMIN_PASSWORD: PASSWORD,
})

/** Resolves to its address. */
async function startMailroom(): Promise<string> {
  const child = spawn(process.execPath, [dist('main.js')], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  mailroom = child
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /ready: (http:\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(said)))
  })
}

async function stopMailroom(): Promise<void> {
  if (mailroom === undefined || mailroom.exitCode !== null) return
  mailroom.kill('SIGTERM')
  await once(mailroom, 'exit')
}

async function rotate(): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [dist('rotate-secrets.js')], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, said }
}

const key = () => readFile(join(dataDir, 'secret.key'), 'utf8')

async function hasSecret(client: TestClient): Promise<boolean> {
  const { oauthProviders } = await client.ask<{ oauthProviders: { hasClientSecret: boolean }[] }>(
    '{ oauthProviders { hasClientSecret } }',
  )
  return oauthProviders.every(({ hasClientSecret }) => hasClientSecret)
}

it('finds the database of the Mailroom that runs, and leaves it running', async () => {
  const client = await new TestClient(await startMailroom()).signIn('admin', PASSWORD)
  await client.ask(
    'mutation ($input: OAuthProviderInput!) { createOAuthProvider(input: $input) { id } }',
    { input: { name: 'P', preset: 'GOOGLE', clientId: 'id', clientSecret: 'hush' } },
  )
  const before = await key()
  const { code, said } = await rotate()
  expect([code, said]).toEqual([0, expect.stringContaining('oauth_provider: 1')])
  expect(await key()).not.toBe(before)
  expect(await hasSecret(client)).toBe(true)
})

it('starts the database where Mailroom does not run, and stops it again', async () => {
  await startMailroom()
  await stopMailroom()
  const before = await key()
  const { code, said } = await rotate()
  expect([code, said]).toEqual([0, expect.stringContaining('Starting the database')])
  expect(await key()).not.toBe(before)
  await expect(access(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  await startMailroom()
})

it('makes nothing where there is no Mailroom', async () => {
  const { code, said } = await rotate()
  expect([code, said]).toEqual([1, expect.stringContaining('There is no database in')])
})
