import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  CREATE,
  REORDER,
  UPDATE,
  createMailServer,
  listMailServers,
  serverInput,
} from '../support/mail-servers-kit.js'

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

const long = (length: number) => 'あ'.repeat(length)
const CANARY = 'canary-do-not-repeat'

/** What is put in, and the one refusal that must come out. */
const CASES: [string, Parameters<typeof serverInput>[0], string, string][] = [
  ['an empty code', { code: '' }, 'code', 'required'],
  ['a blank code', { code: ' \u3000 ' }, 'code', 'required'],
  ['a code of 101 characters', { code: long(101) }, 'code', 'maxLength'],
  ['a code with NUL', { code: 'a\u0000b' }, 'code', 'plainText'],
  ['a code with half a character', { code: 'a\ud800' }, 'code', 'plainText'],
  ['a code that is a number', { code: 5 }, 'code', 'type'],
  ['no code', { code: undefined }, 'code', 'required'],
  ['a code of null', { code: null }, 'code', 'required'],
  ['a blank name', { name: ' ' }, 'name', 'required'],
  ['a name of 101 characters', { name: long(101) }, 'name', 'maxLength'],
  ['a name that disguises its direction', { name: 'a\u202eb' }, 'name', 'plainText'],
  ['an empty host', { outgoing: { host: '' } }, 'outgoing.host', 'required'],
  [
    'a host of 101 characters',
    { incoming: { host: `${'a'.repeat(60)}.${'b'.repeat(40)}` } },
    'incoming.host',
    'maxLength',
  ],
  ...[
    'smtp://a.jp',
    'a.jp:25',
    'a.jp/x',
    'a b',
    'a\r\nb',
    'user@a.jp',
    '127.1',
    '0x7f000001',
    '2130706433',
    '[::1',
    ':::1',
    '-a.jp',
    'a..jp',
    '%00',
    '😀.jp',
  ].map((host): [string, Parameters<typeof serverInput>[0], string, string] => [
    `the host ${JSON.stringify(host)}`,
    { outgoing: { host } },
    'outgoing.host',
    'host',
  ]),
  ['a code that nobody can see', { code: '\u200b' }, 'code', 'required'],
  ['a name that nobody can see', { name: '\u3164\u2800 ' }, 'name', 'required'],
  ['a host that nobody can see', { outgoing: { host: '\u3164' } }, 'outgoing.host', 'required'],
  ['a host half unseen', { outgoing: { host: 'a\u3164.jp' } }, 'outgoing.host', 'host'],
  ['port 0', { outgoing: { port: 0 } }, 'outgoing.port', 'min'],
  ['port -1', { incoming: { port: -1 } }, 'incoming.port', 'min'],
  ['port 65536', { incoming: { port: 65_536 } }, 'incoming.port', 'max'],
  ['a port that is text', { outgoing: { port: CANARY } }, 'outgoing.port', 'type'],
  ['a port of 25.5', { outgoing: { port: 25.5 } }, 'outgoing.port', 'type'],
  ['a port beyond 32 bits', { outgoing: { port: 1e12 } }, 'outgoing.port', 'type'],
  ['a port of null', { incoming: { port: null } }, 'incoming.port', 'required'],
  ...(
    [
      [0, 'min'],
      [-1, 'min'],
      [121, 'max'],
      [1.5, 'type'],
      ['60', 'type'],
      ['NaN', 'type'],
    ] as const
  ).flatMap(([timeoutSeconds, rule]) =>
    (['outgoing', 'incoming'] as const).map(
      (side): [string, Parameters<typeof serverInput>[0], string, string] => [
        `E-4: a time-out of ${JSON.stringify(timeoutSeconds)}`,
        { [side]: { timeoutSeconds } },
        `${side}.timeoutSeconds`,
        rule,
      ],
    ),
  ),
  [
    'a wait of -1',
    { outgoing: { popBeforeSmtp: true, popBeforeSmtpWaitSeconds: -1 } },
    'outgoing.popBeforeSmtpWaitSeconds',
    'min',
  ],
  [
    'a wait of 11',
    { outgoing: { popBeforeSmtp: true, popBeforeSmtpWaitSeconds: 11 } },
    'outgoing.popBeforeSmtpWaitSeconds',
    'max',
  ],
  ['an unknown encryption', { outgoing: { encryption: CANARY } }, 'outgoing.encryption', 'type'],
  ['an unknown protocol', { incoming: { protocol: 'IMAP' } }, 'incoming.protocol', 'type'],
  [
    'APOP with IMAP4',
    { incoming: { protocol: 'IMAP4', apop: true } },
    'incoming.apop',
    'apopNeedsPop3',
  ],
  [
    'a certificate that is no SHA-256',
    { outgoing: { pinnedCertificate: 'abc' } },
    'outgoing.pinnedCertificate',
    'fingerprint',
  ],
  [
    'an authority that is no certificate',
    { incoming: { caCertificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' } },
    'incoming.caCertificate',
    'certificate',
  ],
  [
    'a private key as an authority',
    { outgoing: { caCertificate: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' } },
    'outgoing.caCertificate',
    'certificate',
  ],
  [
    'an unknown way to sign in',
    { incoming: { authMethod: 'APOP' } },
    'incoming.authMethod',
    'type',
  ],
  [
    'a field that is not there',
    { outgoing: { [CANARY.replaceAll('-', '_')]: 1 } },
    'outgoing.canary_do_not_repeat',
    'unknown',
  ],
]

describe('a bad value is refused at its field and changes nothing', () => {
  it.each(CASES)('%s', async (_what, overrides, path, rule) => {
    const before = await listMailServers(admin)
    const { status, errors, text } = await admin.send(CREATE, { input: serverInput(overrides) })
    expect(status).toBeLessThan(500)
    expect(errors).toHaveLength(1)
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors[0]?.extensions.fields?.map((f) => [f.path, f.rule])).toEqual([[path, rule]])
    expect(errors[0]?.extensions.fields?.[0]?.message).not.toBe('')
    expect(text).not.toContain(CANARY)
    expect(await listMailServers(admin)).toEqual(before)
  })

  it('refuses the same in an update, and keeps what was stored', async () => {
    const server = await createMailServer(admin, { code: 'kept' })
    for (const [, overrides, path] of CASES) {
      const error = await admin.fail(UPDATE, {
        id: server.id,
        version: 1,
        input: serverInput(overrides),
      })
      expect(error.extensions.fields?.map((f) => f.path)).toEqual([path])
    }
    expect((await listMailServers(admin)).find((s) => s.id === server.id)).toEqual(server)
  })

  it('names every bad field at once, in Japanese where the caller reads it', async () => {
    const japanese = await api.admin('ja-JP,ja;q=0.9,en;q=0.8')
    const error = await japanese.fail(CREATE, {
      input: serverInput({
        code: '',
        outgoing: { host: '', port: 0 },
        incoming: { timeoutSeconds: 500 },
      }),
    })
    expect(error.message).toBe('入力内容を確認してください。')
    expect(error.extensions.fields).toEqual([
      { path: 'code', rule: 'required', message: '入力してください。' },
      { path: 'outgoing.host', rule: 'required', message: '入力してください。' },
      { path: 'outgoing.port', rule: 'min', message: '1以上にしてください。' },
      { path: 'incoming.timeoutSeconds', rule: 'max', message: '120以下にしてください。' },
    ])
  })

  it('answers literals in the query the same way', async () => {
    const literal = (port: string) =>
      `mutation { createMailServer(input: { code: "c", name: "n", outgoing: { host: "a.jp", port: ${port} }, incoming: { protocol: POP3, host: "a.jp", port: 110 } }) { id } }`
    const { errors, text } = await admin.send(literal(`"${CANARY}"`))
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'outgoing.port', rule: 'type' }],
    })
    expect(text).not.toContain(CANARY)
    const unknown = await admin.fail(literal('25').replace('code: "c"', 'code: "c", foo: 1'))
    expect(unknown.extensions.fields).toMatchObject([{ path: 'foo', rule: 'unknown' }])
  })

  it('never repeats a password of the wrong type', async () => {
    const { errors, text } = await api
      .client()
      .send('mutation ($p: String!) { signIn(loginName: "admin", password: $p) { id } }', {
        p: { secret: CANARY },
      })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(text).not.toContain(CANARY)
  })

  it('accepts every bound', async () => {
    const bounds = serverInput({
      code: long(100),
      name: '𠮷'.repeat(100),
      outgoing: {
        host: `${'a'.repeat(60)}.${'b'.repeat(39)}`,
        port: 1,
        timeoutSeconds: 1,
        popBeforeSmtp: true,
        popBeforeSmtpWaitSeconds: 10,
      },
      incoming: {
        protocol: 'POP3',
        apop: true,
        host: '::1',
        port: 65_535,
        timeoutSeconds: 120,
        pinnedCertificate: 'AB:'.repeat(31) + 'AB',
      },
    })
    expect((await admin.send(CREATE, { input: bounds })).errors).toEqual([])
    for (const host of [
      '日本語.jp',
      'xn--wgv71a119e.jp',
      '192.0.2.1',
      '2001:db8::1',
      '[::1]',
      'localhost',
      'mail_1.example.jp.',
      'ｍａｉｌ．ｊｐ',
    ]) {
      expect([
        host,
        (await admin.send(CREATE, { input: serverInput({ outgoing: { host } }) })).errors,
      ]).toEqual([host, []])
    }
  })
})

describe('a hostile request is refused without harm', () => {
  const nested = (depth: number) => `{ ${'me { '.repeat(depth)}id${' }'.repeat(depth)} }`
  const REQUESTS: [string, string][] = [
    ['deep', JSON.stringify({ query: nested(100) })],
    ['very deep', JSON.stringify({ query: nested(20_000) })],
    ['wide', JSON.stringify({ query: `{ ${'needsSetUp '.repeat(30)} }` })],
    [
      'many aliases',
      JSON.stringify({
        query: `{ mailServers { ${Array.from({ length: 20 }, (_, n) => `a${n}: id`).join(' ')} } }`,
      }),
    ],
    [
      'sign-ins by alias',
      JSON.stringify({
        query: `mutation { ${Array.from({ length: 16 }, (_, n) => `a${n}: signIn(loginName: "admin", password: "x") { id }`).join(' ')} }`,
      }),
    ],
    ['a batch', JSON.stringify([{ query: '{ needsSetUp }' }, { query: '{ needsSetUp }' }])],
    [
      'fragments in a circle',
      JSON.stringify({
        query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      }),
    ],
    ['many tokens', JSON.stringify({ query: `{ needsSetUp ${'@a '.repeat(5_000)} }` })],
    ['no JSON', '{'],
    ['not an operation', '"hello"'],
    ['introspection in production', JSON.stringify({ query: '{ __schema { types { name } } }' })],
    ['variables that are none', JSON.stringify({ query: '{ needsSetUp }', variables: 'x' })],
  ]
  it.each(REQUESTS)('%s', async (_what, body) => {
    const { status, text } = await admin.post(body)
    expect([status, /stack|node_modules|SELECT/.test(text)]).toEqual([400, false])
    expect(await admin.ask('{ needsSetUp }')).toEqual({ needsSetUp: false })
  })

  it('a body that is too large, compressed, no JSON by its type, or no UTF-8', async () => {
    const body = JSON.stringify({ query: '{ needsSetUp }' })
    expect((await api.client().post(body + ' '.repeat(1_100_000))).status).toBe(413)
    // An administrator may send a file to import.
    expect((await admin.post(body + ' '.repeat(1_100_000))).status).toBe(200)
    expect((await admin.post(body + ' '.repeat(48_000_000))).status).toBe(413)
    expect((await admin.post(body, { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await admin.post(body, { 'content-type': 'text/plain' })).status).toBe(415)
    expect(
      (await admin.post(body, { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415)
    expect((await admin.post(Buffer.from([0x7b, 0xff, 0xfe]))).status).toBe(400)
  })

  it('an operation by GET', async () => {
    const response = await fetch(`${api.url}/graphql?query={needsSetUp}`)
    expect([response.status, await response.text()]).toEqual([404, 'Not found'])
  })

  it('keys that name what every object inherits', async () => {
    const { status } = await admin.post(
      `{"query":${JSON.stringify(REORDER)},"variables":{"__proto__":{"x":1},"constructor":1,"ids":[]}}`,
    )
    expect(status).toBe(200)
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})
