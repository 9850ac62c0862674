import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  ACCOUNTS,
  CREATE_ACCOUNT,
  DELETE_ACCOUNT,
  UPDATE_ACCOUNT,
  accountInput,
  addPerson,
  createAccount,
  findAccount,
  idOf,
  listAccounts,
  type Person,
  type ReadAccount,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { changeSettings } from '../support/settings-kit.js'
import { MAIL_SERVERS, importFile, preview } from '../support/transfer-kit.js'
import { DELETE_USER } from '../support/users-kit.js'
import {
  DELETE,
  LIST,
  RESTORE,
  createMailServer,
  serverInput,
  UPDATE,
  type ReadServer,
} from '../support/mail-servers-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let adminId: string
let a: Person
let b: Person
let server: ReadServer

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  adminId = await idOf(admin)
  a = await addPerson(api, database, 'hanako')
  b = await addPerson(api, database, 'jiro')
  server = await createMailServer(admin, { code: 'main', name: '本社メール' })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const OWN_SENDING = { authMethod: 'PLAIN', credentials: 'OUTGOING' }

async function update(
  client: TestClient,
  account: ReadAccount,
  overrides: object = {},
): Promise<ReadAccount> {
  const { updateMailAccount } = await client.ask<{ updateMailAccount: ReadAccount }>(
    UPDATE_ACCOUNT,
    { id: account.id, version: account.version, input: inputOf(account, overrides) },
  )
  return updateMailAccount
}

/** What a form sends back of an account that it has read. */
function inputOf(account: ReadAccount, overrides: object = {}) {
  const { code, name, email, incomingUsername, outgoingUsername } = account
  const { oauthGrantId, leaveOnServer, deleteAfterDays, enabled } = account
  return {
    ...{ code, name, email, incomingUsername, outgoingUsername },
    ...{ oauthGrantId, leaveOnServer, deleteAfterDays, enabled },
    userId: account.user.id,
    mailServerId: account.mailServer.id,
    ...overrides,
  }
}

async function refusedFields(client: TestClient, query: string, variables: object) {
  const { extensions } = await client.fail(query, variables)
  expect(extensions.code).toBe('BAD_USER_INPUT')
  return extensions.fields?.map(({ path, rule }) => `${path} ${rule}`)
}

describe('adding', () => {
  it('gives the defaults of the contract, and the address as the name where that is blank', async () => {
    const account = await createAccount(a.client, a.id, server.id, {
      code: ' TARO ',
      name: ' ',
      email: 'ｔａｒｏ@Example.co.jp',
    })
    expect(account).toEqual({
      id: account.id,
      code: 'TARO',
      name: 'taro@example.co.jp',
      email: 'taro@example.co.jp',
      user: { id: a.id, loginName: 'hanako' },
      mailServer: { id: server.id, code: 'main', deletedAt: null },
      incomingUsername: account.incomingUsername,
      hasIncomingPassword: false,
      outgoingUsername: null,
      hasOutgoingPassword: false,
      oauthGrantId: null,
      leaveOnServer: true,
      deleteAfterDays: null,
      enabled: true,
      problem: null,
      version: 1,
    })
    const renamed = await update(a.client, account, { email: 'new@example.co.jp' })
    expect(renamed.name).toBe('taro@example.co.jp')
    // A form that sends the address back as the name has not named it.
    const unnamed = await update(a.client, renamed, { name: renamed.email })
    const moved = await update(a.client, unnamed, { name: '', email: 'last@example.co.jp' })
    expect(moved.name).toBe('last@example.co.jp')
  })

  it('refuses a code that is in use, however it is written, also somebody else’s', async () => {
    await createAccount(a.client, a.id, server.id, { code: 'unique-1' })
    for (const code of ['unique-1', 'UNIQUE-1', 'ｕｎｉｑｕｅ－１', ' unique-1 ']) {
      const input = accountInput(b.id, server.id, { code })
      expect(await refusedFields(b.client, CREATE_ACCOUNT, { input })).toEqual(['code codeInUse'])
    }
  })

  it('lets one of twenty accounts with the same code in', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        admin.send(CREATE_ACCOUNT, { input: accountInput(a.id, server.id, { code: 'race' }) }),
      ),
    )
    expect(
      answers.flatMap(({ errors }) => errors.map((e) => e.extensions.fields?.[0]?.rule)),
    ).toEqual(Array<string>(19).fill('codeInUse'))
  })

  it.each([
    [{ email: 'taro' }, 'email email'],
    [{ email: '' }, 'email required'],
    [{ code: ' ' }, 'code required'],
    [{ incomingUsername: '' }, 'incomingUsername required'],
    [{ name: 'x'.repeat(101) }, 'name maxLength'],
    [{ deleteAfterDays: 0 }, 'deleteAfterDays min'],
    [{ deleteAfterDays: 3_651 }, 'deleteAfterDays max'],
    [{ incomingPassword: 'x'.repeat(1_001) }, 'incomingPassword maxLength'],
    [{ mailServerId: '00000000-0000-7000-8000-000000000000' }, 'mailServerId mailServer'],
    [{ mailServerId: 'nonsense' }, 'mailServerId mailServer'],
    [{ mailServerId: null }, 'mailServerId required'],
    [{ userId: 'nonsense' }, 'userId user'],
    [{ version: 3 }, 'version unknown'],
    [{ id: '00000000-0000-7000-8000-000000000000' }, 'id unknown'],
  ])('refuses %j by field', async (overrides, refused) => {
    const input = accountInput(a.id, server.id, overrides)
    expect(await refusedFields(a.client, CREATE_ACCOUNT, { input })).toEqual([refused])
  })

  it('keeps nothing that the server or another setting hides', async () => {
    const hidden = await createAccount(a.client, a.id, server.id, {
      outgoingUsername: 'sender',
      outgoingPassword: 'hush-hush',
      leaveOnServer: false,
      deleteAfterDays: 5,
    })
    expect(hidden).toMatchObject({
      outgoingUsername: null,
      hasOutgoingPassword: false,
      deleteAfterDays: null,
    })
    const own = await createMailServer(admin, { outgoing: OWN_SENDING })
    const shown = await createAccount(a.client, a.id, own.id, {
      outgoingUsername: ' sender ',
      outgoingPassword: 'hush-hush',
      deleteAfterDays: 5,
    })
    expect(shown).toMatchObject({
      outgoingUsername: 'sender',
      hasOutgoingPassword: true,
      deleteAfterDays: 5,
    })
    expect(await update(a.client, shown, { mailServerId: server.id })).toMatchObject({
      outgoingUsername: null,
      hasOutgoingPassword: false,
    })
  })
})

describe('passwords', () => {
  it('stay where they are left out, and go where they are empty or null', async () => {
    const own = await createMailServer(admin, { outgoing: OWN_SENDING })
    let account = await createAccount(a.client, a.id, own.id, {
      incomingPassword: 'in-canary-1',
      outgoingPassword: 'out-canary-1',
    })
    const has = () => [account.hasIncomingPassword, account.hasOutgoingPassword]
    expect(has()).toEqual([true, true])
    account = await update(a.client, account)
    expect(has()).toEqual([true, true])
    account = await update(a.client, account, { incomingPassword: null })
    expect(has()).toEqual([false, true])
    account = await update(a.client, account, { outgoingPassword: '' })
    expect(has()).toEqual([false, false])
  })

  it('are in no answer, no record and no column as they are', async () => {
    const canary = 'canary-パスワード-7391'
    const account = await createAccount(a.client, a.id, server.id, { incomingPassword: canary })
    await update(a.client, account, { incomingPassword: `${canary}-2` })
    const conflict = await a.client.send(UPDATE_ACCOUNT, {
      id: account.id,
      version: 1,
      input: inputOf(account, { incomingPassword: canary }),
    })
    const invalid = await a.client.send(CREATE_ACCOUNT, {
      input: accountInput(a.id, server.id, { email: 'x', incomingPassword: canary }),
    })
    const listed = await admin.send(ACCOUNTS)
    const stored = await database.rows('SELECT * FROM mail_account')
    const told = await database.rows('SELECT * FROM audit_event')
    const texts = [conflict.text, invalid.text, listed.text, written(stored), written(told)]
    for (const text of texts) expect(text).not.toContain('7391')
    expect(written(told)).toContain('"field":"incomingPassword","isSecret":true')
  })
})

describe('changing', () => {
  it('refuses a version that is not the current one and changes nothing', async () => {
    const account = await createAccount(a.client, a.id, server.id, { name: 'first' })
    await update(a.client, account, { name: 'second' })
    const error = await a.client.fail(UPDATE_ACCOUNT, {
      id: account.id,
      version: 1,
      input: inputOf(account, { name: 'third' }),
    })
    expect(error.extensions).toMatchObject({ code: 'CONFLICT', version: 2 })
    expect((await findAccount(a.client, account.id))?.name).toBe('second')
  })

  it('lets exactly one of twenty updates of one version win', async () => {
    const account = await createAccount(a.client, a.id, server.id)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        a.client.send(UPDATE_ACCOUNT, {
          id: account.id,
          version: 1,
          input: inputOf(account, { name: `n${n}` }),
        }),
      ),
    )
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(answers.flatMap(({ errors }) => errors.map((e) => e.extensions.code))).toEqual(
      Array<string>(19).fill('CONFLICT'),
    )
  })

  it('is remembered field by field, with the hosts that stored passwords now go to', async () => {
    const other = await createMailServer(admin, {
      code: 'other',
      name: '支社',
      incoming: { host: 'imap.other.example' },
    })
    const account = await createAccount(a.client, a.id, server.id, { incomingPassword: 'x' })
    await update(a.client, account, { name: '新しい名前', mailServerId: other.id })
    const [event] = await database.rows(
      `SELECT actor_name, action, changes FROM audit_event WHERE subject = 'MAIL_ACCOUNT'
         AND subject_id = '${account.id}' AND action = 'UPDATE'`,
    )
    expect(event).toEqual({
      actor_name: 'hanako',
      action: 'UPDATE',
      changes: [
        { field: 'name', old: account.email, new: '新しい名前' },
        { field: 'mailServer', old: '本社メール (main)', new: '支社 (other)' },
        {
          field: 'passwordsGoTo',
          old: 'imap.example.co.jp :993, smtp.example.co.jp :465',
          new: 'imap.other.example :993, smtp.example.co.jp :465',
        },
      ],
    })
  })
})

describe('whose accounts', () => {
  it('an administrator has all of them, everybody else his own', async () => {
    const mine = await createAccount(a.client, a.id, server.id)
    const theirs = await createAccount(admin, b.id, server.id)
    const ids = (accounts: ReadAccount[]) => accounts.map(({ id }) => id)
    expect(ids(await listAccounts(admin))).toEqual(expect.arrayContaining([mine.id, theirs.id]))
    const seen = await listAccounts(a.client)
    expect(new Set(seen.map(({ user }) => user.id))).toEqual(new Set([a.id]))
    expect(ids(seen)).toContain(mine.id)
    expect(ids(await listAccounts(b.client))).toContain(theirs.id)
  })

  it('somebody else’s does not exist: not to be read, changed, deleted, listed or searched', async () => {
    const theirs = await createAccount(admin, b.id, server.id, { code: 'secret-code-of-jiro' })
    expect(await findAccount(a.client, theirs.id)).toBeNull()
    const variables = { id: theirs.id, version: theirs.version, input: inputOf(theirs) }
    const mine = { ...variables, input: inputOf(theirs, { userId: a.id }) }
    for (const [query, given] of [
      [UPDATE_ACCOUNT, variables],
      [UPDATE_ACCOUNT, mine],
      [DELETE_ACCOUNT, { id: theirs.id }],
    ] as const) {
      expect((await a.client.fail(query, given)).extensions.code).toBe('NOT_FOUND')
    }
    for (const args of [
      `userId: "${b.id}"`,
      'search: "secret-code-of-jiro"',
      'search: "jiro"',
      `mailServerId: "${server.id}"`,
    ]) {
      const { mailAccountsPage: page } = await a.client.ask<Page>(pageQuery(args))
      expect(page.edges.map(({ node }) => node.id)).not.toContain(theirs.id)
      expect(page.totalCount).toBe(page.edges.length)
    }
    expect(await findAccount(b.client, theirs.id)).toMatchObject({ version: 1 })
  })

  it('nobody but an administrator makes or gives away accounts of others', async () => {
    const input = accountInput(b.id, server.id)
    expect(await refusedFields(a.client, CREATE_ACCOUNT, { input })).toEqual(['userId ownAccount'])
    const mine = await createAccount(a.client, a.id, server.id)
    expect(
      await refusedFields(a.client, UPDATE_ACCOUNT, {
        id: mine.id,
        version: 1,
        input: inputOf(mine, { userId: b.id }),
      }),
    ).toEqual(['userId ownAccount'])
    const given = await update(admin, mine, { userId: b.id })
    expect(given.user.id).toBe(b.id)
    expect(await findAccount(a.client, mine.id)).toBeNull()
  })

  it('nobody who is not signed in sees any', async () => {
    for (const query of [ACCOUNTS, pageQuery('first: 1')]) {
      expect((await api.client().fail(query)).extensions.code).toBe('UNAUTHENTICATED')
    }
  })

  it.each(['00000000-0000-7000-8000-000000000000', 'nonsense', ''])(
    'answers NOT_FOUND for the id %j',
    async (id) => {
      const input = accountInput(adminId, server.id)
      expect((await admin.fail(UPDATE_ACCOUNT, { id, version: 1, input })).extensions.code).toBe(
        'NOT_FOUND',
      )
      expect((await admin.fail(DELETE_ACCOUNT, { id })).extensions.code).toBe('NOT_FOUND')
      expect(await admin.ask(ACCOUNT, { id })).toEqual({ mailAccount: null })
    },
  )

  it('deleting one takes it away for good; deleting a person takes all of his', async () => {
    const gone = await createAccount(a.client, a.id, server.id)
    expect(await a.client.ask(DELETE_ACCOUNT, { id: gone.id })).toEqual({ deleteMailAccount: true })
    expect((await a.client.fail(DELETE_ACCOUNT, { id: gone.id })).extensions.code).toBe('NOT_FOUND')
    const c = await addPerson(api, database, 'saburo')
    const { id } = await createAccount(c.client, c.id, server.id)
    await admin.ask(DELETE_USER, { id: c.id })
    expect(await findAccount(admin, id)).toBeNull()
    const told = await database.rows(
      `SELECT actor_name, action FROM audit_event WHERE subject_id = '${id}' ORDER BY id`,
    )
    expect(told).toEqual([
      { actor_name: 'saburo', action: 'CREATE' },
      { actor_name: 'admin', action: 'DELETE' },
    ])
  })
})

describe('what is told of a server', () => {
  const OPTIONS =
    '{ mailServerOptions { code deletedAt needsIncomingPassword needsOutgoingCredentials usesOAuth oauthProviderId } }'

  it('which fields an account at it needs, and nothing of where it is', async () => {
    await createMailServer(admin, { code: 'own-sending', outgoing: OWN_SENDING })
    await createMailServer(admin, {
      code: 'hidden-choice',
      outgoing: { authMethod: 'NONE', credentials: 'OUTGOING' },
    })
    await createMailServer(admin, {
      code: 'oauth',
      incoming: { authMethod: 'XOAUTH2' },
      outgoing: { authMethod: 'XOAUTH2' },
    })
    const { mailServerOptions } = await a.client.ask<{ mailServerOptions: { code: string }[] }>(
      OPTIONS,
    )
    const of = (code: string) => mailServerOptions.find((option) => option.code === code)
    const plain = { needsIncomingPassword: true, usesOAuth: false, oauthProviderId: null }
    expect(of('own-sending')).toMatchObject({ ...plain, needsOutgoingCredentials: true })
    expect(of('hidden-choice')).toMatchObject({ ...plain, needsOutgoingCredentials: false })
    expect(of('oauth')).toMatchObject({ needsIncomingPassword: false, usesOAuth: true })
    for (const field of [
      'host',
      'outgoing { host }',
      'position',
      'accountCount',
      'incoming { port }',
    ]) {
      const refused = await a.client.fail(`{ mailAccounts { mailServer { ${field} } } }`)
      expect(refused.extensions.code).toMatch(/VALIDATION/)
    }
  })

  it('that it was deleted: the account keeps it, and no other account gets it', async () => {
    const doomed = await createMailServer(admin, { code: 'doomed' })
    const account = await createAccount(a.client, a.id, doomed.id, { code: 'zz-doomed' })
    await admin.ask(DELETE, { id: doomed.id })
    const seen = await findAccount(a.client, account.id)
    expect(seen).toMatchObject({ problem: 'MAIL_SERVER_DELETED', mailServer: { code: 'doomed' } })
    expect(seen?.mailServer.deletedAt).not.toBeNull()
    // First in every list, whatever its code.
    expect((await listAccounts(a.client))[0]?.id).toBe(account.id)
    const renamed = await update(a.client, account, { name: 'still there' })
    expect(renamed.mailServer.id).toBe(doomed.id)
    const chosen = accountInput(a.id, doomed.id)
    expect(await refusedFields(a.client, CREATE_ACCOUNT, { input: chosen })).toEqual([
      'mailServerId mailServer',
    ])
    const other = await createAccount(a.client, a.id, server.id)
    expect(
      await refusedFields(a.client, UPDATE_ACCOUNT, {
        id: other.id,
        version: 1,
        input: inputOf(other, { mailServerId: doomed.id }),
      }),
    ).toEqual(['mailServerId mailServer'])
    await admin.ask(RESTORE, { ids: [doomed.id] })
    expect(await findAccount(a.client, account.id)).toMatchObject({ problem: null })
  })

  it('how many accounts have it, as soon as that changes, without a question for each server', async () => {
    const query = LIST.replace('{ id', '{ accountCount id')
    const counts = async () =>
      Object.fromEntries(
        (
          await admin.ask<{ mailServers: { code: string; accountCount: number }[] }>(query)
        ).mailServers.map(({ code, accountCount }) => [code, accountCount]),
      )
    await createMailServer(admin, { code: 'counted' })
    const { id } = await createMailServer(admin, { code: 'counted-too' })
    expect(await counts()).toMatchObject({ counted: 0, 'counted-too': 0 })
    const account = await createAccount(a.client, a.id, id)
    expect(await counts()).toMatchObject({ counted: 0, 'counted-too': 1 })
    await a.client.ask(DELETE_ACCOUNT, { id: account.id })
    expect(await counts()).toMatchObject({ 'counted-too': 0 })
    const alone = await admin.ask('{ mailServers { accountCount } }')
    expect(JSON.stringify(alone)).toContain('{"accountCount":')
  })

  it('that passwords are stored for it, and with a change of its hosts that they go to the new ones', async () => {
    const { id } = await createMailServer(admin, { code: 'hosts' })
    const has = async () =>
      (
        await admin.ask<{ mailServer: { hasStoredPasswords: boolean } }>(
          'query ($id: ID!) { mailServer(id: $id) { hasStoredPasswords } }',
          { id },
        )
      ).mailServer.hasStoredPasswords
    const change = async (version: number, outgoing: object) => {
      const input = serverInput({ code: 'hosts', outgoing })
      await admin.ask(UPDATE, { id, version, input })
      const [event] = await database.rows(
        `SELECT changes FROM audit_event WHERE subject_id = '${id}' ORDER BY id DESC LIMIT 1`,
      )
      return JSON.stringify(event?.['changes'])
    }
    await createAccount(a.client, a.id, id)
    expect(await has()).toBe(false)
    expect(await change(1, { host: 'one.example' })).not.toContain('passwordsGoTo')
    await createAccount(a.client, a.id, id, { incomingPassword: 'x' })
    expect(await has()).toBe(true)
    expect(await change(2, { host: 'one.example', timeoutSeconds: 60 })).not.toContain('GoTo')
    expect(await change(3, { host: 'two.example' })).toContain(
      '{"new":"imap.example.co.jp :993, two.example :465","old":"imap.example.co.jp :993, one.example :465","field":"passwordsGoTo"}',
    )
  })

  it('by whatever way its owner’s name is written large', async () => {
    const owner = await addPerson(api, database, 'großmann')
    await database.query(`UPDATE app_user SET display_name = 'x' WHERE id = '${owner.id}'`)
    const { id } = await createAccount(owner.client, owner.id, server.id)
    for (const search of ['großmann', 'GROSSMANN', 'ｇｒｏｓｓ']) {
      const found = await admin.ask(
        'query ($search: String!) { mailAccountsPage(search: $search) { edges { node { id } } } }',
        { search },
      )
      expect(found).toEqual({ mailAccountsPage: { edges: [{ node: { id } }] } })
    }
  })

  it('with where stored passwords go told of each server of an import', async () => {
    const stored = await createMailServer(admin, { code: 'with-passwords' })
    const bare = await createMailServer(admin, { code: 'without' })
    await createAccount(a.client, a.id, stored.id, { incomingPassword: 'x' })
    const file = 'code,outgoing.host\nwith-passwords,new.example\nwithout,new.example'
    const { rows, digest } = await preview(admin, MAIL_SERVERS, file)
    await importFile(admin, MAIL_SERVERS, file, digest)
    const events = await database.rows(
      `SELECT subject_id, changes FROM audit_event
       WHERE action = 'UPDATE' AND subject_id IN ('${stored.id}', '${bare.id}') ORDER BY id`,
    )
    const host = { field: 'outgoing.host', old: 'smtp.example.co.jp', new: 'new.example' }
    const goes = {
      field: 'passwordsGoTo',
      old: 'imap.example.co.jp :993, smtp.example.co.jp :465',
      new: 'imap.example.co.jp :993, new.example :465',
    }
    expect(events).toEqual([
      { subject_id: stored.id, changes: [host, goes] },
      { subject_id: bare.id, changes: [host] },
    ])
    // And before it was done.
    expect(rows.map(({ changes }) => changes)).toMatchObject([
      [host, { ...goes, label: 'Stored passwords are sent to', isSecret: false }],
      [host],
    ])
  })

  it('as it is after a change of its settings, in the kept dropdown too', async () => {
    const { id } = await createMailServer(admin, { code: 'changing' })
    const before = await a.client.ask(OPTIONS)
    expect(JSON.stringify(before)).not.toContain(
      '"changing","deletedAt":null,"needsIncomingPassword":true,"needsOutgoingCredentials":true',
    )
    await admin.ask(UPDATE, {
      id,
      version: 1,
      input: serverInput({ code: 'changing', outgoing: OWN_SENDING }),
    })
    const after = await a.client.ask(OPTIONS)
    expect(JSON.stringify(after)).toContain(
      '"changing","deletedAt":null,"needsIncomingPassword":true,"needsOutgoingCredentials":true',
    )
  })
})

describe('what the settings leave to people', () => {
  it('accounts are looked after by administrators alone where they say so', async () => {
    const account = await createAccount(a.client, a.id, server.id)
    await changeSettings(admin, { usersManageAccounts: false })
    for (const [query, variables] of [
      [CREATE_ACCOUNT, { input: accountInput(a.id, server.id) }],
      [UPDATE_ACCOUNT, { id: account.id, version: 1, input: inputOf(account) }],
      [DELETE_ACCOUNT, { id: account.id }],
    ] as const) {
      const { message, extensions } = await a.client.fail(query, variables)
      expect([extensions.code, message]).toEqual([
        'FORBIDDEN',
        'Accounts are added, changed and deleted by administrators only. Ask one of them.',
      ])
    }
    expect(await findAccount(a.client, account.id)).toMatchObject({ version: 1 })
    expect(await update(admin, account)).toMatchObject({ version: 2 })
    await changeSettings(admin, { usersManageAccounts: true })
  })

  it('mail is left on the server only where they say so, or an administrator has', async () => {
    await changeSettings(admin, { usersLeaveMail: false })
    const input = accountInput(a.id, server.id)
    expect(await refusedFields(a.client, CREATE_ACCOUNT, { input })).toEqual([
      'leaveOnServer notAllowed',
    ])
    const account = await createAccount(admin, a.id, server.id)
    const limited = await createAccount(admin, a.id, server.id, { deleteAfterDays: 30 })
    for (const deleteAfterDays of [null, 60]) {
      const variables = { id: limited.id, version: 1, input: inputOf(limited, { deleteAfterDays }) }
      expect(await refusedFields(a.client, UPDATE_ACCOUNT, variables)).toEqual([
        'leaveOnServer notAllowed',
      ])
    }
    const renamed = await update(a.client, account, { name: 'still left' })
    const emptied = await update(a.client, renamed, { leaveOnServer: false })
    expect(
      await refusedFields(a.client, UPDATE_ACCOUNT, {
        id: emptied.id,
        version: emptied.version,
        input: inputOf(emptied, { leaveOnServer: true }),
      }),
    ).toEqual(['leaveOnServer notAllowed'])
    await changeSettings(admin, { usersLeaveMail: true })
  })
})

interface Page {
  mailAccountsPage: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    edges: { cursor: string; node: { id: string; code: string } }[]
  }
}

function pageQuery(args: string): string {
  return `{ mailAccountsPage(${args}) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id code } } } }`
}

const written = (rows: object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => value) +
  rows.map((row) => Object.values(row).map(String).join('|')).join('\n')
