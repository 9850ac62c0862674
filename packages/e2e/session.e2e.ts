import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const { url, setUpUrl } = stack()

test.describe.configure({ mode: 'serial' })

/** What a program would ask, in the browser's session. */
async function ask(page: Page, query: string, variables: object = {}): Promise<unknown> {
  const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
  return response.json()
}

const SET_UP =
  'mutation ($token: String!, $loginName: String!, $password: String!) { setUp(token: $token, loginName: $loginName, password: $password) { id } }'
const CREATE = 'mutation ($input: MailServerInput!) { createMailServer(input: $input) { id } }'

test.beforeEach(async ({ page }) => {
  // Alone, this file finds nobody set up; after the others, somebody is.
  const token = new URL(setUpUrl).hash.replace('#token=', '')
  await ask(page, SET_UP, { token, ...ADMIN })
  await ask(page, SIGN_IN, ADMIN)
})

async function add(page: Page, code: string, name: string): Promise<void> {
  const side = { host: 'mail.example.co.jp', port: 993, encryption: 'SSL' }
  const input = { code, name, outgoing: side, incoming: { ...side, protocol: 'IMAP4' } }
  expect(await ask(page, CREATE, { input })).toMatchObject({ data: expect.anything() })
}

test('a session that ends over a form is renewed there, and what was typed is saved', async ({
  page,
}) => {
  await page.goto(`${url}/mail-servers/new`)
  await page.getByLabel('メールサーバーコード').fill('kept-draft')
  await page.getByLabel('メールサーバーの名称').fill('書きかけ')
  await page.getByLabel('送信メールサーバー名 (SMTP)').fill('smtp.example.co.jp')
  await page.getByLabel('受信メールサーバー名').fill('imap.example.co.jp')
  await ask(page, 'mutation { signOut }')
  await page.getByRole('button', { name: '追加する', exact: true }).click()

  const dialog = page.getByRole('alertdialog', { name: 'サインインの有効期間が終わりました' })
  await expect(dialog.getByLabel('ログイン名')).toHaveValue('admin')
  await expect(dialog.getByLabel('パスワード', { exact: true })).toBeFocused()
  await page.keyboard.type(ADMIN.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('「書きかけ」を追加しました')).toBeVisible()
  await expect(page.getByRole('link', { name: '書きかけ' })).toBeVisible()
})

test('a new order survives the end of the session, and follows the list again', async ({
  page,
}) => {
  await add(page, 'order-1', '並び一')
  await page.goto(`${url}/mail-servers/reorder`)
  await page.getByRole('button', { name: '「並び一」を先頭へ' }).click()
  // The socket hears of the end at once: the screen says so before anything is saved.
  await ask(page, 'mutation { signOut }')
  const dialog = page.getByRole('alertdialog', { name: 'サインインの有効期間が終わりました' })
  await dialog.getByLabel('パスワード', { exact: true }).fill(ADMIN.password)
  await dialog.getByRole('button', { name: 'サインイン', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('1件の順番が変わります')).toBeVisible()
  await add(page, 'order-2', '並び二')
  await expect(page.getByText('追加: 並び二')).toBeVisible()
})

test('an undo that fails can be tried again, and deleted servers are found later', async ({
  page,
}) => {
  await add(page, 'lost', '失われたもの')
  await page.goto(`${url}/mail-servers`)
  await page.getByRole('link', { name: '失われたもの' }).click()
  await page.getByRole('button', { name: '削除する', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'はい' }).click()
  await expect(page.getByText('「失われたもの」を削除しました')).toBeVisible()
  await add(page, 'ＬＯＳＴ', '横取り')
  const notices = page.getByRole('region', { name: '通知' })
  await notices.getByRole('button', { name: '元に戻す' }).click()
  await expect(notices).toContainText('元に戻せませんでした')
  await expect(notices.getByRole('button', { name: '元に戻す' })).toBeVisible()

  await page.getByRole('link', { name: '削除済みのメールサーバー（1）' }).click()
  const row = page.getByRole('row', { name: /失われたもの/ })
  await expect(row).toContainText('「横取り」が使っています')
  await expect(row.getByRole('button')).toHaveCount(0)

  await notices.getByRole('link', { name: '「横取り」を変更する' }).click()
  await page.getByLabel('メールサーバーコード').fill('another')
  await page.getByRole('button', { name: '変更を保存する' }).click()
  await expect(page.getByText('「横取り」の変更を保存しました')).toBeVisible()
  await page.goto(`${url}/mail-servers/deleted`)
  await page.getByRole('button', { name: '「失われたもの」を元に戻す' }).click()
  await expect(
    page.getByRole('heading', { name: '削除済みのメールサーバーはありません' }),
  ).toBeVisible()
  await page.getByRole('link', { name: '一覧に戻る' }).click()
  await expect(page.getByRole('link', { name: '失われたもの' })).toBeVisible()
})

for (const height of [700, 844]) {
  test(`on a narrow screen ${height} px high, what takes focus is wholly in sight`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height })
    await page.goto(`${url}/mail-servers/new`)
    const bar = page.getByRole('button', { name: '追加する', exact: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByLabel('メールサーバーコード').focus()
    const hidden: unknown[] = []
    let steps = 0
    for (; steps < 60; steps += 1) {
      await page.keyboard.press('Tab')
      if (await bar.evaluate((button) => button === document.activeElement)) break
      hidden.push(...(await page.evaluate(hiddenFocus)))
    }
    expect(steps).toBeGreaterThan(10)
    expect(steps).toBeLessThan(60)
    expect(hidden).toEqual([])
  })
}

/** Runs in the page: what has focus but lies under the bar of actions or outside the frame. */
function hiddenFocus(): unknown[] {
  const focused = document.activeElement
  const main = document.getElementById('main')
  const bar = document.querySelector('button[type=submit]')?.closest('.sticky')
  if (!focused || !main || !bar || bar.contains(focused)) return []
  const { top, bottom } = focused.getBoundingClientRect()
  const [first, last] = [main.getBoundingClientRect().top, bar.getBoundingClientRect().top]
  const isInSight = top >= first && bottom <= last
  return isInSight ? [] : [{ id: focused.id || focused.textContent, top, bottom, first, last }]
}
