import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { canaryOf, createCanary, type Canary } from '../api/test/support/canary.js'
import { TraceSearch } from './no-trace.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const { url, setUpUrl, mailServers } = stack()
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

test('a person’s passwords leave no trace: added, reset, and changed by himself', async ({
  page,
}) => {
  const [first, reset, wrong, own] = ['first', 'reset', 'wrong', 'own'].map(createCanary)
  if (!first || !reset || !wrong || !own) throw new Error('four are made')
  const search = await open(page, '/users/new')
  await page.getByLabel('表示名').fill(MARKER.text)
  await page.getByLabel('ログイン名').fill('marker')
  await type(page, 'パスワード', first)
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  // It says so before the list has come, and a reload in between would show the form anew.
  await expect(page.getByText(`「${MARKER.text}」を追加しました。`)).toBeVisible()
  await page.waitForURL(`${url}/users`)
  await search.expectNone([first])
  const person = page.getByRole('link', { name: MARKER.text })
  await person.waitFor()
  expect(await search.find([MARKER])).toEqual(['marker: plain in document'])

  await person.click()
  await page.getByRole('button', { name: 'パスワードを再設定' }).click()
  await type(page, '新しいパスワード', reset)
  await page.getByRole('button', { name: '再設定する' }).click()
  await expect(page.getByText(`「${MARKER.text}」のパスワードを再設定しました。`)).toBeVisible()
  await search.expectNone([first, reset])

  await ask(page, SIGN_IN, { loginName: 'marker', password: reset.text })
  await page.goto(`${url}/profile`)
  await type(page, '現在のパスワード', wrong)
  await type(page, '新しいパスワード', own)
  await page.getByRole('button', { name: 'パスワードを変更する' }).click()
  await expect(secretField(page, '現在のパスワード')).toHaveAttribute('aria-invalid', 'true')
  await type(page, '現在のパスワード', reset)
  await page.getByRole('button', { name: 'パスワードを変更する' }).click()
  await expect(page.getByText('パスワードを変更しました。')).toBeVisible()
  await search.expectNone([first, reset, wrong, own])
})

test('a provider’s client secret leaves no trace', async ({ page }) => {
  const secret = createCanary('client secret')
  const search = await open(page, '/oauth-providers/new')
  await page.getByRole('radio', { name: 'Google' }).check()
  await page.getByLabel('名称').fill(MARKER.text)
  await page.getByLabel('クライアントID').fill('an-id')
  await type(page, 'クライアントシークレット', secret)
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await page.waitForURL(`${url}/oauth-providers`)
  await search.expectNone([secret])
  await page.getByRole('link', { name: MARKER.text }).click()
  await expect(page.getByText('保存されています。')).toBeVisible()
  await search.expectNone([secret])
})

test('what is typed into a diagnosis, and over an ended session, leaves no trace', async ({
  page,
}) => {
  const [incoming, outgoing] = [createCanary('incoming'), createCanary('outgoing')]
  const search = await open(page, '/mail-servers/new')
  await page.getByLabel('メールサーバーコード').fill('secrets-1')
  await page.getByLabel('メールサーバーの名称').fill(MARKER.text)
  await page.getByLabel('送信メールサーバー名 (SMTP)').fill(mailServers.host)
  await page.getByLabel('送信メールサーバーポート番号').fill(String(mailServers.ports['smtps']))
  await page.getByLabel('SMTP認証方法').selectOption('PLAIN')
  await page.getByRole('radio', { name: '設定する', exact: true }).check()
  await page.getByLabel('受信メールサーバー名').fill(mailServers.host)
  await page.getByLabel('受信メールサーバーポート番号').fill(String(mailServers.ports['imaps']))
  const panel = page.getByRole('region', { name: '接続診断' })
  await panel.getByRole('checkbox').check()
  await panel.getByLabel('受信メールアカウント').fill('alice')
  await panel.getByLabel('送信メールアカウント').fill('alice')
  await panel.getByLabel('受信メールパスワード', { exact: true }).fill(incoming.text)
  await panel.getByLabel('送信メールパスワード', { exact: true }).fill(outgoing.text)
  await panel.getByRole('button', { name: '診断する' }).click()
  await expect(panel.getByText('AUTH_REJECTED').first()).toBeVisible()
  expect(await search.find([incoming, outgoing], { inFields: false })).toEqual([])

  await ask(page, 'mutation { signOut }')
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: 'サインインの有効期間が終わりました' })
  await dialog.getByLabel('パスワード', { exact: true }).fill(ADMIN.password)
  await dialog.getByRole('button', { name: 'サインイン', exact: true }).click()
  await expect(page.getByText(`「${MARKER.text}」を追加しました`)).toBeVisible()
  await page.waitForURL(/mail-servers(\/[0-9a-f-]{36})?$/)
  await search.expectNone([incoming, outgoing, canaryOf('own', ADMIN.password)])
})

test('an account’s passwords leave no trace: added, and changed', async ({ page }) => {
  const [incoming, outgoing, changed] = ['incoming', 'outgoing', 'changed'].map(createCanary)
  if (!incoming || !outgoing || !changed) throw new Error('three are made')
  const search = await open(page, '/mail-accounts/new')
  await page.getByLabel('メールアドレス').fill('marker@example.co.jp')
  await page.getByLabel('アカウントコード').fill('marker-1')
  await page.getByRole('combobox', { name: '利用者' }).fill(MARKER.text)
  await page.getByRole('option', { name: MARKER.text }).click()
  await page.getByRole('combobox', { name: 'メールサーバー' }).fill(MARKER.text)
  await page.getByRole('option', { name: MARKER.text }).click()
  await page.getByLabel('受信メールアカウント').fill('alice')
  await page.getByLabel('送信メールアカウント').fill('alice')
  await type(page, '受信メールパスワード', incoming)
  await type(page, '送信メールパスワード', outgoing)
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await page.waitForURL(/mail-accounts\/[0-9a-f-]{36}$/)
  await search.expectNone([incoming, outgoing])
  await page.getByRole('button', { name: '受信メールパスワードを変更する' }).click()
  await type(page, '受信メールパスワード', changed)
  await page.getByRole('button', { name: '変更を保存する' }).click()
  // Both are stored again: before the save has come back, only the other one is.
  await expect(page.getByText('変更なし（保存済み）')).toHaveCount(2)
  await search.expectNone([incoming, outgoing, changed])
})
