import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  DELETE,
  REORDER,
  UPDATE,
  createMailServer,
  deleteAll,
  listMailServers,
  serverInput,
} from '../support/mail-servers-kit.js'
import { CREATE_PROVIDER } from '../support/oauth-kit.js'
import { toShiftJis } from '../support/shift-jis.js'
import {
  MAIL_SERVERS,
  base64,
  download,
  failImport,
  importFile,
  preview,
} from '../support/transfer-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
})
afterAll(async () => {
  await api.close()
  await database.drop()
})
beforeEach(() => deleteAll(admin))

const line = (code: string, name = '本社') =>
  `${code},${name},smtp.example.jp,587,TLS,PLAIN,0,0,0,60,IMAP4,imap.example.jp,993,1,STANDARD,60`
const lines = (...codes: string[]) => codes.map((code) => line(code)).join('\r\n')
const codes = async () => (await listMailServers(admin)).map(({ code }) => code)

describe('a preview', () => {
  it('says of each row whether it is added, changed, the same or refused, and changes nothing', async () => {
    await importFile(admin, MAIL_SERVERS, lines('same', 'changed'))
    const before = await listMailServers(admin)
    const answer = await preview(
      admin,
      MAIL_SERVERS,
      [
        line('ＳＡＭＥ').replace('ＳＡＭＥ', 'same'),
        line('changed', '大阪'),
        line('new'),
        line(''),
      ].join('\n'),
    )
    expect(answer.rows.map(({ row, code, outcome }) => [row, code, outcome])).toEqual([
      [1, 'same', 'SAME'],
      [2, 'changed', 'CHANGE'],
      [3, 'new', 'ADD'],
      [4, '', 'REFUSED'],
    ])
    expect(answer).toMatchObject({
      addCount: 1,
      changeCount: 1,
      sameCount: 1,
      refusedCount: 1,
      hasHeading: false,
      encoding: 'UTF_8',
      ignoredColumns: [],
    })
    expect(answer.rows[1]?.changes).toEqual([
      {
        field: 'name',
        label: 'Mail server name',
        old: '本社',
        new: '大阪',
        isSecret: false,
        isRemoved: false,
      },
    ])
    expect(answer.rows[2]?.about).toBe('本社 · smtp.example.jp:587 · imap.example.jp:993')
    expect(await listMailServers(admin)).toEqual(before)
  })

  it('words every error by row and column, in the language of who asks', async () => {
    const japanese = await api.admin('ja')
    const file = `メールサーバーコード,メールサーバー名,送信メールサーバー名(SMTP),暗号化通信,受信メールサーバー名\nHQ,,smtp.jp,TSL,pop.jp`
    const { rows } = await preview(japanese, MAIL_SERVERS, file)
    expect(rows[0]?.refusals).toEqual([
      {
        field: 'name',
        label: 'メールサーバーの名称',
        column: 2,
        rule: 'required',
        message: '入力してください。',
      },
      {
        field: 'outgoing.encryption',
        label: '暗号化通信',
        column: 4,
        rule: 'choice',
        message: '決められた値のどれかを入力してください。(NONE, SSL, TLS)',
      },
    ])
  })

  it('refuses a file that cannot be read, in words', async () => {
    const error = await admin.fail(MAIL_SERVERS.preview, {
      file: base64(Buffer.from([0xff, 0xfe, 0x41, 0x00])),
    })
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'file', rule: 'csvEncoding' }],
    })
    expect(
      (await admin.fail(MAIL_SERVERS.preview, { file: '%%%' })).extensions.fields,
    ).toMatchObject([{ path: 'file', rule: 'type' }])
  })
})

describe('an import', () => {
  it('adds new servers at the end in the order of the file, changes others, and leaves the rest alone', async () => {
    await importFile(admin, MAIL_SERVERS, lines('a', 'b', 'c'))
    const result = await importFile(
      admin,
      MAIL_SERVERS,
      [line('z'), line('B', '大阪'), line('y'), line('c')].join('\n'),
    )
    expect(result).toEqual({ added: 2, changed: 1, unchanged: 1 })
    const servers = await listMailServers(admin)
    expect(
      servers.map(({ code, name, position, version }) => [code, name, position, version]),
    ).toEqual([
      ['a', '本社', 1, 1],
      ['B', '大阪', 2, 2],
      ['c', '本社', 3, 1],
      ['z', '本社', 4, 1],
      ['y', '本社', 5, 1],
    ])
  })

  it('changes nothing where a single row is refused, and says which cells', async () => {
    await importFile(admin, MAIL_SERVERS, lines('a'))
    const before = await listMailServers(admin)
    const file = [line('a', '変更'), line('new'), line('bad').replace('587', '0')].join('\n')
    const error = await failImport(admin, MAIL_SERVERS, file)
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: '3.outgoing.port', rule: 'min' }],
    })
    expect(await listMailServers(admin)).toEqual(before)
  })

  it('judges by the same rules as adding one server does', async () => {
    const hostile: [string, string][] = [
      ['smtp.example.jp', '127.1'],
      ['imap.example.jp', '-a.jp'],
      [',587,', ',65536,'],
      ['本社', 'あ'.repeat(101)],
      ['本社', 'a\u202eb'],
      ['STANDARD', 'APOP'],
    ]
    for (const [from, to] of hostile) {
      const { refusedCount } = await preview(admin, MAIL_SERVERS, line('x').replace(from, to))
      expect([to, refusedCount]).toEqual([to, 1])
    }
    expect(await codes()).toEqual([])
  })

  it('does what was confirmed, and nothing once that would be something else', async () => {
    await importFile(admin, MAIL_SERVERS, lines('a', 'b'))
    const file = [line('a', '変更'), line('b'), line('c')].join('\n')
    const { digest } = await preview(admin, MAIL_SERVERS, file)

    const [a] = await listMailServers(admin)
    await admin.ask(UPDATE, { id: a?.id, version: 1, input: serverInput({ code: 'a' }) })
    const changed = await listMailServers(admin)
    expect((await failImport(admin, MAIL_SERVERS, file, digest)).extensions.code).toBe('CONFLICT')

    const again = await preview(admin, MAIL_SERVERS, file)
    expect(
      (await failImport(admin, MAIL_SERVERS, `${file}\n${line('d')}`, again.digest)).extensions
        .code,
    ).toBe('CONFLICT')
    expect(await listMailServers(admin)).toEqual(changed)

    await createMailServer(admin, { code: 'not in the file' })
    expect(await importFile(admin, MAIL_SERVERS, file, again.digest)).toEqual({
      added: 1,
      changed: 1,
      unchanged: 1,
    })
    expect((await failImport(admin, MAIL_SERVERS, file, again.digest)).extensions.code).toBe(
      'CONFLICT',
    )
  })

  it('takes no deleted server for a present one', async () => {
    const deleted = await createMailServer(admin, { code: 'a' })
    await admin.ask(DELETE, { id: deleted.id })
    expect(await importFile(admin, MAIL_SERVERS, lines('a'))).toMatchObject({ added: 1 })
  })

  it('keeps what the file has no column for', async () => {
    const pinned = 'ab'.repeat(32)
    await createMailServer(admin, {
      code: 'a',
      outgoing: { pinnedCertificate: pinned },
      incoming: { timeoutSeconds: 7 },
    })
    await importFile(admin, MAIL_SERVERS, `code,name\na,改名`)
    const { mailServers } = await admin.ask<{ mailServers: unknown[] }>(
      '{ mailServers { name outgoing { pinnedCertificate port } incoming { timeoutSeconds } } }',
    )
    expect(mailServers).toEqual([
      {
        name: '改名',
        outgoing: { pinnedCertificate: pinned, port: 465 },
        incoming: { timeoutSeconds: 7 },
      },
    ])
  })

  it('reads Shift_JIS', async () => {
    const file = toShiftJis(line('能', '表示①ｶﾅ'))
    expect((await preview(admin, MAIL_SERVERS, file)).encoding).toBe('SHIFT_JIS')
    await importFile(admin, MAIL_SERVERS, file)
    expect((await listMailServers(admin)).map(({ code, name }) => [code, name])).toEqual([
      ['能', '表示①ｶﾅ'],
    ])
  })

  it('writes down every added and changed server under the name of who imported', async () => {
    await importFile(admin, MAIL_SERVERS, lines('kept', 'changed'))
    const since = await database.rows('SELECT count(*)::int AS n FROM audit_event')
    await importFile(
      admin,
      MAIL_SERVERS,
      [line('kept'), line('changed', '大阪'), line('new')].join('\n'),
    )
    const written = await database.rows(
      `SELECT actor_name, action, subject_name, changes, snapshot ->> 'name' AS name
       FROM audit_event ORDER BY id OFFSET ${Number(since[0]?.['n'])}`,
    )
    expect(written).toMatchObject([
      {
        actor_name: 'admin',
        action: 'UPDATE',
        subject_name: '大阪 (changed)',
        changes: [{ field: 'name', old: '本社', new: '大阪' }],
        name: '大阪',
      },
      { actor_name: 'admin', action: 'CREATE', subject_name: '本社 (new)', name: '本社' },
    ])
  })

  it('is quick with ten thousand servers, which come out and go in again', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => line(`S-${n}`, `サーバー${n}`)).join(
      '\r\n',
    )
    const before = await preview(admin, MAIL_SERVERS, many)
    expect([before.addCount, before.refusedCount]).toEqual([10_000, 0])
    expect(await importFile(admin, MAIL_SERVERS, many, before.digest)).toMatchObject({
      added: 10_000,
    })
    const { bytes } = await download(admin, MAIL_SERVERS)
    expect((await preview(admin, MAIL_SERVERS, bytes)).sameCount).toBe(10_000)
    const servers = await listMailServers(admin)
    expect(servers.map(({ position }) => position)).toEqual(servers.map((_, n) => n + 1))
    expect(servers[9_999]?.code).toBe('S-9999')
  })

  it('is done by more at once than there are connections to the database', async () => {
    const files = Array.from({ length: 14 }, (_, n) => line(`at-once-${n}`))
    await Promise.all(files.map((file) => importFile(admin, MAIL_SERVERS, file)))
    expect(await codes()).toHaveLength(files.length)
  })

  it('refuses more servers than can be, before and after', async () => {
    const file = Array.from({ length: 20_002 }, (_, n) => line(`S-${n}`)).join('\n')
    const error = await admin.fail(MAIL_SERVERS.preview, { file: base64(file) })
    expect(error.extensions.fields).toMatchObject([{ path: 'file', rule: 'tooMany' }])
  })

  it('keeps the order a permutation amid others who reorder, add and delete', async () => {
    await importFile(
      admin,
      MAIL_SERVERS,
      lines(...Array.from({ length: 8 }, (_, n) => `base-${n}`)),
    )
    const servers = await listMailServers(admin)
    const ids = servers.map(({ id }) => id)
    const others = await Promise.all([api.admin(), api.admin(), api.admin()])
    await Promise.all([
      ...others.map((other, n) =>
        importFile(other, MAIL_SERVERS, lines(`n-${n}`, 'shared', `base-${n}`)),
      ),
      admin.send(REORDER, { ids: [...ids].reverse() }),
      admin.send(DELETE, { id: ids[7] }),
      createMailServer(admin),
    ])
    const after = await listMailServers(admin)
    expect(after.map(({ position }) => position)).toEqual(after.map((_, n) => n + 1))
    expect(after.filter(({ code }) => code === 'shared')).toHaveLength(1)
    expect(after.filter(({ code }) => /^n-/.test(code))).toHaveLength(3)
  })
})

describe('an export', () => {
  it('imports back to the same, whatever the settings hold', async () => {
    const { createOAuthProvider: provider } = await admin.ask<{
      createOAuthProvider: { id: string }
    }>(CREATE_PROVIDER, {
      input: { name: '=HYPERLINK("x")', preset: 'GOOGLE', clientId: 'c' },
    })
    await createMailServer(admin, { code: '=1+1', name: '"本社", 大阪 😀' })
    await createMailServer(admin, { code: "'=quoted", name: "'それ" })
    await createMailServer(admin, {
      code: '＠全角',
      outgoing: { encryption: 'TLS', port: 587, pinnedCertificate: 'cd'.repeat(32) },
      incoming: { encryption: 'TLS', port: 143 },
    })
    await createMailServer(admin, {
      code: 'oauth',
      oauthProviderId: provider.id,
      outgoing: { authMethod: 'XOAUTH2' },
      incoming: { authMethod: 'XOAUTH2' },
    })
    await createMailServer(admin, {
      code: 'pop',
      outgoing: {
        encryption: 'NONE',
        port: 25,
        authMethod: 'DIGEST_MD5',
        credentials: 'OUTGOING',
        popBeforeSmtp: true,
        popBeforeSmtpWaitSeconds: 10,
        timeoutSeconds: 1,
      },
      incoming: { protocol: 'POP3', port: 995, apop: true, timeoutSeconds: 120 },
    })
    for (const language of ['ja', 'en']) {
      const { bytes } = await download(await api.admin(language), MAIL_SERVERS)
      const again = await preview(admin, MAIL_SERVERS, bytes)
      expect([again.hasHeading, again.sameCount, again.rows.length]).toEqual([true, 5, 5])
      const withoutHeading = bytes.toString().split('\r\n').slice(1).join('\r\n')
      expect((await preview(admin, MAIL_SERVERS, withoutHeading)).sameCount).toBe(5)

      await deleteAll(admin)
      await importFile(admin, MAIL_SERVERS, bytes)
      expect((await download(await api.admin(language), MAIL_SERVERS)).bytes).toEqual(bytes)
    }
  })

  it('is a file that Excel opens, runs nothing of, and names in the reader’s language', async () => {
    await createMailServer(admin, { code: '=cmd|x', name: '本社' })
    const { status, headers, bytes } = await download(await api.admin('ja'), MAIL_SERVERS)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/csv; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="mail-servers-[\d-]{10}\.csv"; filename\*=UTF-8''%E3%83%A1/,
    )
    const text = bytes.toString()
    expect(text.startsWith('\ufeffメールサーバーコード,メールサーバーの名称,')).toBe(true)
    expect(text).toContain("\r\n'=cmd|x,本社,")
  })

  it('of nothing is a heading alone', async () => {
    const { bytes } = await download(admin, MAIL_SERVERS)
    expect(bytes.toString().trimEnd().split('\r\n')).toHaveLength(1)
  })
})

it('opens to administrators alone', async () => {
  const nobody = api.client()
  const { status, bytes } = await download(nobody, MAIL_SERVERS)
  expect([status, JSON.parse(bytes.toString())]).toMatchObject([
    401,
    { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  ])
  for (const operation of [MAIL_SERVERS.preview, MAIL_SERVERS.import]) {
    const error = await nobody.fail(operation, { file: base64(line('x')) })
    expect(error.extensions.code).toBe('UNAUTHENTICATED')
  }
})
