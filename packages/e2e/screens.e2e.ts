import { expect, test, type Page } from '@playwright/test'
import { expectNoFaults, expectNoOverflow } from './no-faults.js'
import { add, ask, signInAdmin, speak } from './product-kit.js'
import { stack } from './stack.js'

/** Long, as some are: nothing may break by it. */
const LONG = 'screens-of-a-person-with-quite-a-long-name-without-a-space'
const { url } = stack()

/**
 * Each pair of a language, a width and a theme is among them. The first and the last are looked into by
 * all of axe, which takes long: in both themes and widths.
 */
const LOOKS = [
  { language: 'ja', width: 1440, theme: 'light' },
  { language: 'en', width: 390, theme: 'light' },
  { language: 'en', width: 1440, theme: 'dark' },
  { language: 'ja', width: 390, theme: 'dark' },
] as const

const ADD_USER = 'mutation ($input: UserInput!) { made: createUser(input: $input) { id } }'
const ADD_SERVER =
  'mutation ($input: MailServerInput!) { made: createMailServer(input: $input) { id } }'
const ADD_ACCOUNT =
  'mutation ($input: MailAccountInput!) { made: createMailAccount(input: $input) { id } }'
const ADD_TOKEN = `mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { token } }`

/** Something on every screen; answers the paths of what was made. */
async function fill(page: Page): Promise<string[]> {
  await signInAdmin(page)
  const person = {
    loginName: LONG,
    displayName: LONG,
    role: 'USER',
    password: 'a quiet battery staple',
  }
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

test('every screen scrolls nowhere sideways in each width, theme and language, and passes axe in two', async ({
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
