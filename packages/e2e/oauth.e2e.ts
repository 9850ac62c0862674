import { expect, test, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { startOAuthServer, type OAuthServer } from '../api/test/support/oauth-server.js'
import { expectNoFaults } from './no-faults.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const { url, setUpUrl, mailServers } = stack()
const PROVIDER = '社内の認可サーバー'

test.describe.configure({ mode: 'serial' })

let server: OAuthServer
test.beforeAll(async () => {
  // By name: for the browser another site than Mailroom, as a provider is.
  server = await startOAuthServer(`${url}/oauth/callback`, 'localhost')
  await fetch(mailServers.tokenAuthorityUrl, {
    method: 'PUT',
    body: JSON.stringify(server.authority),
  })
})
test.afterAll(() => server.close())

/** What a program would ask, in the browser's session. */
async function ask(page: Page, query: string, variables: object = {}): Promise<unknown> {
  const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
  return response.json()
}

test.beforeEach(async ({ page }) => {
  // Alone, this file finds nobody set up; after the others, somebody is.
  const token = new URL(setUpUrl).hash.replace('#token=', '')
  const given = '$loginName: String!, $password: String!'
  const taken = 'loginName: $loginName, password: $password'
  await ask(
    page,
    `mutation ($token: String!, ${given}) { setUp(token: $token, ${taken}) { id } }`,
    {
      token,
      ...ADMIN,
    },
  )
  await ask(page, SIGN_IN, ADMIN)
})

/** What a person does in the provider's window: signs in as that mailbox, and allows it. */
async function grantIn(popup: Page, login: string): Promise<void> {
  await popup.waitForURL(`${server.issuer}/interaction/**`)
  await popup.locator('input[name=login]').fill(login)
  await popup.locator('input[name=password]').fill('any')
  await popup.locator('button[type=submit]').click()
  await popup.getByRole('button', { name: 'Continue' }).click()
}

test('an administrator adds a provider by its metadata', async ({ page }) => {
  await page.goto(`${url}/oauth-providers`)
  await page.getByRole('link', { name: '最初のプロバイダーを追加する' }).click()
  await expect(page.getByText(`${url}/oauth/callback`)).toBeVisible()
  await page.getByRole('radio', { name: 'その他' }).check()
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await expect(page.getByLabel('名称')).toBeFocused()
  await page.getByLabel('名称').fill(PROVIDER)
  await page.getByLabel('メタデータのアドレス').fill(server.metadataUrl)
  await page.getByLabel('クライアントID').fill(server.client.id)
  await page.getByLabel('クライアントシークレット', { exact: true }).fill(server.client.secret)
  await page.getByLabel('スコープ').fill('openid mail offline_access')
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await page.waitForURL(`${url}/oauth-providers`)
  await expect(page.getByRole('link', { name: PROVIDER })).toBeVisible()
  await page.getByRole('link', { name: PROVIDER }).click()
  // The secret is never answered again.
  await expect(page.getByLabel('クライアントシークレット', { exact: true })).toHaveValue('')
  await expect(page.getByText('保存されています。')).toBeVisible()
})

test('a person signs in at the provider, and both sides take the token; taken back, it shows at once', async ({
  page,
}) => {
  await page.goto(`${url}/mail-servers/new`)
  await page.getByLabel('メールサーバーコード').fill('oauth-01')
  await page.getByLabel('メールサーバーの名称').fill('トークンで入るサーバー')
  await page.getByLabel('送信メールサーバー名 (SMTP)').fill(mailServers.host)
  await page.getByLabel('送信メールサーバーポート番号').fill(String(mailServers.ports['smtps']))
  await page.getByLabel('SMTP認証方法').selectOption('XOAUTH2')
  await page.getByLabel('受信メールサーバー名').fill(mailServers.host)
  await page.getByLabel('受信メールサーバーポート番号').fill(String(mailServers.ports['imaps']))
  await page.getByLabel('受信サーバーの認証方法').selectOption('XOAUTH2')
  await page.getByLabel('OAuth 2.0 プロバイダー').selectOption({ label: PROVIDER })

  const panel = page.getByRole('region', { name: '接続診断' })
  await panel.getByRole('checkbox').check()
  const signIn = panel.getByRole('button', { name: 'プロバイダーにサインイン' })
  await expect(signIn).toBeDisabled()
  await panel.getByLabel('メールボックスのアドレス').fill('alice@mail.test')
  const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()])
  await expect(panel.getByText('開いたウィンドウでサインインしてください。')).toBeVisible()
  const closed = popup.waitForEvent('close')
  await grantIn(popup, 'alice')
  await closed
  await expect(panel.getByText('alice@mail.test へのアクセスが許可されています。')).toBeVisible()
  await expect(panel.getByText('開いたウィンドウで')).toBeHidden()

  await panel.getByRole('button', { name: '診断する' }).click()
  await expect(panel.getByText('問題ありません', { exact: true })).toHaveCount(2)
  for (const name of ['送信', '受信']) {
    const side = panel.getByRole('region', { name, exact: true })
    await side.getByText('通信の記録').click()
    await expect(side.getByText(/AUTH(ENTICATE)? XOAUTH2/).first()).toBeVisible()
  }
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await expect(page.getByText('「トークンで入るサーバー」を追加しました')).toBeVisible()

  // The stored token has an hour left; the provider is asked nevertheless.
  await server.revokeAll()
  await page.getByRole('link', { name: 'トークンで入るサーバー' }).click()
  await page.getByRole('button', { name: '接続を診断' }).click()
  await panel.getByRole('checkbox').check()
  await expect(panel.getByText('alice@mail.test へのアクセスが許可されています。')).toBeVisible()
  await panel.getByRole('button', { name: 'もう一度診断する' }).click()
  await expect(panel.getByRole('heading', { name: 'OAuth 2.0 の許可が切れています' })).toHaveCount(
    2,
  )
  await expect(panel.getByText('alice@mail.test の許可は切れています。')).toBeVisible()
  await expectNoFaults(page, 'ended grant')

  const again = panel.getByRole('button', { name: 'もう一度サインイン' })
  const [second] = await Promise.all([page.waitForEvent('popup'), again.click()])
  const secondClosed = second.waitForEvent('close')
  await second.getByRole('button', { name: 'Continue' }).click()
  await secondClosed
  await expect(panel.getByText('alice@mail.test へのアクセスが許可されています。')).toBeVisible()
  await panel.getByRole('button', { name: 'もう一度診断する' }).click()
  await expect(panel.getByText('問題ありません', { exact: true })).toHaveCount(2)
})

test('whoever refuses at the provider is told so, and nobody waits for it any longer', async ({
  page,
}) => {
  await page.goto(`${url}/mail-servers`)
  await page.getByRole('link', { name: 'トークンで入るサーバー' }).click()
  const panel = page.getByRole('region', { name: '接続診断' })
  await page.getByRole('button', { name: '接続を診断' }).click()
  await panel.getByRole('checkbox').check()
  await panel.getByLabel('メールボックスのアドレス').fill('bob@mail.test')
  const signIn = panel.getByRole('button', { name: 'プロバイダーにサインイン' })
  const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()])
  await popup.getByRole('link', { name: 'Cancel' }).click()
  await expect(popup.getByText('access_denied')).toBeVisible()
  await expect(panel.getByText('プロバイダーでのサインインは完了しませんでした。')).toBeVisible()
  await expect(panel.getByText('開いたウィンドウで')).toBeHidden()
})

for (const [width, colorScheme, locale] of [
  [1440, 'light', 'ja-JP'],
  [390, 'dark', 'en-US'],
] as const) {
  test(`the screens of providers pass axe and fit ${width} px, ${colorScheme}, ${locale}`, async ({
    browser,
    page,
  }) => {
    const context = await browser.newContext({
      locale,
      colorScheme,
      viewport: { width, height: 900 },
      storageState: await page.context().storageState(),
    })
    const view = await context.newPage()
    await view.goto(`${url}/oauth-providers`)
    await view.getByRole('link', { name: PROVIDER }).waitFor()
    await expectNoFaults(view, 'list')
    await view.getByRole('button', { name: new RegExp(`${PROVIDER}`) }).click()
    const dialog = view.getByRole('alertdialog')
    await expect(dialog.getByRole('button').first()).toBeFocused()
    await expectNoFaults(view, 'deletion')
    // The safe answer has focus; the other is refused while a mail server uses it.
    await dialog.getByRole('button', { name: /はい|Yes/ }).click()
    await expect(view.getByRole('alert')).toContainText('トークンで入るサーバー')
    await expectNoFaults(view, 'refused deletion')
    await view.getByRole('link', { name: PROVIDER }).click()
    await view.getByText(`${url}/oauth/callback`).waitFor()
    await expectNoFaults(view, 'change')
    await view.goto(`${url}/oauth-providers/new`)
    for (const preset of ['Google', 'Microsoft 365', /その他|Other/]) {
      await view.getByRole('radio', { name: preset }).check()
      await expectNoFaults(view, `new ${String(preset)}`)
    }
    await context.close()
  })
}
