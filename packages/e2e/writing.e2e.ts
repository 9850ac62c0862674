import { expect, test, type Browser, type Page } from '@playwright/test'
import { SIGN_IN } from '../api/test/support/sign-in.js'
import { mailboxOf } from './mail-kit.js'
import { expectNoFaults } from './no-faults.js'
import { add, ask, signInAdmin, speak } from './product-kit.js'
import { stack } from './stack.js'

const { url, mailServers } = stack()
const [ANNA, BEN] = [
  { loginName: 'writing-anna', box: mailboxOf(21), code: 'writing-a' },
  { loginName: 'writing-ben', box: mailboxOf(22), code: 'writing-b' },
] as const
type Person = typeof ANNA | typeof BEN
const PASSWORD = 'a quiet battery staple'
/** The test servers deliver by the name before the at sign. */
const addressOf = ({ box }: Person) => `${box.name}@mail.test`

/** A person with an account at a server of their own; answers their page and the account's id. */
async function enter(admin: Page, browser: Browser, person: Person) {
  const { loginName, code, box } = person
  const { host, ports } = mailServers
  const userId = await add(
    admin,
    'mutation ($input: UserInput!) { made: createUser(input: $input) { id } }',
    { loginName, displayName: loginName, role: 'USER', password: PASSWORD },
  )
  const mailServerId = await add(
    admin,
    'mutation ($input: MailServerInput!) { made: createMailServer(input: $input) { id } }',
    {
      ...{ code, name: `${code}のサーバー` },
      outgoing: { host, port: ports['smtps'] },
      incoming: { protocol: 'IMAP4', host, port: ports['imaps'] },
    },
  )
  const accountId = await add(
    admin,
    'mutation ($input: MailAccountInput!) { made: createMailAccount(input: $input) { id } }',
    {
      ...{ userId, mailServerId, code, email: addressOf(person), name: loginName },
      ...{ incomingUsername: box.name, incomingPassword: box.password },
      ...{ leaveOnServer: true, enabled: true },
    },
  )
  const page = await (await browser.newContext({ locale: 'ja-JP' })).newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await ask(page, SIGN_IN, { loginName, password: PASSWORD })
  return { page, accountId }
}

/** Opens the newest message of an inbox, once it has been received. */
async function receive(page: Page, accountId: string, subject: string): Promise<void> {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await page.getByRole('button', { name: '受信', exact: true }).first().click()
  await page.getByRole('link', { name: subject }).first().click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
}

const expectSent = (page: Page) =>
  expect(page.getByText('メールを送信しました。')).toBeVisible({ timeout: 60_000 })

async function expectFaultless(page: Page, where: string): Promise<void> {
  await expectNoFaults(page, `${where}, 1440 light ja`)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await speak(page, 'en')
  await expectNoFaults(page, `${where}, 390 dark en`)
  await speak(page, 'ja')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('two people at two servers: one writes with a file, the other reads and answers', async ({
  page: admin,
  browser,
}) => {
  test.setTimeout(300_000)
  await signInAdmin(admin)
  const anna = await enter(admin, browser, ANNA)

  const { page } = anna
  await page.goto(`${url}/mail/${anna.accountId}/inbox`)
  await page.getByRole('link', { name: '新規作成' }).first().click()
  const to = page.getByLabel('宛先', { exact: true })
  await to.fill('ben')
  await to.press('Enter')
  await expect(page.getByText('アットマークがありません')).toBeVisible()
  await to.press('Backspace')
  await page.keyboard.press('Backspace')
  await to.fill(addressOf(BEN))
  await page.getByLabel('件名').fill('打ち合わせの資料')
  await page.getByLabel('本文').fill('ベンさん\n\n資料を添付します。')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '資料.txt', mimeType: 'text/plain', buffer: Buffer.from('議事録') })
  await expect(page.getByRole('button', { name: '資料.txtを外す' })).toBeVisible()
  await expect(page.getByText('下書きを')).toBeVisible()
  await expectFaultless(page, 'writing')

  // What is typed is there after a reload, its file too.
  await page.reload()
  await expect(page.getByLabel('本文')).toHaveValue('ベンさん\n\n資料を添付します。')
  await expect(page.getByRole('button', { name: '資料.txtを外す' })).toBeVisible()

  // Taken back, it is a draft again; then it goes.
  await page.getByLabel('本文').press('Control+Enter')
  await page.getByRole('button', { name: '送信を取り消す' }).click()
  await expect(page.getByLabel('件名')).toHaveValue('打ち合わせの資料')
  await page.getByLabel('本文').press('Control+Enter')
  // Until it can no longer be taken back there is time for somebody else.
  const [ben] = await Promise.all([enter(admin, browser, BEN), expectSent(page)])
  await page.goto(`${url}/mail/${anna.accountId}/sent`)
  await page.getByRole('link', { name: '打ち合わせの資料' }).click()
  await expect(page.getByRole('region', { name: '送信の状態' })).toContainText('送信済み')

  await receive(ben.page, ben.accountId, '打ち合わせの資料')
  await expect(ben.page.getByText('資料.txt').first()).toBeVisible()
  await ben.page.getByRole('link', { name: '返信', exact: true }).click()
  await expect(ben.page.getByLabel('件名')).toHaveValue('Re: 打ち合わせの資料')
  const named = `${ANNA.loginName} <${addressOf(ANNA)}>`
  await expect(ben.page.getByRole('button', { name: named, exact: true })).toBeVisible()
  const answer = ben.page.getByLabel('本文')
  await expect(answer).toHaveValue(/^\n\n.*writing-anna.*:\n> ベンさん\n> \n> 資料を添付します。$/s)
  await answer.press('Control+Home')
  await ben.page.keyboard.type('受け取りました。')
  await ben.page.getByRole('button', { name: '送信', exact: true }).click()
  await Promise.all([expectFaultless(page, 'sent'), expectSent(ben.page)])

  await receive(page, anna.accountId, 'Re: 打ち合わせの資料')
  await expect(page.getByText('受け取りました。').first()).toBeVisible()

  // Whom one writes with is suggested from then on.
  await page.getByRole('link', { name: '新規作成' }).first().click()
  await to.fill('ben')
  await expect(page.getByRole('option', { name: addressOf(BEN) })).toBeVisible()
  await expectNoFaults(page, 'suggestions, 1440 light ja')
  await to.press('Enter')
  const chip = `${BEN.loginName} <${addressOf(BEN)}>`
  await expect(page.getByRole('button', { name: chip, exact: true })).toBeVisible()
})
