import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let dataDir: string
beforeEach(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'mailroom-key-'))
})
afterEach(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Starts with the key of the data folder unless `key` is one, and stops again. */
async function start(key = ''): Promise<void> {
  const env = { MAILROOM_DATA_DIR: dataDir, MAILROOM_SECRET_KEY: key }
  await (await startApi(database.url, env)).close()
}

it('makes a key of its own in the data folder, for its owner alone, and finds it again', async () => {
  await Promise.all([start(), start()])
  const file = join(dataDir, 'secret.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const key = await readFile(file, 'utf8')
  await start()
  expect(await readFile(file, 'utf8')).toBe(key)
})

it('refuses another key than the one that the secrets were encrypted with', async () => {
  await start(randomBytes(32).toString('base64'))
  await expect(start(randomBytes(32).toString('hex'))).rejects.toThrow(
    'The secret key is not the one',
  )
})

it('makes no new key where the old one is missing', async () => {
  await start()
  await rm(join(dataDir, 'secret.key'))
  await expect(start()).rejects.toThrow('secrets were encrypted with is missing')
  await expect(stat(join(dataDir, 'secret.key'))).rejects.toThrow('ENOENT')
})

it('refuses a key file that is cut, or that others may read', async () => {
  await start()
  const file = join(dataDir, 'secret.key')
  await chmod(file, 0o644)
  await expect(start()).rejects.toThrow('chmod 600')
  await chmod(file, 0o600)
  await writeFile(file, 'c2hvcnQ=')
  await expect(start()).rejects.toThrow('must be 32 random bytes')
})
