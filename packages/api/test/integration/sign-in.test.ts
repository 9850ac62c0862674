import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN_PASSWORD, startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { CREATE, LIST, OPTIONS, serverInput } from '../support/mail-servers-kit.js'
import { SIGN_IN } from '../support/sign-in.js'
import pg from 'pg'

let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const ME = '{ me { loginName role } }'

async function query<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(database.url)
  await client.connect()
  return client.query<Row>(sql, values).then(
    ({ rows }) => client.end().then(() => rows),
    (error: unknown) => client.end().then(() => Promise.reject(error as Error)),
  )
}

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: SIGN_IN,
        variables: { loginName: 'ADMIN', password: ADMIN_PASSWORD },
      }),
    })
    expect(await response.json()).toMatchObject({
      data: { signIn: { loginName: 'admin', displayName: 'admin', role: 'ADMIN' } },
    })
    expect(response.headers.get('set-cookie')).toMatch(
      /^mailroom=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  it('marks the cookie Secure and __Host- where people come by https', async () => {
    const secure = await startApi(database.url, { MAILROOM_PUBLIC_URL: 'https://mail.example.jp' })
    try {
      const response = await fetch(`${secure.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: SIGN_IN,
          variables: { loginName: 'admin', password: ADMIN_PASSWORD },
        }),
      })
      expect(response.headers.get('set-cookie')).toMatch(
        /^__Host-mailroom=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      )
    } finally {
      await secure.close()
    }
  })

  it('says the same of a wrong name and a wrong password', async () => {
    const client = api.client()
    const name = await client.fail(SIGN_IN, { loginName: 'nobody', password: 'x'.repeat(12) })
    const password = await client.fail(SIGN_IN, { loginName: 'admin', password: 'x'.repeat(12) })
    expect(name).toEqual(password)
    expect(name.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('gives a new token each time and ends the one before', async () => {
    const client = await api.admin()
    const before = client.cookie
    await client.signIn()
    expect(client.cookie).not.toBe(before)
    const old = api.client()
    old.cookie = before
    expect(await old.ask(ME)).toEqual({ me: null })
  })

  it('keeps no token in the database, and the password only as argon2id', async () => {
    const client = await api.admin()
    const token = client.cookie?.split('=')[1] ?? ''
    const dump = JSON.stringify(
      await query('SELECT encode(token_hash, $1) AS a, encode(token_hash, $2) AS b FROM session', [
        'base64',
        'escape',
      ]),
    )
    expect(token).toHaveLength(43)
    expect(dump).not.toContain(token)
    const [user] = await query<{ password_hash: string }>('SELECT password_hash FROM app_user')
    expect(user?.password_hash).toMatch(/^\$argon2id\$/)
  })

  it('signing out ends the session in every process', async () => {
    const other = await startApi(database.url)
    try {
      const client = await api.admin()
      const elsewhere = other.client()
      elsewhere.cookie = client.cookie
      expect(await elsewhere.ask(ME)).toEqual({ me: { loginName: 'admin', role: 'ADMIN' } })
      await client.ask('mutation { signOut }')
      await expect.poll(() => elsewhere.ask(ME)).toEqual({ me: null })
    } finally {
      await other.close()
    }
  })

  it('ends a session that has expired or lain unused', async () => {
    for (const past of [
      "expires_at = now() - interval '1 second'",
      "last_used_at = now() - interval '25 hours'",
    ]) {
      const client = await api.admin()
      // A second process has not the session in memory, as after a restart.
      const other = await startApi(database.url)
      try {
        await query(`UPDATE session SET ${past}`)
        const later = other.client()
        later.cookie = client.cookie
        expect(await later.ask(ME)).toEqual({ me: null })
      } finally {
        await other.close()
      }
    }
  })
})

describe('a deactivated person', () => {
  it('is answered as a wrong password is, and has no session that works', async () => {
    const client = await api.admin()
    await query('UPDATE app_user SET deactivated_at = now()')
    // A second process has not the session in memory; in this one the change would be announced.
    const other = await startApi(database.url)
    try {
      const later = other.client()
      later.cookie = client.cookie
      expect(await later.ask(ME)).toEqual({ me: null })
      const right = await later.fail(SIGN_IN, { loginName: 'admin', password: ADMIN_PASSWORD })
      const wrong = await later.fail(SIGN_IN, { loginName: 'admin', password: 'x'.repeat(12) })
      expect(right).toEqual(wrong)
    } finally {
      await query('UPDATE app_user SET deactivated_at = NULL')
      await query('DELETE FROM rate_limit')
      await other.close()
    }
  })
})

describe('too many attempts', () => {
  it('make a wrong guesser wait, however the attempts are sent, and let others in', async () => {
    const guesser = api.client()
    const forwarded = { 'x-forwarded-for': '203.0.113.9' }
    const behindProxy = await startApi(database.url, { MAILROOM_TRUSTED_PROXIES: '1' })
    try {
      const client = behindProxy.client()
      const attempts = await Promise.all(
        Array.from({ length: 8 }, () =>
          client.send(SIGN_IN, { loginName: 'admin', password: 'wrong wrong' }, forwarded),
        ),
      )
      const codes = attempts.map((a) => a.errors[0]?.extensions.code)
      expect(codes.filter((c) => c === 'UNAUTHENTICATED')).toHaveLength(5)
      const limited = attempts
        .flatMap((a) => a.errors)
        .filter((e) => e.extensions.code === 'TOO_MANY_REQUESTS')
      expect(limited).toHaveLength(3)
      expect(limited[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0)
      // The right password waits as well from there, and signs in from elsewhere.
      const right = { loginName: 'admin', password: ADMIN_PASSWORD }
      expect((await client.send(SIGN_IN, right, forwarded)).errors[0]?.extensions.code).toBe(
        'TOO_MANY_REQUESTS',
      )
      expect(
        (await client.send(SIGN_IN, right, { 'x-forwarded-for': '203.0.113.10' })).errors,
      ).toEqual([])
    } finally {
      await behindProxy.close()
    }
    expect(
      (await guesser.send(SIGN_IN, { loginName: 'admin', password: ADMIN_PASSWORD })).errors,
    ).toEqual([])
  })
})

describe('who may do what', () => {
  it.each([LIST, OPTIONS, 'mutation { deleteAllMailServers }'])(
    'an anonymous caller may not: %s',
    async (operation) => {
      expect((await api.client().fail(operation)).extensions.code).toBe('UNAUTHENTICATED')
    },
  )

  it('a plain user reads the dropdown and nothing else of mail servers', async () => {
    const admin = await api.admin()
    await admin.ask(CREATE, { input: serverInput({ code: 'for-users' }) })
    await query(
      `INSERT INTO app_user (login_name, login_name_key, display_name, role, password_hash)
       SELECT 'hanako', 'hanako', '花子', 'USER', password_hash FROM app_user WHERE login_name = 'admin'`,
    )
    const hanako = await api.client().signIn('hanako')
    expect(await hanako.ask('{ mailServerOptions { code } }')).toEqual({
      mailServerOptions: [{ code: 'for-users' }],
    })
    // The administrator's kept answer must not be hers.
    await admin.ask(LIST)
    expect((await hanako.fail(LIST)).extensions.code).toBe('FORBIDDEN')
    expect((await hanako.fail(CREATE, { input: serverInput() })).extensions.code).toBe('FORBIDDEN')
    const { status } = await hanako.send('{ mailServerOptions { host } }')
    expect(status).toBe(400)
  })
})

describe('the first administrator', () => {
  const SET_UP =
    'mutation ($token: String!, $loginName: String!, $password: String!) { setUp(token: $token, loginName: $loginName, password: $password) { loginName role } }'

  it('is made once, by the printed link, and is signed in', async () => {
    const empty = await createTestDatabase()
    const fresh = await startApi(empty.url, {})
    try {
      const client = new pg.Client(empty.url)
      await client.connect()
      await client.query('TRUNCATE app_user CASCADE')
      await client.end()
      const token = (await fresh.app.auth.createSetUpToken()) ?? ''
      const caller = fresh.client()
      expect(await caller.ask('{ needsSetUp }')).toEqual({ needsSetUp: true })
      const person = { loginName: ' 管理者 ', password: 'a good password' }
      expect((await caller.fail(SET_UP, { ...person, token: 'guess' })).extensions.code).toBe(
        'FORBIDDEN',
      )
      const short = await caller.fail(SET_UP, { ...person, token, password: 'short' })
      expect(short.extensions.fields?.map((f) => [f.path, f.rule])).toEqual([
        ['password', 'minLength'],
      ])
      const answers = await Promise.all(
        [1, 2, 3].map(() => caller.send(SET_UP, { ...person, token })),
      )
      expect(answers.filter((a) => a.errors.length === 0)).toHaveLength(1)
      expect(await caller.ask('{ needsSetUp }')).toEqual({ needsSetUp: false })
      expect((await caller.fail(SET_UP, { ...person, token })).extensions.code).toBe('FORBIDDEN')
      expect(await fresh.app.auth.createSetUpToken()).toBeUndefined()
      expect(await (await fresh.client().signIn('管理者', person.password)).ask(ME)).toEqual({
        me: { loginName: '管理者', role: 'ADMIN' },
      })
    } finally {
      await fresh.close()
      await empty.drop()
    }
  })
})
