import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { expectNoFaults } from './no-faults.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
/** Long, as some are: nothing may break by it. */
const LONG = 'screens-of-a-person-with-quite-a-long-name-without-a-space'
const { url, setUpUrl } = stack()

const LANGUAGES = ['ja', 'en']
const WIDTHS = [1440, 390]
/** All of a page is looked at in one theme, and in the other one what it changes. */
const THEMES = [
  ['light', []],
  ['dark', ['color-contrast']],
] as const

/** What a program would ask, in the browser's session. */
async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
  return ((await response.json()) as { data: T }).data
}

const SET_UP = `mutation ($token: String!, $loginName: String!, $password: String!) {
  setUp(token: $token, loginName: $loginName, password: $password) { id }
}`
const ADD_USER = 'mutation ($input: UserInput!) { made: createUser(input: $input) { id } }'
const ADD_SERVER =
  'mutation ($input: MailServerInput!) { made: createMailServer(input: $input) { id } }'
const ADD_ACCOUNT =
  'mutation ($input: MailAccountInput!) { made: createMailAccount(input: $input) { id } }'
const ADD_TOKEN = `mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { token } }`

async function add(page: Page, mutation: string, input: object): Promise<string> {
  return (await ask<{ made: { id: string } }>(page, mutation, { input })).made.id
}

/** Something on every screen; answers the paths of what was made. */
async function fill(page: Page): Promise<string[]> {
  // Alone, this file finds nobody set up; after the others, somebody is.
  await ask(page, SET_UP, { token: new URL(setUpUrl).hash.replace('#token=', ''), ...ADMIN })
  await ask(page, SIGN_IN, ADMIN)
  const person = { loginName: LONG, displayName: LONG, role: 'USER', password: ADMIN.password }
  const userId = await add(page, ADD_USER, person)
  const side = { host: `${LONG}.example.co.jp`, port: 993, encryption: 'SSL' }
  const incoming = { ...side, protocol: 'IMAP4' }
  const server = { code: 'screens-1', name: LONG, outgoing: side, incoming }
  const mailServerId = await add(page, ADD_SERVER, server)
  const account = {
    ...{ userId, mailServerId, code: 'screens-1', email: `${LONG}@example.co.jp`, name: '' },
    ...{ incomingUsername: LONG, leaveOnServer: true, enabled: true },
  }
  const accountId = await add(page, ADD_ACCOUNT, account)
  await ask(page, ADD_TOKEN, { input: { name: LONG, role: 'USER', expiresInDays: 30 } })
  return [`/users/${userId}`, `/mail-accounts/${accountId}`]
}

const PATHS = [
  ...['/users', '/users/new', '/profile', '/settings', '/api-tokens', '/api-tokens/new'],
  ...['/audit-log', '/mail-accounts', '/mail-accounts/new', '/mail-accounts/import'],
  ...['/mail-servers/import', '/oauth-providers', '/oauth-providers/new'],
]

test('every screen passes axe and scrolls nowhere sideways in each width, theme and language', async ({
  page,
}) => {
  test.setTimeout(600_000)
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!/^data:|^blob:/.test(request.url()) && !request.url().startsWith(url))
      complaints.push(request.url())
  })
  page.on('pageerror', (error) => complaints.push(String(error.stack)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  const paths = [...PATHS, ...(await fill(page))]
  await page.goto(url)
  for (const language of LANGUAGES) {
    await page.evaluate((chosen) => localStorage.setItem('mailroom.language', chosen), language)
    for (const path of paths) {
      await page.goto(url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        for (const [colorScheme, rules] of THEMES) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await expectNoFaults(page, [language, path, width, colorScheme].join(' '), rules)
        }
      }
    }
  }
  expect(complaints).toEqual([])
})
