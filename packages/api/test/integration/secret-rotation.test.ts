import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { DataSource } from 'typeorm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { rotateSecrets, type RotationEvent } from '../../src/secret/rotate-secrets.js'
import { asPlaintext, type SecretBox } from '../../src/secret/secret-box.js'
import { placeIn, secretTables } from '../../src/secret/secret-column.js'
import { createSecretKey, formatSecretKey, type SecretKey } from '../../src/secret/secret-key.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { boxOf, fileKeys, plantSecrets, readSecrets } from '../support/secrets-kit.js'

const COMMAND = fileURLToPath(new URL('../../dist/rotate-secrets.js', import.meta.url))
/** What of bytea is no secret: hashes, the proof of the key itself, and mail (decision 22). */
const NO_SECRETS = [
  'api_token.token_hash',
  'message.sha256',
  'message_source_part.bytes',
  'oauth_sign_in.session_hash',
  'oauth_sign_in.state_hash',
  'received_identity.id_key',
  'received_identity.mailbox_key',
  'received_identity.sha256',
  'secret_key_check.sealed',
  'session.token_hash',
  'set_up_link.token_hash',
  'unreceived_message.id_key',
  'unreceived_message.mailbox_key',
  'upload_part.bytes',
]

let database: TestDatabase
let dataDir: string
const running: TestApi[] = []
beforeEach(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'mailroom-rotation-'))
})
afterEach(async () => {
  for (const api of running.splice(0)) await api.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** A Mailroom whose key is in the data folder, unless the environment has one. */
async function start(env: Record<string, string> = {}): Promise<TestApi> {
  const api = await startApi(database.url, {
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_SECRET_KEY: '',
    ...env,
  })
  running.push(api)
  return api
}

async function stopAll(): Promise<void> {
  for (const api of running.splice(0)) await api.close()
}

interface Given {
  readonly secretKey?: SecretKey
  readonly oldSecretKeys?: SecretKey[]
  readonly newSecretKey?: SecretKey
  readonly waitMs?: number
  /** May cut the rotation off. */
  readonly around?: (dataSource: DataSource) => DataSource
  readonly say?: (sentence: string) => void
}

/** One run of the rotation in this process; answers what it recorded. */
async function rotate({
  around,
  say = () => undefined,
  waitMs = 10_000,
  ...keys
}: Given = {}): Promise<RotationEvent[]> {
  const dataSource = createDataSource(database.url)
  await dataSource.initialize()
  const events: RotationEvent[] = []
  try {
    await rotateSecrets({
      dataSource: around?.(dataSource) ?? dataSource,
      waitMs,
      source: {
        secretKey: undefined,
        newSecretKey: undefined,
        oldSecretKeys: [],
        dataDir,
        ...keys,
      },
      say,
      record: (_manager, event) => {
        events.push(event)
        return Promise.resolve()
      },
    })
    return events
  } finally {
    await dataSource.destroy()
  }
}

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(database.url)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

const keyIdsOf = async (box: SecretBox) => [
  ...new Set((await readSecrets(database.url, box)).map(({ keyId }) => keyId)),
]
const textsOf = async (box: SecretBox) =>
  (await readSecrets(database.url, box)).map(({ place, text }) => `${place} ${text}`)

describe('what is a secret', () => {
  it('is declared as one: every other column of bytes is known to be none', async () => {
    const dataSource = createDataSource(database.url)
    await dataSource.initialize()
    const declared = secretTables(dataSource).flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column}`),
    )
    await dataSource.destroy()
    const columns = await query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea'`,
    )
    expect(columns.map(({ name }) => name).toSorted()).toEqual(
      [...declared, ...NO_SECRETS].toSorted(),
    )
  })

  it('is refused by the database itself under a key that is not in use', async () => {
    await start()
    const box = boxOf(fileKeys(dataDir))
    await plantSecrets(database.url, box, 1)
    const dataSource = createDataSource(database.url)
    await dataSource.initialize()
    const stranger = boxOf({ ...fileKeys(dataDir), secretKey: createSecretKey() })
    expect(secretTables(dataSource).length).toBeGreaterThan(3)
    for (const { name, key, columns } of secretTables(dataSource)) {
      for (const column of columns) {
        const [row] = await dataSource.query<{ id: string | Buffer }[]>(
          `SELECT "${key}" AS id FROM "${name}" LIMIT 1`,
        )
        if (row === undefined) throw new Error(`nothing planted in ${name}`)
        const sealed = stranger.seal(asPlaintext('x'), placeIn(name, column, row.id))
        await expect(
          dataSource.query(`UPDATE "${name}" SET "${column}" = $1 WHERE "${key}" = $2`, [
            sealed,
            row.id,
          ]),
        ).rejects.toThrow('a key that is not in use')
      }
    }
    await dataSource.destroy()
  })
})

describe('with the key in the data folder', () => {
  it('encrypts everything with a new key beside a running Mailroom, which goes on with it', async () => {
    const api = await start()
    const admin = await api.admin()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 3)
    const [oldId] = boxOf(fileKeys(dataDir)).keyIds
    const before = await textsOf(boxOf(fileKeys(dataDir)))
    const events = await rotate()
    const box = boxOf(fileKeys(dataDir))
    const [newId] = box.keyIds
    expect(newId).not.toBe(oldId)
    expect(before).not.toEqual([])
    expect(await keyIdsOf(box)).toEqual([newId])
    expect(await textsOf(box)).toEqual(before)
    expect(events).toEqual([
      { kind: 'taken', keyId: newId },
      { kind: 'retired', keyId: oldId, by: newId, count: before.length },
    ])
    await createProvider(admin, 'after')
    expect(await keyIdsOf(box)).toEqual([newId])
    expect(await readdir(dataDir)).toEqual(['secret.key', `secret.key.${oldId}.old`])
  })

  it('needs the old key no more: it can be deleted, and Mailroom starts and reads', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 2)
    const [oldId] = boxOf(fileKeys(dataDir)).keyIds
    await rotate()
    await stopAll()
    await rm(join(dataDir, `secret.key.${oldId}.old`))
    await start()
    expect((await textsOf(boxOf(fileKeys(dataDir)))).length).toBeGreaterThan(0)
  })

  it('names of the old keys those whose files are there, and none of the environment', async () => {
    const fromEnvironment = createSecretKey()
    await start({ MAILROOM_OLD_SECRET_KEYS: formatSecretKey(fromEnvironment) })
    const said: string[] = []
    const given = { oldSecretKeys: [fromEnvironment], say: (each: string) => said.push(each) }
    await rotate(given)
    await rotate(given)
    const old = (await readdir(dataDir)).filter((name) => name.endsWith('.old')).toSorted()
    expect(old).toHaveLength(2)
    const named = said.findLast((each) => each.startsWith('Done')) ?? ''
    expect([...named.matchAll(/secret\.key\.\w+\.old/g)].map(String).toSorted()).toEqual(old)
    expect(said.at(-1)).toContain('MAILROOM_OLD_SECRET_KEYS is no longer needed')
  })

  it('stops before a process with that key in its environment, and says where the new one is', async () => {
    await start()
    await stopAll()
    const key = await readFile(join(dataDir, 'secret.key'), 'utf8')
    await start({ MAILROOM_SECRET_KEY: key.trim() })
    await expect(rotate({ waitMs: 500 })).rejects.toThrow(
      `the key in ${join(dataDir, 'secret.key.next')} in MAILROOM_OLD_SECRET_KEYS`,
    )
    expect(await query('SELECT key_id FROM secret_key_check')).toHaveLength(1)
  })

  it('takes the key that it is given', async () => {
    await start()
    const newSecretKey = createSecretKey()
    await rotate({ newSecretKey })
    expect((await readFile(join(dataDir, 'secret.key'), 'utf8')).trim()).toBe(
      formatSecretKey(newSecretKey),
    )
  })

  it('a backup made before is read again with the old key beside, and rotated again', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 2)
    await stopAll()
    const before = await textsOf(boxOf(fileKeys(dataDir)))
    const backup = await query<{ id: string; sealed: Buffer }>(
      'SELECT id, client_secret AS sealed FROM oauth_provider WHERE client_secret IS NOT NULL',
    )
    const checks = await query<{ key_id: string; sealed: Buffer }>(
      'SELECT key_id, sealed FROM secret_key_check',
    )
    await rotate()
    // As a restored dump has it: the records and the proof of the old key, and nothing of the new one.
    await query('DELETE FROM oauth_grant')
    await query('DELETE FROM mail_account')
    await query('DELETE FROM oauth_sign_in')
    await query('UPDATE oauth_provider SET client_secret = NULL')
    await query('DELETE FROM secret_key_check')
    for (const { key_id, sealed } of checks) {
      await query('INSERT INTO secret_key_check (key_id, sealed) VALUES ($1, $2)', [key_id, sealed])
    }
    for (const { id, sealed } of backup) {
      await query('UPDATE oauth_provider SET client_secret = $2 WHERE id = $1', [id, sealed])
    }
    await start()
    const box = boxOf(fileKeys(dataDir))
    expect(backup).not.toEqual([])
    expect(await textsOf(box)).toHaveLength(backup.length)
    expect(before).toEqual(expect.arrayContaining(await textsOf(box)))
    await rotate()
    expect(await keyIdsOf(box)).toEqual([box.keyIds[0]])
    expect(await textsOf(box)).toHaveLength(backup.length)
  })

  it('cut off before any of its steps, everything stays readable, and the next run ends it', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 2)
    const before = await textsOf(boxOf(fileKeys(dataDir)))
    expect(before).not.toEqual([])
    let hasEnded = false
    let cuts = 0
    for (; !hasEnded; cuts += 1) {
      hasEnded = await rotate({ around: (source) => cutOff(source, cuts) }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && error.message === 'cut off') return false
          throw error
        },
      )
      // Whoever starts now, and whoever runs, reads it all.
      await start()
      expect(await textsOf(boxOf(fileKeys(dataDir)))).toEqual(before)
      await stopAll()
      if (hasEnded) break
      await rotate()
      const box = boxOf(fileKeys(dataDir))
      expect(await textsOf(box)).toEqual(before)
      expect(await keyIdsOf(box)).toEqual([box.keyIds[0]])
    }
    expect(cuts).toBeGreaterThan(8)
  })

  it('two at once: one works, the other says so', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 50)
    const results = await Promise.allSettled([rotate(), rotate()])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const box = boxOf(fileKeys(dataDir))
    expect(await keyIdsOf(box)).toEqual([box.keyIds[0]])
  })

  it('10,000 secrets, killed again and again amid traffic: none is lost, doubled or left behind', async () => {
    const api = await start()
    const admin = await api.admin()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 2_000)
    const expected = new Map(
      (await readSecrets(database.url, boxOf(fileKeys(dataDir)))).map((s) => [s.place, s.text]),
    )
    expect(expected.size).toBeGreaterThanOrEqual(10_000)
    const traffic = startTraffic(admin)
    for (let kills = 0; ; kills += 1) {
      const child = spawn(process.execPath, [COMMAND], {
        env: { ...process.env, DATABASE_URL: database.url, MAILROOM_DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let lines = 0
      const wanted = kills + 1
      // Killed a little later each time: after its first sentence, after its second …
      child.stdout.on('data', (chunk: Buffer) => {
        lines += chunk.toString().split('\n').length - 1
        if (lines >= wanted && kills < 4) child.kill('SIGKILL')
      })
      await once(child, 'exit')
      if (child.exitCode !== null) {
        expect(child.exitCode).toBe(0)
        expect(kills).toBeGreaterThan(2)
        break
      }
    }
    const written = await traffic.stop()
    expect(written.size).toBe(2)
    for (const [place, text] of written) expected.set(place, text)
    await createProvider(admin, 'last')
    const box = boxOf(fileKeys(dataDir))
    const secrets = await readSecrets(database.url, box)
    expect([...new Set(secrets.map(({ keyId }) => keyId))]).toEqual([box.keyIds[0]])
    const stored = new Map(secrets.map(({ place, text }) => [place, text]))
    for (const [place, text] of expected) expect([place, stored.get(place)]).toEqual([place, text])
  }, 600_000)

  it('is told: which key came, which one went, and how many secrets were sealed anew', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 1)
    const [oldId] = boxOf(fileKeys(dataDir)).keyIds
    const child = spawn(process.execPath, [COMMAND], {
      env: { ...process.env, DATABASE_URL: database.url, MAILROOM_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child, 'exit')
    const [newId] = boxOf(fileKeys(dataDir)).keyIds
    const events = await query<{ action: string; subject_name: string; changes: object }>(
      "SELECT action, subject_name, changes FROM audit_event WHERE subject = 'SECRET_KEY' ORDER BY id",
    )
    expect(events).toEqual([
      { action: 'CREATE', subject_name: oldId, changes: [] },
      { action: 'CREATE', subject_name: newId, changes: [] },
      {
        action: 'DELETE',
        subject_name: oldId,
        changes: [
          { field: 'keyId', old: oldId, new: newId },
          { field: 'resealed', old: null, new: '7' },
        ],
      },
    ])
    expect(said).toContain(`secret.key.${oldId}.old`)
    const keys = await Promise.all(
      (await readdir(dataDir)).map((name) => readFile(join(dataDir, name), 'utf8')),
    )
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(said).not.toContain(key.trim())
  })

  it('a secret that no key opens is named, and the old key stays until it is mended', async () => {
    await start()
    await plantSecrets(database.url, boxOf(fileKeys(dataDir)), 2)
    const [broken] = await query<{ id: string }>(
      `UPDATE oauth_provider SET client_secret = client_secret || '\\x00'
       WHERE id = (SELECT id FROM oauth_provider WHERE client_secret IS NOT NULL LIMIT 1) RETURNING id`,
    )
    await expect(rotate()).rejects.toThrow(`oauth_provider.client_secret of ${broken?.id}`)
    expect(await query('SELECT 1 FROM secret_key_check WHERE retired_at IS NOT NULL')).toEqual([])
    await query('UPDATE oauth_provider SET client_secret = NULL WHERE id = $1', [broken?.id])
    await rotate()
    const box = boxOf(fileKeys(dataDir))
    expect(await keyIdsOf(box)).toEqual([box.keyIds[0]])
  })
})

describe('with the key in the environment', () => {
  const [oldKey, newKey] = [createSecretKey(), createSecretKey()]
  const OLD = formatSecretKey(oldKey)
  const NEW = formatSecretKey(newKey)
  const newBox = () => boxOf({ secretKey: newKey, oldSecretKeys: [], dataDir })

  it('says how to begin where there is but one key', async () => {
    await start({ MAILROOM_SECRET_KEY: OLD })
    await expect(rotate({ secretKey: oldKey })).rejects.toThrow('MAILROOM_OLD_SECRET_KEYS')
  })

  it('is ended by one run after a start with both keys, and then needs the old one no more', async () => {
    await start({ MAILROOM_SECRET_KEY: OLD })
    await plantSecrets(database.url, boxOf({ secretKey: oldKey, oldSecretKeys: [], dataDir }), 2)
    await stopAll()
    await start({ MAILROOM_SECRET_KEY: NEW, MAILROOM_OLD_SECRET_KEYS: OLD })
    await rotate({ secretKey: newKey, oldSecretKeys: [oldKey] })
    await stopAll()
    await start({ MAILROOM_SECRET_KEY: NEW })
    expect(await keyIdsOf(newBox())).toEqual([newKey.id])
    await expect(start({ MAILROOM_SECRET_KEY: OLD })).rejects.toThrow('has been replaced')
  })

  it('changes nothing while a process runs that could not read the new key', async () => {
    await start({ MAILROOM_SECRET_KEY: OLD })
    await expect(rotate({ secretKey: oldKey, newSecretKey: newKey, waitMs: 500 })).rejects.toThrow(
      'cannot read with the new key',
    )
    expect(await query('SELECT key_id FROM secret_key_check')).toEqual([{ key_id: oldKey.id }])
  })

  it('does not end while a process still encrypts with the old key; nothing it writes is lost', async () => {
    const api = await start({ MAILROOM_SECRET_KEY: OLD, MAILROOM_OLD_SECRET_KEYS: NEW })
    const admin = await api.admin()
    await expect(rotate({ secretKey: oldKey, newSecretKey: newKey, waitMs: 500 })).rejects.toThrow(
      'still encrypts with another one',
    )
    await createProvider(admin, 'meanwhile')
    await stopAll()
    await start({ MAILROOM_SECRET_KEY: NEW, MAILROOM_OLD_SECRET_KEYS: OLD })
    await rotate({ secretKey: newKey, oldSecretKeys: [oldKey] })
    expect(await textsOf(newBox())).toEqual([expect.stringContaining('secret of meanwhile')])
  })

  it('refuses to start where part of the secrets is under a key that is missing', async () => {
    await start({ MAILROOM_SECRET_KEY: OLD })
    await stopAll()
    await start({ MAILROOM_SECRET_KEY: NEW, MAILROOM_OLD_SECRET_KEYS: OLD })
    await stopAll()
    await expect(start({ MAILROOM_SECRET_KEY: NEW })).rejects.toThrow(oldKey.id)
  })
})

const INPUT = {
  preset: 'GOOGLE',
  clientId: 'id',
  scopes: '',
  flow: 'AUTHORIZATION_CODE',
}

async function createProvider(admin: TestClient, name: string): Promise<string> {
  const { createOAuthProvider } = await admin.ask<{ createOAuthProvider: { id: string } }>(
    'mutation ($input: OAuthProviderInput!) { createOAuthProvider(input: $input) { id } }',
    { input: { ...INPUT, name, clientSecret: `secret of ${name}` } },
  )
  return createOAuthProvider.id
}

/** People who go on setting secrets; answers, at its end, what must be stored, by its place. */
function startTraffic(admin: TestClient): { stop(): Promise<Map<string, string>> } {
  const stored = new Map<string, string>()
  let isOver = false
  const write = async () => {
    const id = await createProvider(admin, 'busy')
    for (let version = 1; !isOver; version += 1) {
      const clientSecret = `secret ${version}`
      await admin.ask(
        'mutation ($id: ID!, $version: Int!, $input: OAuthProviderInput!) { updateOAuthProvider(id: $id, version: $version, input: $input) { id } }',
        { id, version, input: { ...INPUT, name: 'busy', clientSecret } },
      )
      stored.set(`oauth_provider.client_secret.${id}`, clientSecret)
    }
  }
  const writers = [write(), write()]
  return {
    stop: async () => {
      isOver = true
      await Promise.all(writers)
      return stored
    },
  }
}

/** Lets so many steps happen and then none, as a kill does. */
function cutOff(dataSource: DataSource, steps: number): DataSource {
  let left = steps
  return new Proxy(dataSource, {
    get(target, name): unknown {
      if (name === 'query' || name === 'transaction') left -= 1
      if (left < 0) throw new Error('cut off')
      return Reflect.get(target, name)
    },
  })
}
