import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { expectNoFaults, expectNoOverflow } from './no-faults.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
/** Long, as some are: nothing may break by it. */
const LONG = 'screens-of-a-person-with-quite-a-long-name-without-a-space'
const { url, setUpUrl } = stack()

/**
 * In the order in which a page is taken through them. The first and the last are looked into by all
 * of axe, which takes long: between them they have each language, width and theme.
 */
const LOOKS = [
  ...[
    { language: 'ja', width: 1440, theme: 'light' },
    { language: 'ja', width: 1440, theme: 'dark' },
  ],
  ...[
    { language: 'ja', width: 390, theme: 'dark' },
    { language: 'ja', width: 390, theme: 'light' },
  ],
  ...[
    { language: 'en', width: 390, theme: 'light' },
    { language: 'en', width: 1440, theme: 'light' },
  ],
  ...[
    { language: 'en', width: 1440, theme: 'dark' },
    { language: 'en', width: 390, theme: 'dark' },
  ],
] as const
type Look = (typeof LOOKS)[number]
const LANGUAGE_NAMES = { ja: '日本語', en: 'English' }

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

/** As a person does it, whose page stays. */
async function speak(page: Page, language: Look['language']): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) === language) return
  await page.locator('header button[aria-haspopup=menu]').click()
  await page.getByRole('menuitemradio', { name: LANGUAGE_NAMES[language] }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await expect(page.getByRole('menu')).toHaveCount(0)
}

async function expectEachLook(page: Page, path: string): Promise<void> {
  for (const look of LOOKS) {
    const { language, width, theme } = look
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await speak(page, language)
    const isLookedInto = look === LOOKS[0] || look === LOOKS.at(-1)
    const expectGood = isLookedInto ? expectNoFaults : expectNoOverflow
    await expectGood(page, [language, path, width, theme].join(' '))
  }
}

test('every screen passes axe and scrolls nowhere sideways in each width, theme and language', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!/^data:|^blob:/.test(request.url()) && !request.url().startsWith(url))
      complaints.push(request.url())
  })
  page.on('pageerror', (error) => complaints.push(String(error.stack)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  for (const path of [...PATHS, ...(await fill(page))]) {
    await page.goto(url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await expectEachLook(page, path)
  }
  expect(complaints).toEqual([])
})
