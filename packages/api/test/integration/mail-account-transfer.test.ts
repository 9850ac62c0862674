import fs from 'node:fs'
import { ACCOUNT_IMPORT_MAX_ROWS } from '@mailroom/shared'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  UPDATE_ACCOUNT,
  accountInput,
  addPerson,
  createAccount,
  listAccounts,
  type Person,
  type ReadAccount,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { LOCK_NAMESPACE, Lock } from '../../src/db/migrate.js'
import { parseSecretKey } from '../../src/secret/secret-key.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  DELETE,
  UPDATE,
  createMailServer,
  serverInput,
  type ReadServer,
} from '../support/mail-servers-kit.js'
import { CREATE_PROVIDER } from '../support/oauth-kit.js'
import { boxOf, readSecrets } from '../support/secrets-kit.js'
import { toShiftJis } from '../support/shift-jis.js'
import {
  MAIL_ACCOUNTS,
  base64,
  download,
  failImport,
  importFile,
  preview,
} from '../support/transfer-kit.js'
import { DELETE_USER } from '../support/users-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let hanako: Person
let main: ReadServer
/** Its accounts have a name and password of their own for sending. */
let own: ReadServer

const KEY = 'f3c19a5d0b7e48216c5f9e3a7d1b04c8e6a2905f7c3d1e8b4a6f0c9d2e5b7a13'
const OWN_SENDING = { authMethod: 'PLAIN', credentials: 'OUTGOING', host: 'smtp.own.jp' }

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_SECRET_KEY: KEY })
  admin = await api.admin()
  hanako = await addPerson(api, database, 'hanako')
  await addPerson(api, database, 'jiro')
  main = await createMailServer(admin, { code: 'MAIN', name: '本社メール' })
  own = await createMailServer(admin, { code: 'own', name: '大阪', outgoing: OWN_SENDING })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})
beforeEach(() => database.query('DELETE FROM mail_account'))

/** Those that go away while an import waits. */
let spare: ReadServer
let guest: Person

/** A line of all twelve columns. */
function line(code: string, cells: Partial<Record<keyof typeof CELLS, string>> = {}): string {
  return [code, ...Object.values({ ...CELLS, email: `${code}@example.jp`, ...cells })].join(',')
}
const CELLS = {
  name: '山田',
  email: '',
  owner: 'hanako',
  server: 'main',
  incoming: 'yamada',
  incomingPassword: '',
  outgoing: '',
  outgoingPassword: '',
  leave: '1',
  days: '',
  disabled: '0',
}
const lines = (...codes: string[]) => codes.map((code) => line(code)).join('\r\n')

const byCode = async (): Promise<Record<string, ReadAccount>> =>
  Object.fromEntries((await listAccounts(admin)).map((account) => [account.code, account]))

/** What is stored of passwords, byte by byte. */
const stored = () =>
  database.rows(
    'SELECT code, oauth_grant_id, incoming_password, outgoing_password, version FROM mail_account ORDER BY code_key',
  )

describe('a preview', () => {
  it('says of each row whether it is added, changed, the same or refused, and changes nothing', async () => {
    await importFile(admin, MAIL_ACCOUNTS, lines('same', 'changed'))
    const before = await listAccounts(admin)
    const answer = await preview(
      admin,
      MAIL_ACCOUNTS,
      [
        line('same'),
        line('ＣＨＡＮＧＥＤ', { email: 'changed@example.jp', owner: 'JIRO', disabled: '1' }),
        line('new'),
        line('bad', { email: 'nobody', owner: 'ghost', server: 'none', leave: 'はい', days: '0' }),
        line('empty', { owner: '', server: '', incoming: ' ' }),
      ].join('\n'),
    )
    expect(answer.rows.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['same', 'SAME'],
      ['ＣＨＡＮＧＥＤ', 'CHANGE'],
      ['new', 'ADD'],
      ['bad', 'REFUSED'],
      ['empty', 'REFUSED'],
    ])
    expect(answer.rows[1]?.changes.map(({ field, old, new: now }) => [field, old, now])).toEqual([
      ['code', 'changed', 'ＣＨＡＮＧＥＤ'],
      ['userId', 'hanako', 'jiro'],
      ['disabled', '0', '1'],
    ])
    expect(answer.rows[2]?.about).toBe('山田 · new@example.jp · hanako · 本社メール')
    expect(answer.rows[3]?.refusals.map(({ label, rule }) => [label, rule])).toEqual([
      ['E-mail address', 'email'],
      ['Login name', 'loginName'],
      ['Mail server code', 'mailServerCode'],
      ['Leave mail on the incoming server', 'choice'],
      ['Days until it is deleted', 'min'],
    ])
    expect(answer.rows[4]?.refusals.map(({ field, rule }) => [field, rule])).toEqual([
      ['userId', 'required'],
      ['mailServerId', 'required'],
      ['incomingUsername', 'required'],
    ])
    expect(await listAccounts(admin)).toEqual(before)
  })

  it('tells what a change of server does to what is stored', async () => {
    const passwords = { incomingPassword: 'one', outgoingPassword: 'two' }
    await createAccount(admin, hanako.id, own.id, {
      code: 'a',
      outgoingUsername: 'x',
      ...passwords,
    })
    const { rows } = await preview(admin, MAIL_ACCOUNTS, 'code,mailServerId\na,MAIN')
    expect(rows[0]?.changes).toMatchObject([
      { field: 'mailServerId', old: 'own', new: 'MAIN' },
      { field: 'outgoingUsername', old: 'x', new: null },
      {
        label: 'Stored passwords are sent to',
        old: 'imap.example.co.jp :993, smtp.own.jp :465',
        new: 'imap.example.co.jp :993, smtp.example.co.jp :465',
      },
      { label: 'Outgoing password', old: null, new: null, isSecret: true, isRemoved: true },
    ])
    await importFile(admin, MAIL_ACCOUNTS, 'code,mailServerId\na,MAIN')
    expect((await byCode())['a']).toMatchObject({
      hasIncomingPassword: true,
      hasOutgoingPassword: false,
    })
  })

  it('refuses more rows than can be', async () => {
    const length = ACCOUNT_IMPORT_MAX_ROWS + 2
    const file = Array.from({ length }, (_, n) => line(`A-${n}`)).join('\n')
    const error = await admin.fail(MAIL_ACCOUNTS.preview, { file: base64(file) })
    expect(error.extensions.fields).toMatchObject([{ path: 'file', rule: 'tooMany' }])
  })
})

describe('an import', () => {
  it('adds, changes, and leaves alone what is the same or not in the file', async () => {
    await importFile(admin, MAIL_ACCOUNTS, lines('a', 'b', 'c'))
    const file = [line('B', { email: 'b@example.jp', name: '' }), line('c'), line('d')].join('\n')
    expect(await importFile(admin, MAIL_ACCOUNTS, file)).toEqual({
      added: 1,
      changed: 1,
      unchanged: 1,
    })
    const all = await byCode()
    expect(Object.values(all).map(({ code, version }) => [code, version])).toEqual([
      ['a', 1],
      ['B', 2],
      ['c', 1],
      ['d', 1],
    ])
    // A blank name is the address.
    expect(all['B']?.name).toBe('b@example.jp')
    expect(all['d']).toMatchObject({
      user: { loginName: 'hanako' },
      mailServer: { code: 'MAIN' },
      leaveOnServer: true,
      deleteAfterDays: null,
      enabled: true,
    })
  })

  it('changes nothing where a single row is refused, and says which cells', async () => {
    await importFile(admin, MAIL_ACCOUNTS, lines('a'))
    const before = await listAccounts(admin)
    const file = [line('a', { name: '変更' }), line('new'), line('bad', { days: '3651' })]
    const error = await failImport(admin, MAIL_ACCOUNTS, file.join('\n'))
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: '3.deleteAfterDays', rule: 'max' }],
    })
    expect(await listAccounts(admin)).toEqual(before)
  })

  it('keeps stored passwords where the file has none, and sets those that it has as they stand', async () => {
    // What other cells have in front of a formula is a part of a password.
    const secret = "'=1+1 "
    await importFile(
      admin,
      MAIL_ACCOUNTS,
      line('a', { incomingPassword: 'first', outgoingPassword: 'second', server: 'own' }),
    )
    const [before] = await stored()
    await importFile(admin, MAIL_ACCOUNTS, line('a', { name: '改名', server: 'own' }))
    expect(await stored()).toEqual([{ ...before, version: 2 }])

    await importFile(
      admin,
      MAIL_ACCOUNTS,
      line('a', { name: '改名', server: 'own', incomingPassword: secret }),
    )
    const [after] = await stored()
    expect(after?.['outgoing_password']).toEqual(before?.['outgoing_password'])
    const box = boxOf({ secretKey: parseSecretKey(KEY, 'test'), oldSecretKeys: [], dataDir: '' })
    const texts = (await readSecrets(database.url, box)).map(({ text }) => text)
    expect(texts.filter((text) => text === secret || text === 'second')).toHaveLength(2)
  })

  it('does what was confirmed, and nothing once that would be something else', async () => {
    await importFile(admin, MAIL_ACCOUNTS, lines('a', 'b'))
    const file = [line('a', { incomingPassword: 'mine' }), line('b'), line('c')].join('\n')
    const { digest } = await preview(admin, MAIL_ACCOUNTS, file)
    const changed = async () => (await stored()).map(({ version }) => version)

    // Another password is another file.
    const other = file.replace('mine', 'others')
    expect((await failImport(admin, MAIL_ACCOUNTS, other, digest)).extensions.code).toBe('CONFLICT')
    const { a } = await byCode()
    const input = accountInput(hanako.id, main.id, { code: 'a' })
    const second = await api.admin()
    await second.ask(UPDATE_ACCOUNT, { id: a?.id, version: 1, input })
    expect((await failImport(admin, MAIL_ACCOUNTS, file, digest)).extensions.code).toBe('CONFLICT')
    expect(await changed()).toEqual([2, 1])

    const again = await preview(admin, MAIL_ACCOUNTS, file)
    expect(await importFile(admin, MAIL_ACCOUNTS, file, again.digest)).toMatchObject({
      added: 1,
      changed: 1,
    })
    expect(await changed()).toEqual([3, 1, 1])
  })

  it.each([
    [
      'a server that is deleted',
      () =>
        database.query(
          `UPDATE mail_server SET deleted_at = now(), position = NULL, version = version + 1 WHERE id = '${spare.id}'`,
        ),
    ],
    [
      'a server that asks for something else',
      () =>
        admin.ask(UPDATE, {
          ...{ id: spare.id, version: 1 },
          input: serverInput({ outgoing: OWN_SENDING }),
        }),
    ],
    ['a code that is given away', () => createAccount(admin, hanako.id, main.id, { code: 'new' })],
    [
      'an account that is changed',
      async () => {
        const input = accountInput(hanako.id, main.id, { code: 'old' })
        await admin.ask(UPDATE_ACCOUNT, { id: (await byCode())['old']?.id, version: 1, input })
      },
    ],
    ['a person who is deleted', () => admin.ask(DELETE_USER, { id: guest.id })],
  ])('saves nothing where it meets %s since it was planned', async (what, change) => {
    spare = await createMailServer(admin, { name: what })
    guest = await addPerson(api, database, crypto.randomUUID())
    const [{ login_name: guestName = '' } = {}] = await database.rows(
      `SELECT login_name FROM app_user WHERE id = '${guest.id}'`,
    )
    await importFile(admin, MAIL_ACCOUNTS, line('old'))
    const file = [
      line('old', { name: '改名', server: spare.code }),
      line('new', { server: spare.code, owner: String(guestName) }),
    ].join('\n')
    let then: ReadAccount[] = []
    const error = await whileSavingWaits(
      () => failImport(admin, MAIL_ACCOUNTS, file),
      async () => {
        await change()
        then = await listAccounts(admin)
      },
    )
    expect(error.extensions.code).toBe('CONFLICT')
    expect(await listAccounts(admin)).toEqual(then)
  })

  it('saves nothing where only the last of many parts cannot be', async () => {
    const codes = Array.from({ length: 4_100 }, (_, n) => `part-${n}`)
    // By code the last, which is in the last part.
    const last = codes.toSorted().at(-1)
    const since = await lastEvent()
    const error = await whileSavingWaits(
      () => failImport(admin, MAIL_ACCOUNTS, lines(...codes)),
      async () => void (await createAccount(admin, hanako.id, main.id, { code: last })),
    )
    expect(error.extensions.code).toBe('CONFLICT')
    expect((await listAccounts(admin)).map(({ code }) => code)).toEqual([last])
    expect(
      await database.rows(`SELECT subject_name FROM audit_event WHERE id > '${since}'`),
    ).toHaveLength(1)
  })

  it('of the same file twice at once is done once, whatever its order', async () => {
    const codes = Array.from({ length: 50 }, (_, n) => `c-${n}`)
    await importFile(admin, MAIL_ACCOUNTS, lines(...codes.slice(0, 25)))
    const changed = codes.map((code) => line(code, { name: '改名' }))
    const answers = await Promise.all(
      [changed, changed.toReversed(), changed, changed.toReversed()].map((file) =>
        admin.send(MAIL_ACCOUNTS.import, { file: base64(file.join('\n')) }),
      ),
    )
    const refused = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code))
    expect(refused.filter((code) => code !== 'CONFLICT')).toEqual([])
    expect(refused.length).toBeLessThan(4)
    const all = await listAccounts(admin)
    expect(all.map(({ name }) => name)).toEqual(codes.map(() => '改名'))
    expect(all.filter(({ version }) => version === 2)).toHaveLength(25)
  })

  it('reads Shift_JIS and UTF-8 with and without a mark', async () => {
    const text = line('能', { name: '表示①ｶﾅ' })
    const files = [toShiftJis(text), Buffer.from(`\ufeff${text}`), Buffer.from(text)]
    for (const [place, file] of files.entries()) {
      const { encoding } = await preview(admin, MAIL_ACCOUNTS, file)
      expect(encoding).toBe(place === 0 ? 'SHIFT_JIS' : 'UTF_8')
      await importFile(admin, MAIL_ACCOUNTS, file)
      expect((await listAccounts(admin)).map(({ code, name }) => [code, name])).toEqual([
        ['能', '表示①ｶﾅ'],
      ])
    }
  })
})

describe('an export', () => {
  it('imports back to the same, whatever the accounts hold', async () => {
    const { oauthProviderId, oauthGrantId } = await grantOf(hanako.id)
    const oauth = await createMailServer(admin, {
      ...{ code: '=oauth', name: 'OAuth', oauthProviderId },
      outgoing: { authMethod: 'XOAUTH2' },
      incoming: { authMethod: 'XOAUTH2' },
    })
    const gone = await createMailServer(admin, { code: 'gone' })
    const passwords = { incomingPassword: 'one', outgoingPassword: 'two' }
    await createAccount(admin, hanako.id, gone.id, { code: '=1+1', name: '"山田", 太郎 😀' })
    await createAccount(admin, hanako.id, own.id, {
      ...{ code: "'=quoted", name: '', incomingUsername: '+81-3', outgoingUsername: '@out' },
      ...{ deleteAfterDays: 30, ...passwords },
    })
    await createAccount(admin, hanako.id, main.id, {
      code: '＠全角',
      leaveOnServer: false,
      enabled: false,
    })
    await createAccount(admin, hanako.id, oauth.id, { code: 'oauth', oauthGrantId })
    // Left over from a server that asked for one.
    await database.query(`UPDATE mail_account SET outgoing_username = 'left' WHERE code = '＠全角'`)
    await admin.ask(DELETE, { id: gone.id })
    // The code of a deleted server is free again; the account keeps its own.
    await createMailServer(admin, { code: 'GONE' })
    const before = await stored()

    for (const language of ['ja', 'en']) {
      const { bytes } = await download(await api.admin(language), MAIL_ACCOUNTS)
      const again = await preview(admin, MAIL_ACCOUNTS, bytes)
      expect([again.hasHeading, again.sameCount, again.rows.length]).toEqual([true, 4, 4])
      expect(again.ignoredColumns).toEqual([])
      const withoutHeading = bytes.toString().split('\r\n').slice(1).join('\r\n')
      expect((await preview(admin, MAIL_ACCOUNTS, withoutHeading)).sameCount).toBe(4)
      await importFile(admin, MAIL_ACCOUNTS, bytes)
      expect(await stored()).toEqual(before)
    }
    const { bytes } = await download(admin, MAIL_ACCOUNTS)
    await database.query(`DELETE FROM mail_account WHERE code <> '=1+1'`)
    expect(await importFile(admin, MAIL_ACCOUNTS, bytes)).toMatchObject({ added: 3, unchanged: 1 })
    const { bytes: after } = await download(admin, MAIL_ACCOUNTS)
    // What no server asks for is not added anew.
    expect(after.toString()).toBe(bytes.toString().replace(',left,', ',,'))
  })

  it('imports back to the same, of more than is written at a time, and each is recorded', async () => {
    const codes = Array.from({ length: 4_100 }, (_, n) => `long-${n}`)
    await importFile(admin, MAIL_ACCOUNTS, lines(...codes))
    const { bytes } = await download(admin, MAIL_ACCOUNTS)
    await database.query("DELETE FROM mail_account WHERE code LIKE '%7'")
    const renamed = bytes.toString().replaceAll('山田', '田中')
    const since = await lastEvent()
    expect(await importFile(admin, MAIL_ACCOUNTS, renamed)).toEqual({
      ...{ added: 410, changed: 3_690, unchanged: 0 },
    })
    const { bytes: after } = await download(admin, MAIL_ACCOUNTS)
    expect(after.toString()).toBe(renamed)
    const recorded = await database.rows(
      `SELECT action, count(DISTINCT subject_id)::int AS count FROM audit_event
       WHERE id > '${since}' GROUP BY action ORDER BY action`,
    )
    expect(recorded).toEqual([
      { action: 'CREATE', count: 410 },
      { action: 'UPDATE', count: 3_690 },
    ])
  })

  it('is a file that Excel opens, runs nothing of, and that holds no secret', async () => {
    const passwords = { incomingPassword: 'canary-in', outgoingPassword: 'canary-out' }
    await createAccount(admin, hanako.id, own.id, { code: '=cmd|x', name: '山田', ...passwords })
    const { status, headers, bytes } = await download(await api.admin('ja'), MAIL_ACCOUNTS)
    expect([status, headers.get('content-type')]).toMatchObject([
      200,
      expect.stringContaining('text/csv; charset=utf-8'),
    ])
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="mail-accounts-[\d-]{10}\.csv"; filename\*=UTF-8''%E3%83%A6/,
    )
    const [heading, row] = bytes.toString().split('\r\n')
    expect(heading).toBe(
      '\ufeffアカウントコード,アカウントの名称,メールアドレス,ログイン名,メールサーバーコード,受信メールアカウント,受信メールパスワード,送信メールアカウント,送信メールパスワード,受信メールサーバーにメールを残す,削除するまでの日数,使用停止',
    )
    expect(row).toMatch(/^'=cmd\|x,山田,taro-\d+@example\.co\.jp,hanako,own,taro-\d+,,,,1,,0$/)
  })

  it('has as many as there are, each once and by code', async () => {
    const codes = Array.from({ length: 4_001 }, (_, n) => `A-${String(n).padStart(5, '0')}`)
    await importFile(admin, MAIL_ACCOUNTS, lines(...codes.toReversed()))
    const { bytes } = await download(admin, MAIL_ACCOUNTS)
    const read = bytes.toString().trimEnd().split('\r\n').slice(1)
    expect(read.map((row) => row.split(',')[0])).toEqual(codes)
  })
})

describe('what is remembered of an import', () => {
  it('is an event for each account that was added or changed, as of a single change', async () => {
    await importFile(
      admin,
      MAIL_ACCOUNTS,
      [line('kept'), line('a', { incomingPassword: 'first' })].join('\n'),
    )
    await database.rows('SELECT 1')
    const since = await lastEvent()
    const file = [
      line('kept'),
      line('a', { server: 'own', outgoing: 'x', outgoingPassword: 'second' }),
      line('new', { incomingPassword: 'third' }),
    ]
    await importFile(admin, MAIL_ACCOUNTS, file.join('\n'))
    const events = await database.rows(
      `SELECT actor_name, action, subject_name, changes FROM audit_event WHERE id > '${since}' ORDER BY subject_name`,
    )
    expect(events).toMatchObject([
      {
        ...{ actor_name: 'admin', action: 'UPDATE', subject_name: '山田 (a)' },
        changes: [
          { field: 'mailServer', old: '本社メール (MAIN)', new: '大阪 (own)' },
          { field: 'outgoingUsername', old: null, new: 'x' },
          { field: 'outgoingPassword', old: null, new: null, isSecret: true },
          { field: 'passwordsGoTo', new: 'imap.example.co.jp :993, smtp.own.jp :465' },
        ],
      },
      { action: 'CREATE', subject_name: '山田 (new)' },
    ])
    expect(JSON.stringify(events[1]?.['changes'])).toContain('"incomingPassword"')
  })

  it('is no password, nor is what is answered or logged one', async () => {
    const secrets = ['canary-7f31-in', 'canary-7f31-out', 'canary-7f31-new']
    const [one = '', two = '', three = ''] = secrets
    const written = vi.spyOn(fs, 'writeSync')
    const loud = await startApi(database.url, {
      MAILROOM_SECRET_KEY: KEY,
      MAILROOM_LOG_LEVEL: 'trace',
    })
    const caller = await loud.admin()
    const first = line('a', { server: 'own', incomingPassword: one, outgoingPassword: two })
    const second = line('a', { server: 'own', incomingPassword: three })
    const refused = line('bad', { owner: 'ghost', incomingPassword: one, outgoingPassword: two })
    const texts: string[] = []
    const send = async (operation: string, file: string, digest?: string) => {
      const { text } = await caller.send(operation, { file: base64(file), digest })
      texts.push(text)
    }
    await send(MAIL_ACCOUNTS.preview, first)
    await send(MAIL_ACCOUNTS.import, first)
    await send(MAIL_ACCOUNTS.preview, second)
    await send(MAIL_ACCOUNTS.import, second, 'another')
    await send(MAIL_ACCOUNTS.preview, refused)
    await send(MAIL_ACCOUNTS.import, refused)
    // One cell too long, and a row that is no CSV.
    await send(MAIL_ACCOUNTS.preview, line('long', { incomingPassword: one.repeat(200) }))
    await send(MAIL_ACCOUNTS.preview, `${second}\n"${one}"x`)
    await database.query(
      'ALTER TABLE mail_account ADD CONSTRAINT never CHECK (version < 2) NOT VALID',
    )
    await send(MAIL_ACCOUNTS.import, second)
    await database.query('ALTER TABLE mail_account DROP CONSTRAINT never')
    expect(texts.at(-1)).toContain('INTERNAL')
    await send(MAIL_ACCOUNTS.import, second)
    expect(texts.at(-1)).toContain('"changed":1')
    texts.push((await download(caller, MAIL_ACCOUNTS)).bytes.toString())
    await loud.close()
    const logged = written.mock.calls.map((call) => String(call[1]))
    written.mockRestore()
    expect(logged.join('')).toContain('never')
    const rows = await database.rows(
      `SELECT string_agg(e::text, '') AS dump FROM audit_event e UNION ALL
       SELECT string_agg(a::text, '') FROM mail_account a`,
    )
    const everything = [...texts, ...logged, ...rows.map(({ dump }) => String(dump))].join('\n')
    for (const secret of secrets) {
      const bytes = Buffer.from(secret)
      for (const form of [secret, bytes.toString('hex'), bytes.toString('base64').slice(0, -2)]) {
        expect(everything).not.toContain(form)
      }
    }
  })
})

it('opens to administrators alone', async () => {
  for (const operation of [MAIL_ACCOUNTS.preview, MAIL_ACCOUNTS.import]) {
    const error = await hanako.client.fail(operation, { file: base64(line('x')) })
    expect(error.extensions.code).toBe('FORBIDDEN')
  }
  expect((await download(hanako.client, MAIL_ACCOUNTS)).status).toBe(403)
  expect(await listAccounts(admin)).toEqual([])
})

const lastEvent = async () =>
  String((await database.rows('SELECT max(id::text) AS id FROM audit_event'))[0]?.['id'])

/** Does something while an import has been planned and waits for the lock before it saves. */
async function whileSavingWaits<T>(start: () => Promise<T>, work: () => Promise<void>): Promise<T> {
  const holder = new pg.Client(database.url)
  await holder.connect()
  try {
    await holder.query('SELECT pg_advisory_lock($1, $2)', [LOCK_NAMESPACE, Lock.mailServerOrder])
    const started = start()
    const waiting = `SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted`
    await vi.waitUntil(async () => (await database.rows(waiting)).length > 0, { timeout: 20_000 })
    await work()
    await holder.query('SELECT pg_advisory_unlock_all()')
    return await started
  } finally {
    await holder.end()
  }
}

/** A provider, and what a person has granted there. */
async function grantOf(userId: string): Promise<{ oauthProviderId: string; oauthGrantId: string }> {
  const { createOAuthProvider: provider } = await admin.ask<{
    createOAuthProvider: { id: string }
  }>(CREATE_PROVIDER, { input: { name: 'Google', preset: 'GOOGLE', clientId: 'c' } })
  const [{ id = '' } = {}] = await database.rows(
    `INSERT INTO oauth_grant (provider_id, user_id, mailbox, state)
     VALUES ('${provider.id}', '${userId}', 'a@example.jp', 'ACTIVE') RETURNING id`,
  )
  return { oauthProviderId: provider.id, oauthGrantId: String(id) }
}
