import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { expectNoFaults } from './no-faults.js'
import { stack } from './stack.js'

const ADMIN = { loginName: 'admin', password: 'correct horse battery' }
const PERSON = { loginName: 'tanaka', displayName: '田中 一郎', password: 'a quiet battery staple' }
const FIRST = { code: 'accounts-1', name: '東京のサーバー' }
const SECOND = { code: 'accounts-2', name: '大阪のサーバー' }
const TWIN = { code: 'accounts-3', name: '大阪のサーバー' }
const EMAIL = 'tanaka@example.co.jp'
const { url, setUpUrl, mailServers } = stack()

/** Every request that leaves for another host than ours, and everything that the pages complained about. */
const faults: string[] = []

test.describe.configure({ mode: 'serial' })

async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const response = await page.request.post(`${url}/graphql`, { data: { query, variables } })
  return ((await response.json()) as { data: T }).data
}

async function open(
  browser: Browser,
  { loginName, password }: { loginName: string; password: string },
  settings: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'ja-JP', ...settings })
  const page = await context.newPage()
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      faults.push(request.url())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) faults.push(message.text())
  })
  await ask(page, SIGN_IN, { loginName, password })
  return { page, context }
}

/** A real server; the second one asks for a name and a password of its own for sending. */
async function addServer(page: Page, { code, name }: typeof FIRST, credentials: string) {
  const { host, ports } = mailServers
  const outgoing = { host, port: ports['smtps'], authMethod: 'PLAIN', credentials }
  const incoming = { protocol: 'IMAP4', host, port: ports['imaps'] }
  await ask(
    page,
    'mutation ($input: MailServerInput!) { createMailServer(input: $input) { id } }',
    { input: { code, name, outgoing, incoming } },
  )
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage()
  // Alone, this file finds nobody set up; after the others, somebody is.
  await ask(
    page,
    `mutation ($token: String!, $loginName: String!, $password: String!) {
      setUp(token: $token, loginName: $loginName, password: $password) { id }
    }`,
    { token: new URL(setUpUrl).hash.replace('#token=', ''), ...ADMIN },
  )
  await page.close()
  const { page: admin, context } = await open(browser, ADMIN)
  await addServer(admin, FIRST, 'INCOMING')
  await addServer(admin, SECOND, 'OUTGOING')
  await addServer(admin, TWIN, 'INCOMING')
  await context.close()
})
test.afterAll(() => {
  expect(faults).toEqual([])
})

test('an administrator adds a person, who finds out what to do first', async ({ browser }) => {
  const admin = await open(browser, ADMIN)
  await ask(admin.page, 'mutation ($input: UserInput!) { createUser(input: $input) { id } }', {
    input: { ...PERSON, role: 'USER' },
  })
  await admin.context.close()

  const { page, context } = await open(browser, PERSON)
  await page.goto(url)
  await page.waitForURL(`${url}/mail-accounts`)
  await expect(page.getByText('ユーザーアカウントはまだありません')).toBeVisible()
  await expectNoFaults(page, 'no accounts yet')
  await page.getByRole('link', { name: '自分のメールアカウントを追加する' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ユーザーアカウントの追加')
  await context.close()
})

test('the person adds an account from the dropdown, and the diagnosis signs in with the stored password', async ({
  browser,
}) => {
  const { page, context } = await open(browser, PERSON)
  await page.goto(`${url}/mail-accounts/new`)
  await page.getByLabel('メールアドレス').fill('ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ')
  await page.getByLabel('アカウントコード').fill('tanaka-01')
  await expect(page.getByLabel('メールアドレス')).toHaveValue(EMAIL)

  // Names that repeat have their codes beside them; a server is found by its code too.
  const server = page.getByRole('combobox', { name: 'メールサーバー' })
  await server.fill('accounts')
  await expect(page.getByRole('option')).toHaveText([
    FIRST.name,
    SECOND.name + SECOND.code,
    TWIN.name + TWIN.code,
  ])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(server).toHaveValue(`${SECOND.name}（${SECOND.code}）`)
  await page.getByLabel('送信メールアカウント').fill('somebody')
  await choose(page, 'メールサーバー', FIRST.name)
  await expect(page.getByLabel('送信メールアカウント')).toHaveCount(0)

  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await expect(page.getByLabel('受信メールアカウント')).toBeFocused()
  await page.getByLabel('受信メールアカウント').fill('alice')
  await page.getByLabel('受信メールパスワード', { exact: true }).fill('not this one')
  await page.getByRole('radio', { name: '日数を決めて残す' }).check()
  await page.getByLabel('削除するまでの日数').fill('１４')
  await page.getByRole('button', { name: '追加する', exact: true }).click()
  await expect(page.getByText(`「${EMAIL}」を追加しました`)).toBeVisible()
  await page.waitForURL(/mail-accounts\/[0-9a-f-]{36}$/)
  await expect(page.getByLabel('削除するまでの日数')).toHaveValue('14')

  const panel = page.getByRole('region', { name: '接続診断' })
  await panel.getByRole('button', { name: '診断する' }).click()
  await expect(panel.getByText('AUTH_REJECTED').first()).toBeVisible()
  // Nothing tells somebody who is no administrator where the server is.
  await expect(panel).not.toContainText(String(mailServers.ports['imaps']))
  await expectNoFaults(page, 'a failed diagnosis of an account')

  await page.getByRole('button', { name: '受信メールパスワードを変更する' }).click()
  const password = page.getByLabel('受信メールパスワード', { exact: true })
  await expect(password).toBeFocused()
  await password.fill(mailServers.users['alice']?.password ?? '')
  await page.getByRole('button', { name: '変更を保存する' }).click()
  await expect(page.getByText(`「${EMAIL}」の変更を保存しました`)).toBeVisible()
  await expect(page.getByText('変更なし（保存済み）')).toBeVisible()
  await panel.getByRole('button', { name: 'もう一度診断する' }).click()
  await expect(panel.getByText('問題ありません', { exact: true })).toHaveCount(2)
  await expect(page.locator('body')).not.toContainText(mailServers.users['alice']?.password ?? '')
  await context.close()
})

test('the person receives the mail, once, and sees what happened', async ({ browser }) => {
  const { page, context } = await open(browser, PERSON)
  await page.goto(`${url}/mail-accounts`)
  await page.getByRole('link', { name: EMAIL }).click()
  const panel = page.getByRole('region', { name: 'メールの受信' })
  await expect(panel.getByText('まだ受信していません。')).toBeVisible()
  await panel.getByRole('button', { name: '受信する' }).click()
  const received = `${mailServers.aliceMessages}件受信しました。`
  await expect(panel.getByText(received).first()).toBeVisible()
  await expect(panel.getByText(/^最後の受信: /)).toBeVisible()

  await panel.getByRole('button', { name: '受信する' }).click()
  await expect(panel.getByText('新しいメールはありませんでした。').first()).toBeVisible()
  await panel.getByText('最近の受信').click()
  await expect(panel.getByRole('list', { name: '最近の受信' }).getByRole('listitem')).toHaveText([
    /手動.*新しいメールはありませんでした。/,
    new RegExp(`手動.*${received}`),
  ])
  await expectNoFaults(page, 'an account whose mail was received')
  await context.close()
})

test('an administrator diagnoses the server with what an account has stored', async ({
  browser,
}) => {
  const { page, context } = await open(browser, ADMIN)
  await page.goto(`${url}/mail-servers`)
  await page.getByRole('link', { name: FIRST.name }).click()
  await page.getByRole('button', { name: '接続を診断' }).click()
  const panel = page.getByRole('region', { name: '接続診断' })
  await panel.getByLabel('アカウントとパスワードでも確認する').check()
  await choose(page, '保存されているパスワードを使うアカウント', EMAIL)
  await panel.getByRole('button', { name: 'もう一度診断する' }).click()
  await expect(panel.getByText('C: AUTH PLAIN').first()).toBeAttached()
  await expect(panel.getByText('問題ありません', { exact: true })).toHaveCount(2)
  await expectNoFaults(page, 'a diagnosis as an account')

  // A host that is typed, and not saved, is sent no stored password.
  await page.getByRole('link', { name: '変更する' }).click()
  await page.getByLabel('受信メールサーバー名').fill(mailServers.unnamedHost)
  await expect(page.getByText('パスワードは、このサーバーに送られるようになります')).toBeVisible()
  const form = page.getByRole('region', { name: '接続診断' })
  await form.getByLabel('アカウントとパスワードでも確認する').check()
  await choose(page, '保存されているパスワードを使うアカウント', EMAIL)
  await form.getByRole('button', { name: '診断する', exact: true }).click()
  await expect(page.getByLabel('受信メールサーバー名')).toHaveAttribute('aria-invalid', 'true')
  await context.close()
})

test('the administrator deletes the server, told who uses it, and the person sees it', async ({
  browser,
}) => {
  const admin = await open(browser, ADMIN)
  await admin.page.goto(`${url}/mail-servers`)
  await admin.page.getByRole('link', { name: FIRST.name }).click()
  const users = admin.page.getByRole('region', { name: '使用しているアカウント' })
  await expect(users.getByRole('link', { name: EMAIL })).toBeVisible()
  await admin.page.getByRole('button', { name: '削除する', exact: true }).click()
  const dialog = admin.page.getByRole('alertdialog')
  await expect(dialog).toContainText(EMAIL)
  await expect(dialog.getByRole('button', { name: '先に別のサーバーへ移す' })).toBeVisible()
  await expectNoFaults(admin.page, 'deleting a server in use')
  await dialog.getByRole('button', { name: 'はい' }).click()
  await expect(admin.page.getByText(`「${FIRST.name}」を削除しました`)).toBeVisible()
  await admin.context.close()

  const { page, context } = await open(browser, PERSON, { viewport: { width: 390, height: 844 } })
  await page.goto(`${url}/mail-accounts`)
  const reason = `メールサーバー「${FIRST.name}」が削除されたため、送受信できません。`
  await expect(page.getByText(reason)).toBeVisible()
  await expect(page.getByRole('button', { name: /サーバーを元に戻す/ })).toHaveCount(0)
  await page.getByRole('link', { name: '別のサーバーを選ぶ' }).click()
  const server = page.getByRole('combobox', { name: 'メールサーバー' })
  await expect(server).toHaveValue(`${FIRST.name}（削除済み）`)
  await expect(server).toBeFocused()
  await server.click()
  await expect(page.getByRole('option', { name: `${FIRST.name}（削除済み）` })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.getByRole('option', { name: SECOND.code }).click()
  await expect(page.getByText('保存されているパスワードは、選んだメールサーバーに')).toBeVisible()
  // Left without saving: the administrator does it below.
  await page.getByRole('link', { name: '一覧に戻る' }).click()
  await page.getByRole('button', { name: '保存せずに移動する' }).click()
  await expect(page.getByText(reason)).toBeVisible()
  await context.close()
})

test('the administrator moves the account, and it can be used again', async ({ browser }) => {
  const admin = await open(browser, ADMIN)
  await admin.page.goto(`${url}/mail-servers/deleted`)
  await admin.page.getByRole('button', { name: `別のサーバーへ移す: ${FIRST.name}` }).click()
  const dialog = admin.page.getByRole('alertdialog')
  await dialog.getByRole('combobox').click()
  await dialog.getByRole('option', { name: TWIN.code }).click()
  await dialog.getByRole('button', { name: '1件を移す' }).click()
  await expect(
    admin.page.getByText(`1件のアカウントを「${FIRST.name}」から「${TWIN.name}」へ移しました`),
  ).toBeVisible()
  await admin.context.close()

  const { page, context } = await open(browser, PERSON)
  await page.goto(`${url}/mail-accounts`)
  await page.getByRole('link', { name: EMAIL }).click()
  await expect(page.getByRole('combobox', { name: 'メールサーバー' })).toHaveValue(
    `${TWIN.name}（${TWIN.code}）`,
  )
  const panel = page.getByRole('region', { name: '接続診断' })
  await panel.getByRole('button', { name: '診断する' }).click()
  await expect(panel.getByText('問題ありません', { exact: true })).toHaveCount(2)
  await context.close()
})

test('a move of all accounts is undone by one button', async ({ browser }) => {
  const { page, context } = await open(browser, ADMIN)
  await page.goto(`${url}/mail-accounts?q=${encodeURIComponent('田中')}`)
  await expect(page.getByRole('link', { name: EMAIL })).toBeVisible()
  await page.goto(`${url}/mail-servers`)
  await page.getByRole('link', { name: TWIN.name }).nth(1).click()
  await page.getByRole('button', { name: '別のサーバーへ移す' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('combobox').click()
  await dialog.getByRole('option', { name: SECOND.code }).click()
  await dialog.getByRole('button', { name: '1件を移す' }).click()
  const users = page.getByRole('region', { name: '使用しているアカウント' })
  await expect(users).toContainText('使用しているアカウントはありません')
  await page.getByRole('button', { name: '元に戻す' }).click()
  await expect(users.getByRole('link', { name: EMAIL })).toBeVisible()
  await context.close()
})

test('somebody else’s save is not overwritten', async ({ browser }) => {
  const mine = await open(browser, PERSON)
  await mine.page.goto(`${url}/mail-accounts`)
  await mine.page.getByRole('link', { name: EMAIL }).click()
  await mine.page.getByLabel('アカウントの名称').fill('わたしのアカウント')
  const admin = await open(browser, ADMIN)
  await admin.page.goto(mine.page.url())
  await admin.page.getByLabel('使用停止').check()
  await admin.page.getByRole('button', { name: '変更を保存する' }).click()
  await expect(admin.page.getByText('変更を保存しました')).toBeVisible()
  await admin.context.close()

  await mine.page.getByRole('button', { name: '変更を保存する' }).click()
  const dialog = mine.page.getByRole('alertdialog')
  await expect(dialog).toContainText('別の人が先に変更しました')
  await dialog.getByRole('button', { name: '選んだ内容で保存する' }).click()
  await expect(mine.page.getByRole('heading', { level: 1 })).toHaveText('わたしのアカウント')
  await expect(mine.page.getByLabel('使用停止')).toBeChecked()
  await mine.context.close()
})

test('where the settings leave accounts to administrators, a person looks and changes nothing', async ({
  browser,
}) => {
  const admin = await open(browser, ADMIN)
  const allow = async (usersManageAccounts: boolean) => {
    const fields =
      'allowsPrivateNetworks defaultLanguage messageSizeLimitMib receiveIntervalMinutes receivesAutomatically usersLeaveMail usersManageAccounts'
    const { settings } = await ask<{ settings: Record<string, unknown> & { version: number } }>(
      admin.page,
      `{ settings { version ${fields} } }`,
    )
    const { version, ...input } = settings
    await ask(
      admin.page,
      'mutation ($input: SettingsInput!, $version: Int!) { updateSettings(input: $input, version: $version) { version } }',
      { version, input: { ...input, usersManageAccounts } },
    )
  }
  await allow(false)
  const { page, context } = await open(browser, PERSON)
  await page.goto(`${url}/mail-accounts`)
  await expect(page.getByText('設定により管理者だけが行えます')).toBeVisible()
  await expect(page.getByRole('link', { name: '追加する' })).toHaveCount(0)
  await page.getByRole('link', { name: 'わたしのアカウント' }).click()
  await expect(page.getByText('設定により管理者だけが行えます')).toBeVisible()
  await expect(page.getByRole('button', { name: '変更を保存する' })).toHaveCount(0)
  await expectNoFaults(page, 'an account that is only looked at')
  await allow(true)
  await context.close()
  await admin.context.close()
})

test('every screen of accounts passes axe, scrolls nowhere sideways, in both themes and languages', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  for (const [width, colorScheme, locale] of [
    [1440, 'light', 'ja-JP'],
    [390, 'dark', 'en-US'],
  ] as const) {
    const viewport = { width, height: 900 }
    const { page, context } = await open(browser, ADMIN, { locale, colorScheme, viewport })
    await page.goto(`${url}/mail-accounts`)
    await page.getByRole('link', { name: 'わたしのアカウント' }).waitFor()
    await page.waitForLoadState('networkidle')
    await expectNoFaults(page, `${width} list`)
    await page.getByRole('combobox').first().click()
    await page.getByRole('option').first().waitFor()
    await expectNoFaults(page, `${width} dropdown`)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'わたしのアカウント' }).click()
    await page.getByRole('heading', { level: 1, name: 'わたしのアカウント' }).waitFor()
    await page.waitForLoadState('networkidle')
    await expectNoFaults(page, `${width} account`)
    await page.goto(`${url}/mail-accounts/new`)
    await page.locator('#account-code').waitFor()
    await page.waitForLoadState('networkidle')
    await expectNoFaults(page, `${width} new`)
    await page.locator('button[type=submit]').click()
    await page.locator('[aria-invalid=true]').first().waitFor()
    await expectNoFaults(page, `${width} errors`)
    await page.goto(`${url}/mail-accounts`)
    await page.locator('a[href="/mail-accounts/import"]').click()
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
    await expectNoFaults(page, `${width} import`)
    const lines = [
      'import-1,,one@example.jp,tanaka,accounts-3,one,secret',
      'import-2,,,nobody,none,',
    ]
    const buffer = Buffer.from(lines.join('\n'))
    const file = { name: 'accounts.csv', mimeType: 'text/csv', buffer }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('import-2').waitFor()
    await expectNoFaults(page, `${width} preview`)
    await context.close()
  }
})
