import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'
import { addAtProvider, OIDC_ORIGIN, oidcEnv, OidcBrowser } from '../support/oidc-kit.js'
import { createUser } from '../support/users-kit.js'

let database: TestDatabase
let server: OAuthServer
let api: TestApi
let browser: OidcBrowser
/** Where the record stood before. */
let last: string

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startOAuthServer(`${OIDC_ORIGIN}/sign-in/callback`)
  api = await startApi(database.url, oidcEnv(server))
  await createUser(await api.admin(), { loginName: 'taro', password: null })
  addAtProvider(server, 'taro')
})
afterAll(async () => {
  await api.close()
  await server.close()
  await database.drop()
})
beforeEach(async () => {
  server.brokenStatus = undefined
  browser = new OidcBrowser(api)
  const [row] = await database.rows<{ last: string }>(
    'SELECT id AS last FROM audit_event ORDER BY id DESC LIMIT 1',
  )
  last = row?.last ?? ''
})

/** The failures recorded since, with all that is kept of them. */
const recorded = () =>
  database.rows(
    `SELECT actor_kind, address, subject_name, changes FROM audit_event
     WHERE action = 'SIGN_IN_FAILED' AND id > $1::uuid ORDER BY id`,
    [last],
  )
const failure = (problem: string, subject_name = '') => ({
  ...{ actor_kind: 'NOBODY', address: '127.0.0.1', subject_name },
  changes: [{ field: 'oidcProblem', old: null, new: problem }],
})

it('whoever refuses at the provider, or finds it out of order, is in the record', async () => {
  await browser.comeBack(await server.refuse(await browser.start()))
  server.brokenStatus = 503
  await browser.signIn(server, 'taro')
  expect(await recorded()).toEqual([failure('OIDC_REFUSED'), failure('OIDC_FAILED')])
})

it('so is whoever brings a code that was used, and nothing of what was sent', async () => {
  const back = await server.grant(await browser.start(), 'taro')
  const ticket = browser.cookies.get('mailroom-sign-in') ?? ''
  await browser.comeBack(back)
  browser.cookies.set('mailroom-sign-in', ticket)
  await browser.comeBack(back)
  const odd = new URL(back)
  for (const name of ['code', 'iss']) odd.searchParams.delete(name)
  odd.searchParams.set('error', 'canary-error')
  odd.searchParams.set('error_description', 'canary-description')
  browser.cookies.set('mailroom-sign-in', ticket)
  await browser.comeBack(odd)
  expect(await recorded()).toEqual([failure('OIDC_EXPIRED'), failure('OIDC_FAILED')])
})

it('so is whoever the provider knows and nobody here', async () => {
  await browser.signIn(server, addAtProvider(server, 'stranger'))
  expect(await recorded()).toEqual([failure('OIDC_NOT_ADMITTED')])
})

it('so is whoever is deactivated while being signed in, by name', async () => {
  const deactivating = await database.begin(
    "UPDATE app_user SET deactivated_at = now() WHERE login_name = 'taro'",
  )
  const page = browser.signIn(server, 'taro')
  await expect.poll(() => database.waiting()).toBe(1)
  await deactivating.commit()
  expect(await page).toBe('/sign-in?problem=OIDC_NOT_ADMITTED')
  expect(await recorded()).toEqual([failure('OIDC_NOT_ADMITTED', 'taro')])
})

it('of those whom the limit stops, the first is, however many there are', async () => {
  const back = await server.refuse(await browser.start())
  await browser.comeBack(back)
  await database.query("UPDATE rate_limit SET points = 600 WHERE key LIKE 'oidc:%'")
  for (let n = 0; n < 3; n += 1) await browser.comeBack(back)
  expect(await recorded()).toEqual([
    failure('OIDC_REFUSED'),
    {
      ...failure(''),
      changes: [
        { field: 'retryAfterSeconds', old: null, new: expect.stringMatching(/^\d+$/) as string },
      ],
    },
  ])
})

it('a stranger who never began a sign-in writes nothing', async () => {
  await database.query("DELETE FROM rate_limit WHERE key LIKE 'oidc:%'")
  await browser.comeBack(new URL('http://x/?error=access_denied&state=made-up'))
  await browser.start()
  await browser.comeBack(new URL('http://x/?error=access_denied&state=made-up'))
  expect(await recorded()).toEqual([])
})
