import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import {
  CREATE_TOKEN,
  LIST_TOKENS,
  REVOKE_TOKEN,
  createApiToken,
  program,
  type ReadToken,
} from '../support/api-tokens-kit.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { LIST, OPTIONS, createMailServer } from '../support/mail-servers-kit.js'
import { connect } from '../support/subscription-socket.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let sql: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  sql = new pg.Client(database.url)
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await api.close()
  await database.drop()
})
beforeEach(() => sql.query('DELETE FROM rate_limit'))

const ME = '{ me { loginName role } }'
const CHANGED = 'subscription { mailServersChanged { code } }'

/** Another process on the same database; it has nothing in memory yet. */
async function elsewhere<T>(work: (other: TestApi) => Promise<T>): Promise<T> {
  const other = await startApi(database.url)
  return work(other).finally(() => other.close())
}

describe('a token', () => {
  it('is shown once, known by its beginning and end, and kept only hashed', async () => {
    const { token, apiToken } = await createApiToken(admin, {
      name: ' 勤怠システム ',
      role: 'USER',
    })
    expect(token).toMatch(/^mrm_[0-9a-f]{64}$/)
    expect(apiToken).toMatchObject({
      name: '勤怠システム',
      role: 'USER',
      ending: token.slice(-4),
      state: 'ACTIVE',
      lastUsedAt: null,
      user: { loginName: 'admin' },
    })
    const days = (Date.parse(apiToken.expiresAt) - Date.now()) / 86_400_000
    expect(days).toBeCloseTo(90, 1)
    const list = await admin.send<{ apiTokens: ReadToken[] }>(LIST_TOKENS)
    expect(list.data?.apiTokens[0]).toEqual(apiToken)
    const { rows } = await sql.query<{ row: string }>('SELECT t::text AS row FROM api_token t')
    const { rows: told } = await sql.query<{ row: string }>(
      'SELECT e::text AS row FROM audit_event e',
    )
    const bare = token.slice('mrm_'.length)
    for (const text of [list.text, ...rows.map((r) => r.row), ...told.map((r) => r.row)]) {
      expect(text).not.toContain(bare)
    }
  })

  it('lets a program in, as the person who made it, with its own role at most', async () => {
    await createMailServer(admin)
    const asAdmin = program(api, (await createApiToken(admin)).token)
    expect(await asAdmin.ask(ME)).toEqual({ me: { loginName: 'admin', role: 'ADMIN' } })
    expect((await asAdmin.send(LIST)).errors).toEqual([])
    const asUser = program(api, (await createApiToken(admin, { role: 'USER' })).token)
    expect(await asUser.ask(ME)).toEqual({ me: { loginName: 'admin', role: 'USER' } })
    expect((await asUser.send(OPTIONS)).errors).toEqual([])
    // The administrator's kept answer must not be the program's.
    expect((await asUser.fail(LIST)).extensions.code).toBe('FORBIDDEN')
  })

  it('decides alone: the cookie beside it does not count', async () => {
    const both = await api.admin()
    both.bearer = (await createApiToken(admin, { role: 'USER' })).token
    expect(await both.ask(ME)).toEqual({ me: { loginName: 'admin', role: 'USER' } })
    both.bearer = `mrm_${'0'.repeat(64)}`
    expect((await both.send(ME)).status).toBe(401)
  })

  it('loses at once what its person loses', async () => {
    await elsewhere(async (other) => {
      const { rows } = await sql.query<{ id: string }>(
        `INSERT INTO app_user (login_name, login_name_key, display_name, role, password_hash)
         SELECT 'jiro', 'jiro', '次郎', 'ADMIN', password_hash FROM app_user WHERE login_name = 'admin'
         RETURNING id`,
      )
      const { token } = await createApiToken(await api.client().signIn('jiro'))
      const here = program(api, token)
      const there = program(other, token)
      for (const client of [here, there]) expect((await client.send(LIST)).errors).toEqual([])
      const announce = "SELECT pg_notify('mailroom_change', 'session')"
      await sql.query("UPDATE app_user SET role = 'USER' WHERE id = $1", [rows[0]?.id])
      await sql.query(announce)
      for (const client of [here, there]) {
        await expect
          .poll(async () => (await client.send(LIST)).errors[0]?.extensions.code)
          .toBe('FORBIDDEN')
      }
      await sql.query('UPDATE app_user SET deactivated_at = now() WHERE id = $1', [rows[0]?.id])
      await sql.query(announce)
      for (const client of [here, there]) {
        await expect
          .poll(async () => (await client.send(ME)).errors[0]?.message)
          .toContain('is deactivated')
      }
      const { apiTokens } = await admin.ask<{ apiTokens: ReadToken[] }>(LIST_TOKENS)
      expect(apiTokens.find((t) => t.user.loginName === 'jiro')?.state).toBe('SUSPENDED')
      await sql.query('DELETE FROM app_user WHERE id = $1', [rows[0]?.id])
      expect((await here.send(ME)).errors[0]?.message).toContain('no such API token')
    })
  })

  it('notes when it was used, at most every few minutes', async () => {
    const { token, apiToken } = await createApiToken(admin)
    const lastUsed = async () =>
      (await admin.ask<{ apiTokens: ReadToken[] }>(LIST_TOKENS)).apiTokens.find(
        ({ id }) => id === apiToken.id,
      )?.lastUsedAt
    await program(api, token).ask(ME)
    const first = await lastUsed()
    expect(Date.now() - Date.parse(first ?? '')).toBeLessThan(60_000)
    await elsewhere((other) => program(other, token).ask(ME))
    expect(await lastUsed()).toBe(first)
    await sql.query("UPDATE api_token SET last_used_at = now() - interval '1 hour'")
    await elsewhere((other) => program(other, token).ask(ME))
    expect(Date.parse((await lastUsed()) ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
  })

  it('is refused in words by what is wrong with it, in the language that is asked for', async () => {
    const { token: expired, apiToken } = await createApiToken(admin)
    await sql.query("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1", [
      apiToken.id,
    ])
    const { token: revoked, apiToken: toRevoke } = await createApiToken(admin)
    await admin.ask(REVOKE_TOKEN, { id: toRevoke.id })
    const unknown = 'There is no such API token.'
    for (const [token, sentence] of [
      [expired, 'has expired'],
      [revoked, 'has been revoked'],
      [`mrm_${'0'.repeat(64)}`, unknown],
      ['x', unknown],
      ['', unknown],
    ] as const) {
      const { status, errors, data } = await program(api, token).send('{ needsSetUp }')
      expect([status, errors[0]?.extensions.code, data]).toEqual([
        401,
        'UNAUTHENTICATED',
        undefined,
      ])
      expect(errors[0]?.message).toContain(sentence)
    }
    const japanese = api.client('ja')
    japanese.bearer = expired
    expect((await japanese.fail(ME)).message).toContain('有効期限が切れています')
  })

  it('ends by the clock of the database, which every process shares', async () => {
    const { token, apiToken } = await createApiToken(admin)
    const expireIn = (seconds: number) =>
      sql.query(
        'UPDATE api_token SET expires_at = now() + make_interval(secs => $2) WHERE id = $1',
        [apiToken.id, seconds],
      )
    await expireIn(60)
    const client = program(api, token)
    expect((await client.send(ME)).status).toBe(200)
    // Told to nobody: what is remembered of it must end by itself, and the database be asked again.
    await expireIn(0)
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 61_000)
    try {
      expect((await client.send(ME)).status).toBe(401)
    } finally {
      clock.mockRestore()
    }
  })

  it('is no concern of other schemes of Authorization, which web servers in front may use', async () => {
    const { errors } = await admin.send(LIST, {}, { authorization: 'Basic YTpi' })
    expect(errors).toEqual([])
  })
})

describe('the list of tokens', () => {
  it.each(['expires_at', 'revoked_at'])('forgets 90 days after %s', async (column) => {
    const { apiToken } = await createApiToken(admin)
    const isListed = async () =>
      (await admin.ask<{ apiTokens: ReadToken[] }>(LIST_TOKENS)).apiTokens.some(
        ({ id }) => id === apiToken.id,
      )
    const endedBefore = (days: number) =>
      sql.query(
        `UPDATE api_token SET ${column} = now() - make_interval(days => $2) WHERE id = $1`,
        [apiToken.id, days],
      )
    await endedBefore(89)
    expect(await isListed()).toBe(true)
    await endedBefore(91)
    expect(await isListed()).toBe(false)
  })
})

describe('making tokens', () => {
  it.each([
    [{ name: ' ' }, 'name', 'required'],
    [{ name: 'x'.repeat(101) }, 'name', 'maxLength'],
    [{ role: 'ROOT' }, 'role', 'type'],
    [{ expiresInDays: 0 }, 'expiresInDays', 'min'],
    [{ expiresInDays: 366 }, 'expiresInDays', 'max'],
    [{ expiresInDays: null }, 'expiresInDays', 'required'],
  ])('refuses %j', async (overrides, path, rule) => {
    const input = { name: 'x', role: 'USER', ...overrides }
    const { extensions } = await admin.fail(CREATE_TOKEN, { input })
    expect(extensions.fields?.map((f) => [f.path, f.rule])).toEqual([[path, rule]])
  })

  it('is told, by whom and from where, and so is what a token does', async () => {
    const { token, apiToken } = await createApiToken(admin, { name: 'told' })
    await createMailServer(program(api, token), { code: 'by-token' })
    await admin.ask(REVOKE_TOKEN, { id: apiToken.id })
    await admin.ask(REVOKE_TOKEN, { id: apiToken.id })
    const { rows } = await sql.query(
      `SELECT actor_kind, actor_name, action, subject, subject_name FROM audit_event
       WHERE subject_name LIKE 'told%' OR actor_name LIKE 'told%' ORDER BY id`,
    )
    const name = `told (…${apiToken.ending})`
    const person = { actor_kind: 'USER', actor_name: 'admin', subject: 'API_TOKEN' }
    expect(rows).toEqual([
      { ...person, action: 'CREATE', subject_name: name },
      {
        actor_kind: 'TOKEN',
        actor_name: 'told (admin)',
        action: 'CREATE',
        subject: 'MAIL_SERVER',
        subject_name: '本社 (by-token)',
      },
      { ...person, action: 'DELETE', subject_name: name },
    ])
  })
})

describe('revoking', () => {
  it('holds at once in every process, and closes what the token listens to', async () => {
    await elsewhere(async (other) => {
      const { token, apiToken } = await createApiToken(admin)
      const there = program(other, token)
      expect((await there.send(LIST)).status).toBe(200)
      const answers = connect(other.client(), {}, { authorization: `Bearer ${token}` }).iterate({
        query: CHANGED,
      })
      expect((await answers.next()).done).toBe(false)
      const ended = expect(answers.next()).rejects.toMatchObject({ code: 4403 })
      await admin.ask(REVOKE_TOKEN, { id: apiToken.id })
      await expect.poll(async () => (await there.send(LIST)).status).toBe(401)
      await ended
    })
  })

  it('knows only tokens that are there', async () => {
    expect((await admin.fail(REVOKE_TOKEN, { id: 'x' })).extensions.code).toBe('NOT_FOUND')
  })
})

describe('a subscription', () => {
  it('takes a token by header or in the first message, which counts more than the cookie', async () => {
    const { token } = await createApiToken(admin)
    const authorization = `Bearer ${token}`
    const { token: less } = await createApiToken(admin, { role: 'USER' })
    const first = (socket: ReturnType<typeof connect>) => socket.iterate({ query: CHANGED }).next()
    const byHeader = await first(connect(api.client(), { authorization }))
    const byMessage = await first(connect(api.client(), {}, { authorization }))
    for (const { value } of [byHeader, byMessage]) {
      expect(value).toMatchObject({ data: { mailServersChanged: expect.any(Array) as object } })
    }
    const lessThanCookie = connect(admin, {}, { authorization: `Bearer ${less}` })
    expect(JSON.stringify((await first(lessThanCookie)).value)).toContain('FORBIDDEN')
  })

  it('goes on by the token after the session of the cookie has ended', async () => {
    const { token } = await createApiToken(admin)
    const briefly = await api.admin()
    await sql.query(
      `UPDATE session SET expires_at = now() + interval '2 seconds'
       WHERE token_hash = (SELECT token_hash FROM session ORDER BY created_at DESC LIMIT 1)`,
    )
    await elsewhere(async (other) => {
      const client = other.client()
      client.cookie = briefly.cookie
      const authorization = `Bearer ${token}`
      const answers = connect(client, {}, { authorization }).iterate({ query: CHANGED })
      await answers.next()
      await expect.poll(() => client.ask(ME)).toEqual({ me: null })
      await createMailServer(admin, { code: 'after-the-session' })
      expect(JSON.stringify((await answers.next()).value)).toContain('after-the-session')
    })
  })

  it('says why a token is refused, and does not open', async () => {
    const authorization = `Bearer mrm_${'0'.repeat(64)}`
    const byMessage = connect(api.client(), {}, { authorization })
      .iterate({ query: CHANGED })
      .next()
    await expect(byMessage).rejects.toMatchObject({
      code: 4401,
      reason: expect.stringContaining('There is no such API token') as string,
    })
    const byHeader = connect(admin, { authorization }).iterate({ query: CHANGED }).next()
    await expect(byHeader).rejects.toMatchObject({
      message: expect.stringContaining('401') as string,
    })
  })

  it('ends when the token does', async () => {
    const { token } = await createApiToken(admin, { expiresInDays: 1 })
    const authorization = `Bearer ${token}`
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const answers = connect(api.client(), {}, { authorization }).iterate({ query: CHANGED })
      await answers.next()
      const ended = expect(answers.next()).rejects.toMatchObject({ code: 4403 })
      vi.advanceTimersByTime(24 * 3_600_000)
      await ended
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('wrong tokens', () => {
  it('on and on from one address are told to wait; right ones from there are let in', async () => {
    const behindProxy = await startApi(database.url, { MAILROOM_TRUSTED_PROXIES: '1' })
    try {
      const { token } = await createApiToken(admin)
      const send = (bearer: string, address: string) =>
        program(behindProxy, bearer).send(ME, {}, { 'x-forwarded-for': address })
      const wrong = `mrm_${'0'.repeat(64)}`
      const answers = await Promise.all(
        Array.from({ length: 33 }, () => send(wrong, '203.0.113.9')),
      )
      const late = answers.filter(({ status }) => status === 429)
      expect(late).toHaveLength(3)
      expect(late[0]?.errors[0]?.extensions.code).toBe('TOO_MANY_REQUESTS')
      expect(late[0]?.errors[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0)
      expect((await send(wrong, '203.0.113.10')).status).toBe(401)
      expect((await send(token, '203.0.113.9')).status).toBe(200)
    } finally {
      await behindProxy.close()
    }
  })
})
