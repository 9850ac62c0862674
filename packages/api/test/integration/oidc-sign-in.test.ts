import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/audit/actor.js'
import { ADMIN_PASSWORD, startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'
import { addAtProvider, OIDC_ORIGIN, oidcEnv, OidcBrowser } from '../support/oidc-kit.js'
import {
  createUser,
  DEACTIVATE_USER,
  listUsers,
  signInAsNew,
  type ReadUser,
} from '../support/users-kit.js'

const ME = '{ me { loginName displayName role } }'
const LINK = 'mutation { startOidcLink }'

let database: TestDatabase
let server: OAuthServer
/** Refuses whom it does not know. */
let api: TestApi
/** Another process of the same installation, which adds whom it does not know. */
let adding: TestApi
let admin: TestClient

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startOAuthServer(`${OIDC_ORIGIN}/sign-in/callback`)
  api = await startApi(database.url, env())
  adding = await startApi(database.url, env({ MAILROOM_OIDC_NEW_PEOPLE: 'add' }))
  admin = await api.admin()
})
afterAll(async () => {
  await Promise.all([api.close(), adding.close()])
  await server.close()
  await database.drop()
})
afterEach(async () => {
  server.brokenStatus = undefined
  await query("DELETE FROM app_user WHERE login_name <> 'admin'")
  await query('UPDATE app_user SET oidc_issuer = NULL, oidc_subject = NULL')
})

const env = (more: Record<string, string> = {}) => oidcEnv(server, more)
const query = (sql: string) => database.rows(sql)
const personAtProvider = (subject: string, claims = {}) => addAtProvider(server, subject, claims)

/** Somebody of ours who was added to sign in by OpenID Connect. */
const addWithoutPassword = (loginName: string, more: object = {}): Promise<ReadUser> =>
  createUser(admin, { loginName, password: null, ...more })

describe('where it is not configured', () => {
  it('nothing of it is offered', async () => {
    const plain = await startApi(database.url)
    try {
      expect(await plain.client().ask('{ signInMethods { oidcName } }')).toEqual({
        signInMethods: { oidcName: null },
      })
      const { extensions } = await plain.client().fail('mutation { startOidcSignIn }')
      expect(extensions.code).toBe('CONFLICT')
      const browser = new OidcBrowser(plain)
      expect(await browser.comeBack(new URL('http://x/?code=a&state=b'))).toBe(
        '/sign-in?problem=OIDC_EXPIRED',
      )
    } finally {
      await plain.close()
    }
  })
})

describe('signing in', () => {
  it('is offered by name, and begins a session like a password does', async () => {
    expect(await api.client().ask('{ signInMethods { oidcName } }')).toEqual({
      signInMethods: { oidcName: '社員アカウント' },
    })
    await addWithoutPassword('Ｔaro', { role: 'ADMIN' })
    const browser = new OidcBrowser(api).hold(await api.admin())
    const planted = browser.client()
    const page = await browser.signIn(
      server,
      personAtProvider('taro'),
      'mutation { startOidcSignIn(returnTo: "/mail-servers?q=a b") }',
    )
    expect(page).toBe('/sign-in?return=%2Fmail-servers%3Fq%3Da+b')
    expect(await browser.client().ask(ME)).toEqual({
      me: { loginName: 'Ｔaro', displayName: '山田 花子', role: 'ADMIN' },
    })
    // The session that the browser came with is dead, and nothing of the sign-in stays behind.
    expect(await planted.ask(ME)).toEqual({ me: null })
    expect([...browser.cookies.keys()]).toEqual(['mailroom'])
    expect(await query("SELECT key FROM rate_limit WHERE key LIKE '%127.0.0.1%'")).toEqual([])
    expect(await listUsers(admin, 'taro')).toMatchObject([
      { isLinkedByOidc: true, hasPassword: false, lastSignInAt: expect.any(String) as string },
    ])
  })

  it('asks for a code with PKCE, state and nonce, and finishes in any process', async () => {
    await addWithoutPassword('taro')
    const browser = new OidcBrowser(api)
    const url = new URL(await browser.start())
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${OIDC_ORIGIN}/sign-in/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      scope: 'openid profile email',
    })
    const back = await server.grant(url.href, personAtProvider('taro'))
    expect(await browser.comeBack(back, adding)).toBe('/sign-in')
    expect(await browser.client().ask(ME)).toMatchObject({ me: { loginName: 'taro' } })
  })

  it('gives a cookie for ten minutes that scripts cannot read', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { startOidcSignIn }' }),
    })
    expect(response.headers.get('set-cookie')).toMatch(
      /^mailroom-sign-in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  it('knows a linked person again under another name, and no other under the old one', async () => {
    await addWithoutPassword('taro')
    await new OidcBrowser(api).signIn(server, personAtProvider('taro'))
    personAtProvider('taro', { preferred_username: 'renamed' })
    const renamed = new OidcBrowser(api)
    expect(await renamed.signIn(server, 'taro')).toBe('/sign-in')
    expect(await renamed.client().ask(ME)).toMatchObject({ me: { loginName: 'taro' } })
    const thief = personAtProvider('thief', { preferred_username: 'taro' })
    expect(await new OidcBrowser(api).signIn(server, thief)).toBe(
      '/sign-in?problem=OIDC_NAME_IN_USE',
    )
  })

  it('keeps two tabs of one browser apart', async () => {
    await addWithoutPassword('taro')
    personAtProvider('taro')
    const browser = new OidcBrowser(api)
    const [first, second] = [await browser.start(), await browser.start()]
    const ticket = browser.cookies.get('mailroom-sign-in') ?? ''
    expect(await browser.comeBack(await server.grant(second, 'taro'))).toBe('/sign-in')
    browser.cookies.set('mailroom-sign-in', ticket)
    expect(await browser.comeBack(await server.grant(first, 'taro'))).toBe('/sign-in')
  })
})

describe('nobody is signed in', () => {
  const refused = async (browser: OidcBrowser, page: Promise<string>, problem: string) => {
    expect(await page).toBe(`/sign-in?problem=${problem}`)
    expect(await browser.client().ask(ME)).toEqual({ me: null })
  }

  it('by the name of somebody who has a password, whatever the provider says', async () => {
    for (const claims of [{}, { email: 'admin@example.jp', email_verified: true }]) {
      const evil = personAtProvider('evil', { preferred_username: 'ADMIN', ...claims })
      for (const process of [api, adding]) {
        const browser = new OidcBrowser(process)
        await refused(browser, browser.signIn(server, evil), 'OIDC_NAME_IN_USE')
      }
    }
    const failures = await query(
      "SELECT actor_kind, subject_name FROM audit_event WHERE action = 'SIGN_IN_FAILED' AND subject_name = 'admin'",
    )
    expect(failures).toEqual(Array(4).fill({ actor_kind: 'NOBODY', subject_name: 'admin' }))
  })

  it('whom nobody has added, or who is deactivated', async () => {
    const browser = new OidcBrowser(api)
    await refused(browser, browser.signIn(server, personAtProvider('x')), 'OIDC_NOT_ADMITTED')
    const user = await addWithoutPassword('taro')
    await admin.ask(DEACTIVATE_USER, { id: user.id })
    // Before the first sign-in, and after it.
    for (const isLinked of [false, true]) {
      if (isLinked) {
        await query('UPDATE app_user SET deactivated_at = NULL')
        await browser.signIn(server, personAtProvider('taro'))
        await admin.ask(DEACTIVATE_USER, { id: user.id })
      }
      await refused(browser, browser.signIn(server, personAtProvider('taro')), 'OIDC_NOT_ADMITTED')
    }
  })

  it('who refuses at the provider, or while it is out of order', async () => {
    await addWithoutPassword('taro')
    personAtProvider('taro')
    const browser = new OidcBrowser(api)
    const no = server.refuse(await browser.start()).then((back) => browser.comeBack(back))
    await refused(browser, no, 'OIDC_REFUSED')
    server.brokenStatus = 503
    await refused(browser, browser.signIn(server, 'taro'), 'OIDC_FAILED')
  })

  it('by another browser, a changed state, or a used code', async () => {
    await addWithoutPassword('taro')
    personAtProvider('taro')
    const browser = new OidcBrowser(api)
    const url = await browser.start()
    const back = await server.grant(url, 'taro')
    const stranger = new OidcBrowser(api)
    await refused(stranger, stranger.comeBack(back), 'OIDC_EXPIRED')
    await stranger.start()
    await refused(stranger, stranger.comeBack(back), 'OIDC_EXPIRED')
    const changed = new URL(back)
    const [payload = '', seal = ''] = (back.searchParams.get('state') ?? '').split('.')
    const errand = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...errand, returnTo: '//evil.example' }))
    for (const state of ['', payload, `${forged.toString('base64url')}.${seal}`]) {
      changed.searchParams.set('state', state)
      await refused(browser, browser.comeBack(changed), 'OIDC_EXPIRED')
    }
    const ticket = browser.cookies.get('mailroom-sign-in') ?? ''
    expect(await browser.comeBack(back)).toBe('/sign-in')
    browser.cookies.clear()
    browser.cookies.set('mailroom-sign-in', ticket)
    await refused(browser, browser.comeBack(back), 'OIDC_EXPIRED')
  })

  it('with a code of another sign-in of the same browser', async () => {
    await addWithoutPassword('taro')
    personAtProvider('taro')
    const browser = new OidcBrowser(api)
    const [one, other] = [await browser.start(), await browser.start()]
    const back = await server.grant(one, 'taro')
    back.searchParams.set('state', new URL(other).searchParams.get('state') ?? '')
    await refused(browser, browser.comeBack(back), 'OIDC_EXPIRED')
  })

  it('by an e-mail address that the provider has not verified', async () => {
    const byEmail = await startApi(database.url, env({ MAILROOM_OIDC_LOGIN_CLAIM: 'email' }))
    try {
      await addWithoutPassword('taro@example.jp')
      const browser = new OidcBrowser(byEmail)
      const claims = { email: 'taro@example.jp', email_verified: false }
      await refused(
        browser,
        browser.signIn(server, personAtProvider('taro', claims)),
        'OIDC_NOT_ADMITTED',
      )
      personAtProvider('taro', { ...claims, email_verified: true })
      expect(await browser.signIn(server, 'taro')).toBe('/sign-in')
    } finally {
      await byEmail.close()
    }
  })
})

describe('people who are not known yet', () => {
  it('are added as plain users where that is configured, once, however often they come', async () => {
    personAtProvider('jiro', { name: '鈴木 次郎' })
    const browsers = Array.from({ length: 4 }, () => new OidcBrowser(adding))
    const backs = await Promise.all(
      browsers.map(async (b) => server.grant(await b.start(), 'jiro')),
    )
    const pages = await Promise.all(browsers.map((b, n) => b.comeBack(backs[n] ?? new URL('x:'))))
    expect(new Set(pages)).toEqual(new Set(['/sign-in']))
    expect(await browsers[0]?.client().ask(ME)).toEqual({
      me: { loginName: 'jiro', displayName: '鈴木 次郎', role: 'USER' },
    })
    expect(await listUsers(admin, 'jiro')).toMatchObject([{ role: 'USER', hasPassword: false }])
    const events = await query(
      "SELECT action, actor_kind FROM audit_event WHERE subject_name = '鈴木 次郎 (jiro)' AND action NOT LIKE 'SIGN%'",
    )
    expect(events).toEqual([{ action: 'CREATE', actor_kind: 'SYSTEM' }])
  })

  it('are not the first: that is the administrator, whom the set-up link makes', async () => {
    const empty = await createTestDatabase()
    const fresh = await startApi(empty.url, env({ MAILROOM_OIDC_NEW_PEOPLE: 'add' }))
    try {
      await empty.query('DELETE FROM app_user')
      const page = await new OidcBrowser(fresh).signIn(server, personAtProvider('jiro'))
      expect(page).toBe('/sign-in?problem=OIDC_NOT_ADMITTED')
      expect(await fresh.client().ask('{ needsSetUp }')).toEqual({ needsSetUp: true })
      await fresh.app.auth.createFirstAdministrator(SYSTEM, 'admin', ADMIN_PASSWORD)
      expect(await new OidcBrowser(fresh).signIn(server, 'jiro')).toBe('/sign-in')
    } finally {
      await fresh.close()
      await empty.drop()
    }
  })

  it.each([
    ['no name', {}, { preferred_username: undefined }],
    ['a name of control characters', {}, { preferred_username: 'a\u202eb' }],
    ['a name that is too long', {}, { preferred_username: 'x'.repeat(101) }],
  ])('are refused with %s', async (_what, _none, claims) => {
    const browser = new OidcBrowser(adding)
    expect(await browser.signIn(server, personAtProvider('odd', claims))).toBe(
      '/sign-in?problem=OIDC_NOT_ADMITTED',
    )
  })
})

describe('somebody with a password', () => {
  it('links it while signed in, signs in either way, and unlinks it again', async () => {
    const { user, client } = await signInAsNew(api, admin)
    const browser = new OidcBrowser(api).hold(client)
    expect(await browser.signIn(server, personAtProvider('taro'), LINK)).toBe('/profile')
    expect(await client.ask('{ me { isLinkedByOidc } }')).toEqual({ me: { isLinkedByOidc: true } })
    const later = new OidcBrowser(api)
    expect(await later.signIn(server, 'taro')).toBe('/sign-in')
    expect(await later.client().ask(ME)).toMatchObject({ me: { loginName: user.loginName } })
    // Somebody else cannot have the same identity.
    const { client: other } = await signInAsNew(api, admin)
    const elsewhere = new OidcBrowser(api).hold(other)
    expect(await elsewhere.signIn(server, 'taro', LINK)).toBe(
      '/profile?problem=OIDC_LINKED_ELSEWHERE',
    )
    await client.ask('mutation { unlinkMe { id } }')
    expect(await later.signIn(server, 'taro')).toBe('/sign-in?problem=OIDC_NOT_ADMITTED')
  })

  it('links nothing for another session than the one that began', async () => {
    const { client } = await signInAsNew(api, admin)
    const { client: other } = await signInAsNew(api, admin)
    const browser = new OidcBrowser(api).hold(client)
    const url = await browser.start(LINK)
    browser.hold(other)
    const back = await server.grant(url, personAtProvider('taro'))
    expect(await browser.comeBack(back)).toBe('/profile?problem=OIDC_EXPIRED')
    for (const who of [client, other]) {
      expect(await who.ask('{ me { isLinkedByOidc } }')).toEqual({ me: { isLinkedByOidc: false } })
    }
    expect((await api.client().fail(LINK)).extensions.code).toBe('UNAUTHENTICATED')
  })

  it('is the only one who can unlink; an administrator may for everybody', async () => {
    const user = await addWithoutPassword('taro')
    const browser = new OidcBrowser(api)
    await browser.signIn(server, personAtProvider('taro'))
    const refused = await browser.client().fail('mutation { unlinkMe { id } }')
    expect(refused.extensions.code).toBe('CONFLICT')
    const unlink = 'mutation ($id: ID!) { unlinkUser(id: $id) { isLinkedByOidc } }'
    expect(await admin.ask(unlink, { id: user.id })).toEqual({
      unlinkUser: { isLinkedByOidc: false },
    })
    await expect.poll(() => browser.client().ask(ME)).toEqual({ me: null })
    // As when an account at the provider was made anew.
    const anew = personAtProvider('taro-2', { preferred_username: 'taro' })
    expect(await browser.signIn(server, anew)).toBe('/sign-in')
  })
})

it('a provider that cannot be reached is told where one starts', async () => {
  const down = await startApi(database.url, env({ MAILROOM_OIDC_ISSUER: 'http://127.0.0.1:1' }))
  try {
    const { extensions, message } = await down.client('ja').fail('mutation { startOidcSignIn }')
    expect(extensions).toMatchObject({ code: 'CONFLICT', reason: 'CONNECT_REFUSED' })
    expect(message).toContain('サインイン先に接続できません')
  } finally {
    await down.close()
  }
})
