import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordAudit } from '../../src/audit/record-audit.js'
import { createDataSource } from '../../src/db/data-source.js'
import { createAccount } from '../support/accounts-kit.js'
import { createApiToken, REVOKE_TOKEN } from '../support/api-tokens-kit.js'
import { ADMIN_PASSWORD, startApi, type TestApi, type TestClient } from '../support/api.js'
import {
  addedBy,
  auditEvents,
  auditPage,
  AUDIT_EVENTS,
  type ReadEvent,
} from '../support/audit-kit.js'
import { createTestDatabase, rowsOf, type TestDatabase } from '../support/database.js'
import {
  CREATE,
  createMailServer,
  DELETE,
  DELETE_ALL,
  listMailServers,
  REORDER,
  RESTORE,
  serverInput,
  UPDATE,
} from '../support/mail-servers-kit.js'
import {
  createProvider,
  grantAt,
  listGrants,
  providerInput,
  UPDATE_PROVIDER,
} from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'
import { SIGN_IN } from '../support/sign-in.js'
import { DELETE_USER, signInAsNew } from '../support/users-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let adminId: string
let provider: OAuthServer
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_TRUSTED_PROXIES: '1' })
  admin = await api.admin()
  adminId = (await admin.ask<{ me: { id: string } }>('{ me { id } }')).me.id
  const { oauthRedirectUri } = await admin.ask<{ oauthRedirectUri: string }>('{ oauthRedirectUri }')
  provider = await startOAuthServer(oauthRedirectUri)
})
afterAll(async () => {
  await api.close()
  await provider.close()
  await database.drop()
})

const brief = ({ action, subject, subjectName }: ReadEvent) => `${action} ${subject} ${subjectName}`
const added = (work: () => Promise<unknown>) => addedBy(admin, work)

describe('each change leaves one event', () => {
  it('of a mail server: added, changed, deleted, restored, with who, from where and what', async () => {
    const [event] = await added(() =>
      admin.send(
        CREATE,
        { input: serverInput({ code: 'audited' }) },
        { 'x-forwarded-for': '203.0.113.7' },
      ),
    )
    expect(event).toMatchObject({
      action: 'CREATE',
      subject: 'MAIL_SERVER',
      subjectName: '本社 (audited)',
      subjectExists: true,
      isVersion: true,
      actorKind: 'USER',
      actorId: adminId,
      actorName: 'admin',
      address: '203.0.113.7',
    })
    expect(event?.changes).toContainEqual({
      field: 'outgoing.host',
      old: null,
      new: 'smtp.example.co.jp',
      isSecret: false,
    })
    const id = event?.subjectId ?? ''
    const input = {
      ...serverInput({ outgoing: { port: 587, encryption: 'TLS' } }),
      code: 'audited',
    }
    const [update] = await added(() => admin.ask(UPDATE, { id, version: 1, input }))
    expect(update?.action).toBe('UPDATE')
    expect(update?.changes).toEqual([
      { field: 'outgoing.port', old: '465', new: '587', isSecret: false },
      { field: 'outgoing.encryption', old: 'SSL', new: 'TLS', isSecret: false },
    ])
    expect((await added(() => admin.ask(DELETE, { id }))).map(brief)).toEqual([
      'DELETE MAIL_SERVER 本社 (audited)',
    ])
    expect((await added(() => admin.ask(RESTORE, { ids: [id] }))).map(brief)).toEqual([
      'RESTORE MAIL_SERVER 本社 (audited)',
    ])
  })

  it('of the order, with the places of what was moved; of an order that stays, none', async () => {
    await createMailServer(admin, { code: 'second' })
    const ids = (await listMailServers(admin)).map(({ id }) => id)
    const [event] = await added(() => admin.ask(REORDER, { ids: ids.toReversed() }))
    expect(event).toMatchObject({ action: 'REORDER', subject: 'MAIL_SERVER_ORDER' })
    expect(event?.changes).toContainEqual({ field: 'second', old: '2', new: '1', isSecret: false })
    expect(await added(() => admin.ask(REORDER, { ids: ids.toReversed() }))).toEqual([])
  })

  it('for each server, where all are deleted at once', async () => {
    const servers = await listMailServers(admin)
    const events = await added(() => admin.ask(DELETE_ALL, { expectedCount: servers.length }))
    expect(events.map(({ subjectId }) => subjectId).sort()).toEqual(
      servers.map(({ id }) => id).sort(),
    )
  })

  it('and a change that is refused leaves none', async () => {
    const server = await createMailServer(admin, { code: 'taken' })
    const refused = await added(async () => {
      await admin.fail(CREATE, { input: serverInput({ code: 'TAKEN' }) })
      await admin.fail(CREATE, { input: serverInput({ outgoing: { port: 0 } }) })
      await admin.fail(UPDATE, { id: server.id, version: 99, input: serverInput() })
      await admin.fail(REORDER, { ids: [] })
      await admin.fail(DELETE_ALL, { expectedCount: 99 })
    })
    expect(refused).toEqual([])
  })

  it('and a change that cannot be recorded does not happen', async () => {
    await database.query('ALTER TABLE audit_event RENAME TO audit_event_away')
    const before = await listMailServers(admin)
    try {
      expect((await admin.fail(CREATE, { input: serverInput() })).extensions.code).toBe('INTERNAL')
    } finally {
      await database.query('ALTER TABLE audit_event_away RENAME TO audit_event')
    }
    expect(await listMailServers(admin)).toEqual(before)
  })

  it('of an OAuth provider and of what people granted there, and never a secret', async () => {
    const [made] = await added(() => createProvider(admin, provider))
    const id = made?.subjectId ?? ''
    expect(made).toMatchObject({
      action: 'CREATE',
      subject: 'OAUTH_PROVIDER',
      subjectName: '社内の認可サーバー',
    })
    expect(made?.changes).toContainEqual({
      field: 'clientSecret',
      old: null,
      new: null,
      isSecret: true,
    })
    const granted = await added(() => grantAt(api, admin, provider, id))
    expect(granted.map(brief)).toEqual([
      'CREATE OAUTH_GRANT taro@example.co.jp (社内の認可サーバー)',
    ])
    const input = { ...providerInput(provider), clientSecret: 'another secret', scopes: 'mail' }
    const [changed] = await added(() => admin.ask(UPDATE_PROVIDER, { id, version: 1, input }))
    expect(changed?.changes).toEqual([
      { field: 'scopes', old: 'openid mail offline_access', new: 'mail', isSecret: false },
      { field: 'clientSecret', old: null, new: null, isSecret: true },
    ])
    // Elsewhere, what was granted ends.
    const elsewhere = { ...providerInput(provider), metadataUrl: 'https://idp.example.com' }
    const ended = await added(() =>
      admin.ask(UPDATE_PROVIDER, { id, version: 2, input: elsewhere }),
    )
    expect(ended.map(brief).sort()).toEqual([
      'UPDATE OAUTH_GRANT taro@example.co.jp (社内の認可サーバー)',
      'UPDATE OAUTH_PROVIDER 社内の認可サーバー',
    ])
    const gone = await added(() =>
      admin.ask('mutation ($id: ID!) { deleteOAuthProvider(id: $id) { id } }', { id }),
    )
    expect(gone.map(brief).sort()).toEqual([
      'DELETE OAUTH_GRANT taro@example.co.jp (社内の認可サーバー)',
      'DELETE OAUTH_PROVIDER 社内の認可サーバー',
    ])
    expect((await auditEvents(admin, { subject: 'OAUTH_PROVIDER' }))[0]?.subjectExists).toBe(false)
  })

  it('of a grant that its person deletes, and of one that the provider takes back', async () => {
    const providerId = await createProvider(admin, provider)
    const grant = await grantAt(api, admin, provider, providerId, 'a@example.co.jp')
    const events = await added(() =>
      admin.ask('mutation ($id: ID!) { deleteOAuthGrant(id: $id) }', { id: grant.id }),
    )
    expect(events.map(brief)).toEqual(['DELETE OAUTH_GRANT a@example.co.jp (社内の認可サーバー)'])
    expect(await listGrants(admin)).toEqual([])
    const other = await grantAt(api, admin, provider, providerId, 'b@example.co.jp')
    await provider.revokeAll()
    await database.query('UPDATE oauth_grant SET access_expires_at = now()')
    const [ended, ...more] = await added(() =>
      Promise.allSettled([1, 2].map(() => api.app.tokens.forGrant(other.id, adminId))),
    )
    expect(more).toEqual([])
    expect(ended).toMatchObject({
      actorKind: 'SYSTEM',
      subject: 'OAUTH_GRANT',
      subjectId: other.id,
    })
    expect(ended?.changes).toEqual([
      { field: 'state', old: 'ACTIVE', new: 'ENDED', isSecret: false },
    ])
  })

  it('for each of what goes along with a deleted person', async () => {
    const { user, client } = await signInAsNew(api, admin, { role: 'ADMIN', loginName: 'jiro' })
    const providerId = await createProvider(admin, provider)
    await grantAt(api, client, provider, providerId, 'jiro@example.co.jp')
    const { apiToken } = await createApiToken(client, { name: '勤怠' })
    const { apiToken: revoked } = await createApiToken(client)
    await client.ask(REVOKE_TOKEN, { id: revoked.id })
    const server = await createMailServer(admin, { code: 'of-jiro' })
    await createAccount(admin, user.id, server.id, { code: 'jiro-1' })
    const events = await added(() => admin.ask(DELETE_USER, { id: user.id }))
    expect(events.map(({ actorName }) => actorName)).toEqual(events.map(() => 'admin'))
    expect(events.map(({ action, subject, subjectId }) => [action, subject, subjectId])).toEqual([
      ['DELETE', 'MAIL_ACCOUNT', expect.any(String)],
      ['DELETE', 'API_TOKEN', apiToken.id],
      ['DELETE', 'OAUTH_GRANT', expect.any(String)],
      ['DELETE', 'USER', user.id],
    ])
    expect(brief(events[1] as ReadEvent)).toBe(`DELETE API_TOKEN 勤怠 (…${apiToken.ending})`)
    expect(brief(events[2] as ReadEvent)).toBe(
      'DELETE OAUTH_GRANT jiro@example.co.jp (社内の認可サーバー)',
    )
  })
})

describe('signing in', () => {
  it('and out is told, with the address behind our own web server', async () => {
    const client = api.client()
    const events = await added(async () => {
      await client.send(
        SIGN_IN,
        { loginName: 'ADMIN', password: ADMIN_PASSWORD },
        { 'x-forwarded-for': '198.51.100.1, 203.0.113.5' },
      )
      await client.send('mutation { signOut }', {}, { 'x-forwarded-for': '203.0.113.5' })
    })
    expect(events.map(({ action, actorName, address }) => [action, actorName, address])).toEqual([
      ['SIGN_IN', 'admin', '203.0.113.5'],
      ['SIGN_OUT', 'admin', '203.0.113.5'],
    ])
  })

  it('that fails tells the name only where there is such a person: people type passwords there', async () => {
    const events = await added(async () => {
      await api.client().fail(SIGN_IN, { loginName: 'my-secret-password', password: 'wrong wrong' })
      await api.client().fail(SIGN_IN, { loginName: 'admin', password: 'canary-password' })
    })
    expect(
      events.map(({ action, subjectName, subjectId }) => [action, subjectName, subjectId]),
    ).toEqual([
      ['SIGN_IN_FAILED', '', null],
      ['SIGN_IN_FAILED', 'admin', adminId],
    ])
    expect(events[1]).toMatchObject({
      actorKind: 'NOBODY',
      actorName: '',
      actorId: null,
      address: '127.0.0.1',
    })
    const [row] = await database.rows<{ dump: string }>(
      'SELECT jsonb_agg(e)::text AS dump FROM audit_event e',
    )
    expect(row?.dump).not.toMatch(/my-secret-password|canary-password|wrong wrong/)
  })

  it('a thousand times in vain leaves the attempts that were looked at and one that met the limit', async () => {
    const client = api.client()
    const guess = () =>
      client.send(
        SIGN_IN,
        { loginName: 'admin', password: 'wrong wrong' },
        { 'x-forwarded-for': '203.0.113.66' },
      )
    const events = await added(async () => {
      for (let round = 0; round < 20; round += 1)
        await Promise.all(Array.from({ length: 50 }, guess))
    })
    expect(events).toHaveLength(6)
    expect(new Set(events.map(({ action }) => action))).toEqual(new Set(['SIGN_IN_FAILED']))
    const limited = events.filter(({ changes }) => changes.length > 0)
    expect(limited).toHaveLength(1)
    expect(limited[0]?.changes[0]).toMatchObject({ field: 'retryAfterSeconds', old: null })
  })

  it('for the first time is told by whoever made the administrator', async () => {
    const empty = await createTestDatabase()
    const first = await startApi(empty.url)
    try {
      const events = await auditEvents(await first.admin())
      const made = events.find(({ action, subject }) => action === 'CREATE' && subject === 'USER')
      expect(made).toMatchObject({
        action: 'CREATE',
        subject: 'USER',
        actorKind: 'SYSTEM',
        actorName: 'Mailroom',
        address: null,
      })
      expect(made?.changes).toContainEqual({
        field: 'password',
        old: null,
        new: null,
        isSecret: true,
      })
    } finally {
      await first.close()
      await empty.drop()
    }
  })
})

describe('what is recorded', () => {
  const statements = [
    "UPDATE audit_event SET actor_name = 'x'",
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
    "UPDATE audit_event SET id = id WHERE id = '00000000-0000-7000-8000-000000000000'",
  ]
  it.each(statements)('is append-only for the connection of the product: %s', async (sql) => {
    await expect(database.rows(sql)).rejects.toThrow('audit_event is append-only')
  })

  it('is append-only also in a session that says it only copies', async () => {
    const sql = 'SET session_replication_role = replica; DELETE FROM audit_event'
    await expect(database.rows(sql)).rejects.toThrow('audit_event is append-only')
  })

  it('is out of reach of a role that does not own the tables, and the product runs under it', async () => {
    const role = `app_${Date.now()}`
    await database.query(`
      CREATE ROLE ${role} LOGIN PASSWORD 'x' NOSUPERUSER;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
      REVOKE UPDATE, DELETE ON audit_event FROM ${role};
      REVOKE INSERT, UPDATE, DELETE ON migration FROM ${role};
      GRANT USAGE ON SCHEMA mailroom_queue TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mailroom_queue TO ${role};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mailroom_queue TO ${role};`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'x'
    const limited = await startApi(url.href)
    try {
      const caller = await limited.admin()
      await createMailServer(caller, { code: 'under-a-role' })
      const [newest] = await auditEvents(caller, { first: 1 })
      expect(newest?.subjectName).toBe('本社 (under-a-role)')
      for (const sql of [
        'DELETE FROM audit_event',
        'ALTER TABLE audit_event DISABLE TRIGGER ALL',
        'DROP TRIGGER audit_event_append_only ON audit_event',
        'SET session_replication_role = replica',
        'DROP TABLE audit_event',
      ]) {
        await expect(rowsOf(url.href, sql)).rejects.toThrow(/permission denied|must be owner/)
      }
    } finally {
      await limited.close()
      await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    }
  })

  it('stays cut and harmless, whatever anybody is called', async () => {
    const dataSource = createDataSource(database.url)
    await dataSource.initialize()
    const hostile = `\u0000\r\n{"level":"fatal"}\u001b[2J\u202e\ud800${'x'.repeat(1_000_000)}`
    try {
      await recordAudit(
        dataSource.manager,
        { kind: 'USER', id: null, name: hostile, address: hostile },
        {
          action: 'UPDATE',
          subject: 'SETTINGS',
          subjectName: hostile,
          changes: [{ field: hostile, old: hostile, new: hostile }],
        },
      )
    } finally {
      await dataSource.destroy()
    }
    const [event] = await auditEvents(admin, { first: 1 })
    const texts = [event?.actorName, event?.address, event?.subjectName, event?.changes[0]?.field]
    for (const text of texts) expect(text).toMatch(/^␀␍␊\{"level":"fatal"\}␛\[2J��x+…$/)
    expect(texts.map((text) => text?.length)).toEqual([200, 100, 300, 200])
    expect(event?.changes[0]?.new?.length).toBeLessThanOrEqual(2_000)
  })
})

describe('reading', () => {
  it('is for administrators', async () => {
    expect((await api.client().fail(AUDIT_EVENTS)).extensions.code).toBe('UNAUTHENTICATED')
  })

  it('goes page by page through every event once, while others arrive', async () => {
    const everything = new Set<string>()
    for (let page = await auditPage(admin); ;) {
      for (const { node } of page.edges) everything.add(node.id)
      if (!page.pageInfo.hasNextPage) break
      page = await auditPage(admin, { after: page.pageInfo.endCursor })
    }
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const page = await auditPage(admin, { first: 7, after })
      seen.push(...page.edges.map(({ node }) => node.id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
      await createMailServer(admin)
    }
    expect(seen).toHaveLength(new Set(seen).size)
    expect(seen).toEqual([...everything])
    expect(seen).toEqual(seen.toSorted().reverse())
  })

  it('narrows by what, by whom, by which one and when', async () => {
    const server = await createMailServer(admin, { code: 'narrow' })
    await admin.ask(DELETE, { id: server.id })
    const history = await auditEvents(admin, { subject: 'MAIL_SERVER', subjectId: server.id })
    expect(history.map(({ action }) => action)).toEqual(['DELETE', 'CREATE'])
    const [deleted, created] = history
    const bySystem = await auditEvents(admin, { actorKind: 'SYSTEM' })
    expect(new Set(bySystem.map(({ actorName }) => actorName))).toEqual(new Set(['Mailroom']))
    expect(
      await auditPage(admin, { actorId: adminId, action: 'DELETE', subjectId: server.id }),
    ).toMatchObject({
      totalCount: 1,
      pageInfo: { hasNextPage: false },
    })
    // What the screen shows of an event finds it again: from it on, and until before it.
    const from = await auditEvents(admin, { from: deleted?.at, subjectId: server.id })
    expect(from[0]?.id).toBe(deleted?.id)
    const to = await auditEvents(admin, { to: created?.at, subjectId: server.id })
    expect(to).toEqual([])
  })

  it('searches names, addresses and values, and takes signs literally', async () => {
    const names = ['ニードル ﾒｰﾙ', 'ﾆｰﾄﾞﾙ メール']
    for (const [place, name] of names.entries()) {
      const code = `100%_sure\\${place}`
      await createMailServer(admin, { code, name, outgoing: { host: 'Needle.example.jp' } })
    }
    const searches = [
      'NEEDLE.EXAMPLE',
      '100%_sure\\',
      '  needle ',
      'ｎｅｅｄｌｅ',
      'ニードル',
      'ﾆｰﾄﾞﾙ ﾒｰﾙ',
      'ＳＵＲＥ',
      'admin',
      '127.0.0.1',
    ]
    for (const search of searches) {
      const found = await auditEvents(admin, { search })
      const sure = found.filter(({ subjectName }) => subjectName.includes('100%_sure'))
      expect([search, sure.length]).toEqual([search, names.length])
    }
    expect(await auditEvents(admin, { search: '%_%' })).toEqual([])
    expect(await auditEvents(admin, { search: 'isSecret' })).toEqual([])
  })

  it('refuses what cannot be, by field', async () => {
    for (const variables of [
      { first: 0 },
      { first: 101 },
      { after: 'x' },
      { subjectId: "' OR 1=1" },
    ]) {
      expect((await admin.fail(AUDIT_EVENTS, variables)).extensions.code).toBe('BAD_USER_INPUT')
    }
  })
})
