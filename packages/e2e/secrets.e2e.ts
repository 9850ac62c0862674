import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { canaryOf, createCanary, type Canary } from '../api/test/support/canary.js'
import { TraceSearch } from './no-trace.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const { url, setUpUrl } = stack()
/** No secret, but typed, saved and shown: the search finds it. */
const MARKER = canaryOf('marker', 'marker-of-no-secret')

test.describe.configure({ mode: 'serial', timeout: 240_000 })

/** What a program would ask, in the browser's session. */
async function ask(page: Page, query: string, variables: object = {}): Promise<unknown> {
  const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
  return response.json()
}

const GIVEN = '$loginName: String!, $password: String!'
const TAKEN = 'loginName: $loginName, password: $password'
/** The field alone: its buttons and a dialog are called after it too. */
const secretField = (page: Page, label: string) => page.getByLabel(label).and(page.locator('input'))

/** A page that is signed in, and what looks for traces on it. */
async function open(page: Page, path: string, as = ADMIN): Promise<TraceSearch> {
  await ask(page, SIGN_IN, as)
  const search = new TraceSearch(page)
  await page.goto(url + path)
  return search
}

/** Typed and shown to who typed it, it is still nowhere but in its field. */
async function type(page: Page, label: string, secret: Canary): Promise<void> {
  const field = secretField(page, label)
  await field.fill(secret.text)
  await expect(field).toHaveValue(secret.text)
}

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage()
  const token = new URL(setUpUrl).hash.replace('#token=', '')
  const setUp = `mutation ($token: String!, ${GIVEN}) { setUp(token: $token, ${TAKEN}) { id } }`
  // Alone, this file finds nobody set up; after the others, somebody is.
  await ask(page, setUp, { token, ...ADMIN })
  await page.close()
})

test('the search finds what is no secret, wherever it is left', async ({ page }) => {
  const search = await open(page, '/users/new')
  await page.getByLabel('表示名').fill(MARKER.text)
  expect(await search.find([MARKER])).toEqual(['marker: plain in fields'])
  await page.evaluate(async (text) => {
    localStorage.setItem('a', text)
    sessionStorage.setItem('a', btoa(text))
    history.replaceState({ text }, '', `?a=${text}`)
    document.cookie = `a=${text}`
    console.info(text)
    document.body.append(text)
    await new Promise((resolve) => (indexedDB.open(text).onsuccess = resolve))
  }, MARKER.text)
  const found = (await search.find([MARKER], { inFields: false })).join('\n')
  const everywhere = 'document address cookies localStorage sessionStorage databases console'
  for (const place of everywhere.split(' ')) expect(found).toContain(`in ${place}`)
})

test('a wrong password leaves no trace, nor does the right one', async ({ page }) => {
  const [wrong, right] = [createCanary('wrong'), canaryOf('right', ADMIN.password)]
  const search = new TraceSearch(page)
  await page.goto(`${url}/sign-in?return=%2Fusers`)
  await page.getByLabel('ログイン名').fill(ADMIN.loginName)
  await type(page, 'パスワード', wrong)
  await page.getByRole('button', { name: 'パスワードを表示' }).click()
  await page.getByRole('button', { name: 'サインイン', exact: true }).click()
  await expect(page.getByText('ログイン名またはパスワードが正しくありません。')).toBeVisible()
  await search.expectNone([wrong])
  await page.getByLabel('ログイン名').fill(ADMIN.loginName)
  await type(page, 'パスワード', right)
  await page.getByRole('button', { name: 'サインイン', exact: true }).click()
  await page.waitForURL(`${url}/users`)
  await search.expectNone([wrong, right])
})
