import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAccount } from '../support/accounts-kit.js'
import { ADMIN_PASSWORD, startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { connect } from '../support/subscription-socket.js'
import {
  CHANGE_PASSWORD,
  CREATE_USER,
  createUser,
  DEACTIVATE_USER,
  DELETE_USER,
  LIST_USERS,
  listUsers,
  REACTIVATE_USER,
  signInAsNew,
  UPDATE_USER,
  USER_PASSWORD,
  userInput,
  type ReadUser,
} from '../support/users-kit.js'
import { SIGN_IN } from '../support/sign-in.js'

let database: TestDatabase
let api: TestApi
/** A second process on the same database: what ends here must end there. */
let other: TestApi
let admin: TestClient
let adminId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  other = await startApi(database.url)
  admin = await api.admin()
  adminId = (await admin.ask<{ me: { id: string } }>('{ me { id } }')).me.id
})
afterAll(async () => {
  await Promise.all([api.close(), other.close()])
  await database.drop()
})
afterEach(async () => {
  await query("DELETE FROM app_user WHERE login_name <> 'admin'")
  await query('DELETE FROM rate_limit')
})

const ME = '{ me { loginName } }'

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

/** The same session, at the other process. */
function elsewhere(client: TestClient): TestClient {
  const twin = other.client()
  twin.cookie = client.cookie
  return twin
}

describe('an administrator', () => {
  it('adds people who can sign in at once, and finds them by name', async () => {
    const user = await createUser(admin, { loginName: ' Ｈanako ', displayName: ' 山田 ﾊﾅｺ ' })
    expect(user).toMatchObject({
      loginName: 'Ｈanako',
      displayName: '山田 ﾊﾅｺ',
      role: 'USER',
      deactivatedAt: null,
      lastSignInAt: null,
      hasPassword: true,
      isLinkedByOidc: false,
    })
    await api.client().signIn('hanako', USER_PASSWORD)
    for (const search of ['HANA', 'ハナコ', '山田']) {
      expect(await listUsers(admin, search)).toMatchObject([
        { id: user.id, lastSignInAt: expect.stringMatching(/^\d{4}-/) as string },
      ])
    }
    expect(await listUsers(admin, '%')).toEqual([])
    expect((await listUsers(admin)).map(({ loginName }) => loginName)).toEqual(['admin', 'Ｈanako'])
  })

  it('finds people however their letters are written large', async () => {
    const { id } = await createUser(admin, { loginName: 'Groß', displayName: 'ΟΔΟΣ' })
    for (const search of ['groß', 'GROSS', 'ｇｒｏｓｓ', 'οδος', 'οδοσ']) {
      expect(await listUsers(admin, search)).toMatchObject([{ id }])
    }
    await admin.ask(DELETE_USER, { id })
  })

  it.each([
    ['loginName', 'required', { loginName: ' ' }],
    ['loginName', 'maxLength', { loginName: 'あ'.repeat(101) }],
    ['displayName', 'required', { displayName: '' }],
    ['displayName', 'plainText', { displayName: 'a\u202eb' }],
    ['password', 'minLength', { password: '1234567' }],
    ['password', 'maxLength', { password: 'x'.repeat(1_001) }],
    ['loginName', 'loginNameInUse', { loginName: 'ＡＤＭＩＮ' }],
  ])('is told that %s is refused by the rule %s', async (path, rule, overrides) => {
    const { extensions } = await admin.fail(CREATE_USER, { input: userInput(overrides) })
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, rule }] })
  })

  it('takes passwords of any characters, however they are composed', async () => {
    const composed = 'パスワード が 🔑 です'
    const user = await createUser(admin, { password: composed.normalize('NFD') })
    await api.client().signIn(user.loginName, composed.normalize('NFC'))
    const long = await createUser(admin, { password: '🔑'.repeat(1_000) })
    await api.client().signIn(long.loginName, '🔑'.repeat(1_000))
  })

  it('changes people; a password left out or null stays, and an empty one is refused', async () => {
    const { user, client } = await signInAsNew(api, admin)
    const input = { loginName: 'taro', displayName: '太郎', role: 'USER' }
    for (const password of [undefined, null]) {
      await admin.ask(UPDATE_USER, { id: user.id, input: { ...input, password } })
    }
    const empty = await admin.fail(UPDATE_USER, { id: user.id, input: { ...input, password: '' } })
    expect(empty.extensions.fields).toMatchObject([{ path: 'password', rule: 'minLength' }])
    expect(await client.ask(ME)).toEqual({ me: { loginName: 'taro' } })
    await api.client().signIn('taro', USER_PASSWORD)
    const taken = await admin.fail(UPDATE_USER, {
      id: user.id,
      input: { ...input, loginName: 'Admin' },
    })
    expect(taken.extensions.fields).toMatchObject([{ path: 'loginName', rule: 'loginNameInUse' }])
  })

  it('does not overwrite what somebody else has changed since it was read', async () => {
    const user = await createUser(admin)
    const input = userInput({ password: undefined })
    await admin.ask(UPDATE_USER, { id: user.id, version: user.version, input })
    const stale = await admin.fail(UPDATE_USER, { id: user.id, version: user.version, input })
    expect(stale.extensions).toMatchObject({ code: 'CONFLICT', version: user.version + 1 })
  })

  it.each([
    ['deactivates', DEACTIVATE_USER, {}],
    ['deletes', DELETE_USER, {}],
    ['promotes', UPDATE_USER, { input: userInput({ role: 'ADMIN', password: undefined }) }],
    ['resets the password of', UPDATE_USER, { input: userInput({ password: 'another one' }) }],
  ])('%s a person, whose sessions end in every process', async (_what, operation, variables) => {
    const { user, client } = await signInAsNew(api, admin)
    const second = await other.client().signIn(user.loginName, USER_PASSWORD)
    const twin = elsewhere(client)
    expect(await twin.ask(ME)).not.toEqual({ me: null })
    await admin.ask(operation, { id: user.id, ...variables })
    expect(await client.ask(ME)).toEqual({ me: null })
    await expect.poll(() => twin.ask(ME)).toEqual({ me: null })
    await expect.poll(() => second.ask(ME)).toEqual({ me: null })
    expect(await query('SELECT 1 FROM session WHERE user_id = $1', [user.id])).toEqual([])
  })

  it('ends the open sockets of who is demoted, at another process too', async () => {
    const { user, client } = await signInAsNew(api, admin, { role: 'ADMIN' })
    const lists: unknown[] = []
    const ended = (async () => {
      const subscription = { query: 'subscription { mailServersChanged { code } }' }
      for await (const { data } of connect(elsewhere(client)).iterate(subscription)) {
        lists.push(data)
      }
    })()
    // It may end before anybody waits for that.
    ended.catch(() => undefined)
    await expect.poll(() => lists).toHaveLength(1)
    const input = userInput({ role: 'USER', password: undefined })
    await admin.ask(UPDATE_USER, { id: user.id, input })
    await expect(ended).rejects.toMatchObject({ code: 4403 })
    await createMailServer(admin)
    expect(lists).toHaveLength(1)
  })

  it('deactivates somebody, who is answered as a wrong password is, until reactivated', async () => {
    const { user } = await signInAsNew(api, admin)
    const first = await admin.ask<{ deactivateUser: ReadUser }>(DEACTIVATE_USER, { id: user.id })
    expect(first.deactivateUser.deactivatedAt).not.toBeNull()
    const again = await admin.ask<{ deactivateUser: ReadUser }>(DEACTIVATE_USER, { id: user.id })
    expect(again.deactivateUser.deactivatedAt).toBe(first.deactivateUser.deactivatedAt)
    const name = { loginName: user.loginName }
    const right = await api.client().fail(SIGN_IN, { ...name, password: USER_PASSWORD })
    expect(right).toEqual(await api.client().fail(SIGN_IN, { ...name, password: 'wrong wrong' }))
    await admin.ask(REACTIVATE_USER, { id: user.id })
    const back = await api.client().signIn(user.loginName, USER_PASSWORD)
    expect(await back.ask(ME)).toEqual({ me: { loginName: user.loginName } })
  })

  it('goes on with a new session after resetting the own password', async () => {
    const { user, client } = await signInAsNew(api, admin, { role: 'ADMIN' })
    const before = elsewhere(client)
    const input = { ...userInput({ role: 'ADMIN', password: 'another one' }) }
    await client.ask(UPDATE_USER, { id: user.id, input })
    expect(await client.ask(ME)).toEqual({ me: { loginName: input.loginName } })
    await expect.poll(() => before.ask(ME)).toEqual({ me: null })
  })

  it('is told of people who are gone', async () => {
    const input = userInput()
    for (const id of ['01900000-0000-7000-8000-000000000000', 'nobody']) {
      for (const operation of [DEACTIVATE_USER, REACTIVATE_USER, DELETE_USER, UPDATE_USER]) {
        const { extensions } = await admin.fail(
          operation,
          operation === UPDATE_USER ? { id, input } : { id },
        )
        expect(extensions.code).toBe('NOT_FOUND')
      }
    }
  })
})

it('a deleted person takes the mail accounts along, and every process counts anew', async () => {
  const user = await createUser(admin)
  const server = await createMailServer(admin)
  for (let n = 0; n < 2; n += 1) await createAccount(admin, user.id, server.id)
  const accounts = 'query ($id: ID!) { user(id: $id) { mailAccountCount } }'
  expect(await admin.ask(accounts, { id: user.id })).toEqual({ user: { mailAccountCount: 2 } })
  const servers = '{ mailServers { id accountCount } }'
  const counted = async (client: TestClient) => {
    const { mailServers } = await client.ask<{
      mailServers: { id: string; accountCount: number }[]
    }>(servers)
    return mailServers.find(({ id }) => id === server.id)?.accountCount
  }
  const twin = elsewhere(admin)
  for (const client of [admin, twin]) expect(await counted(client)).toBe(2)
  await admin.ask(DELETE_USER, { id: user.id })
  expect(await counted(admin)).toBe(0)
  await expect.poll(() => counted(twin)).toBe(0)
})

describe('the last administrator who can sign in', () => {
  const demotion = () => ({ id: adminId, input: { loginName: 'admin', displayName: 'admin' } })

  it('cannot be demoted, nor can anybody delete or deactivate himself', async () => {
    // Neither a deactivated administrator nor one who has no way to sign in could mend anything.
    const gone = await createUser(admin, { role: 'ADMIN' })
    await admin.ask(DEACTIVATE_USER, { id: gone.id })
    await createUser(admin, { role: 'ADMIN', password: null })
    // A link to a provider lets nobody in while none is configured.
    const linked = await createUser(admin, { role: 'ADMIN', password: null })
    await database.query(
      `UPDATE app_user SET oidc_issuer = 'https://login.example.jp', oidc_subject = 'x' WHERE id = '${linked.id}'`,
    )
    for (const [operation, variables] of [
      [UPDATE_USER, demotion()],
      [DELETE_USER, { id: adminId }],
      [DEACTIVATE_USER, { id: adminId }],
    ] as const) {
      expect((await admin.fail(operation, variables)).extensions.code).toBe('CONFLICT')
    }
    expect(await admin.ask('{ me { role } }')).toEqual({ me: { role: 'ADMIN' } })
  })

  it('stays, however many administrators demote, deactivate and delete each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const people = [{ client: await other.admin(), id: adminId, loginName: 'admin' }]
      for (let n = 0; n < 3; n += 1) {
        const { user, client } = await signInAsNew(api, admin, { role: 'ADMIN' })
        people.push({ client, id: user.id, loginName: user.loginName })
      }
      await Promise.all(
        people.flatMap(({ client }, n) => {
          const { id, loginName } = people[(n + 1) % people.length] ?? people[0] ?? { id: '' }
          return [
            client.send(UPDATE_USER, { id, input: { loginName, displayName: 'demoted' } }),
            client.send(DEACTIVATE_USER, { id }),
            ...(id === adminId ? [] : [client.send(DELETE_USER, { id })]),
          ]
        }),
      )
      const [left] = await query<{ count: number }>(
        "SELECT count(*)::int AS count FROM app_user WHERE role = 'ADMIN' AND deactivated_at IS NULL",
      )
      expect(left?.count).toBeGreaterThan(0)
      await query(
        `UPDATE app_user SET role = 'ADMIN', deactivated_at = NULL, login_name = 'admin', login_name_key = 'admin' WHERE id = $1`,
        [adminId],
      )
      await query("DELETE FROM app_user WHERE login_name <> 'admin'")
      admin = await api.admin()
    }
  })
})

describe('everybody', () => {
  it('changes the own name and password, and nothing of others', async () => {
    const { user, client } = await signInAsNew(api, admin)
    const { updateMe } = await client.ask<{ updateMe: ReadUser }>(
      'mutation { updateMe(displayName: " 新しい名前 ") { id displayName role } }',
    )
    expect(updateMe).toEqual({ id: user.id, displayName: '新しい名前', role: 'USER' })
    for (const [operation, variables] of [
      [LIST_USERS, {}],
      [CREATE_USER, { input: userInput() }],
      [UPDATE_USER, { id: user.id, input: userInput({ role: 'ADMIN' }) }],
      [DEACTIVATE_USER, { id: adminId }],
      [REACTIVATE_USER, { id: adminId }],
      [DELETE_USER, { id: adminId }],
    ] as const) {
      expect((await client.fail(operation, variables)).extensions.code).toBe('FORBIDDEN')
    }
  })

  it('goes on with a new token after changing the password; all other sessions end', async () => {
    const { user, client } = await signInAsNew(api, admin)
    const before = elsewhere(client)
    const second = await other.client().signIn(user.loginName, USER_PASSWORD)
    const lastSignInAt = async () => (await listUsers(admin, user.loginName))[0]?.lastSignInAt
    const signedInAt = await lastSignInAt()
    await client.ask(CHANGE_PASSWORD, {
      currentPassword: USER_PASSWORD,
      newPassword: 'brand new one',
    })
    expect(client.cookie).not.toBe(before.cookie)
    // Going on is no sign-in.
    expect(await lastSignInAt()).toBe(signedInAt)
    expect(await client.ask(ME)).toEqual({ me: { loginName: user.loginName } })
    await expect.poll(() => before.ask(ME)).toEqual({ me: null })
    await expect.poll(() => second.ask(ME)).toEqual({ me: null })
    await api.client().signIn(user.loginName, 'brand new one')
    const old = { loginName: user.loginName, password: USER_PASSWORD }
    expect((await api.client().fail(SIGN_IN, old)).extensions.code).toBe('UNAUTHENTICATED')
  })

  it('names the current password; guessing it is limited, whatever process is asked', async () => {
    const { client } = await signInAsNew(api, admin)
    const guess = { currentPassword: 'not this one', newPassword: 'brand new one' }
    const { extensions } = await client.fail(CHANGE_PASSWORD, guess)
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'currentPassword', rule: 'passwordWrong' }],
    })
    const twin = elsewhere(client)
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) => (n % 2 ? client : twin).send(CHANGE_PASSWORD, guess)),
    )
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(9)
    expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(5)
  })

  it('has no password to change where none was ever set', async () => {
    const { user, client } = await signInAsNew(api, admin)
    await query('UPDATE app_user SET password_hash = NULL WHERE id = $1', [user.id])
    const words = { currentPassword: USER_PASSWORD, newPassword: 'brand new one' }
    expect((await client.fail(CHANGE_PASSWORD, words)).extensions.code).toBe('CONFLICT')
    const wrong = await api
      .client()
      .fail(SIGN_IN, { loginName: user.loginName, password: USER_PASSWORD })
    expect(wrong.extensions.code).toBe('UNAUTHENTICATED')
  })
})

it('a password that is reset while it is being checked signs nobody in', async () => {
  const { user } = await signInAsNew(api, admin)
  for (let round = 0; round < 8; round += 1) {
    const password = round === 0 ? USER_PASSWORD : `password ${round - 1}`
    const sender = api.client()
    const input = { loginName: user.loginName, displayName: 'x', password: `password ${round}` }
    await Promise.all([
      sender.send(SIGN_IN, { loginName: user.loginName, password }),
      admin.ask(UPDATE_USER, { id: user.id, input }),
    ])
    expect(await sender.ask(ME)).toEqual({ me: null })
  }
})

it('whoever changes the own password is told to have changed that alone', async () => {
  const { user, client } = await signInAsNew(api, admin)
  const words = { currentPassword: USER_PASSWORD, newPassword: 'brand new one' }
  const holder = new pg.Client(database.url)
  await holder.connect()
  try {
    await holder.query('BEGIN')
    const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await holder.query('UPDATE app_user SET display_name = $2 WHERE id = $1', [user.id, '別名'])
    const changing = client.ask(CHANGE_PASSWORD, words)
    const waiting = 'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))'
    await expect.poll(() => query(waiting, [rows[0]?.pid])).toHaveLength(1)
    await holder.query('COMMIT')
    await changing
  } finally {
    await holder.end()
  }
  const [event] = await query<{ changes: { field: string }[] }>(
    "SELECT changes FROM audit_event WHERE subject_id = $1 AND action = 'UPDATE'",
    [user.id],
  )
  expect(event?.changes.map(({ field }) => field)).toEqual(['password'])
})

it('every change is remembered with who made it, and no password', async () => {
  const { user, client } = await signInAsNew(api, admin, { loginName: 'remembered' })
  const input = {
    loginName: 'renamed',
    displayName: '別名',
    role: 'ADMIN',
    password: 'canary-pass',
  }
  await client.ask('mutation { updateMe(displayName: "自分で") { id } }')
  await admin.ask(UPDATE_USER, { id: user.id, input })
  await admin.ask(DEACTIVATE_USER, { id: user.id })
  await admin.ask(REACTIVATE_USER, { id: user.id })
  await admin.ask(REACTIVATE_USER, { id: user.id })
  await admin.ask(DELETE_USER, { id: user.id })
  const events = await query<{ actor_name: string; action: string; changes: { field: string }[] }>(
    "SELECT actor_name, action, changes FROM audit_event WHERE subject = 'USER' AND subject_id = $1 AND action NOT LIKE 'SIGN%' ORDER BY id",
    [user.id],
  )
  expect(events.map((e) => [e.actor_name, e.action, e.changes.map((c) => c.field)])).toEqual([
    ['admin', 'CREATE', ['loginName', 'displayName', 'role', 'deactivated', 'password']],
    ['remembered', 'UPDATE', ['displayName']],
    ['admin', 'UPDATE', ['loginName', 'displayName', 'role', 'password']],
    ['admin', 'UPDATE', ['deactivated']],
    ['admin', 'UPDATE', ['deactivated']],
    ['admin', 'DELETE', ['loginName', 'displayName', 'role', 'deactivated']],
  ])
  const dump = JSON.stringify(await query('SELECT * FROM audit_event'))
  for (const secret of ['canary-pass', USER_PASSWORD, ADMIN_PASSWORD, 'argon2']) {
    expect(dump).not.toContain(secret)
  }
})
