import { expect, test, type Page } from '@playwright/test'
import { addMailbox, deliver, mailboxOf } from './mail-kit.js'
import { expectNoFaults } from './no-faults.js'
import { signInAdmin, speak } from './product-kit.js'
import { stack } from './stack.js'

const { url } = stack()
const LINE = `${'x'.repeat(62)}\r\n`
const LINES_PER_MIB = (1024 * 1024) / LINE.length
/** What happened is said aloud, shown, and kept in the history. */
const TIMES_SAID = 3

const BOX = mailboxOf(24)

async function limitSize(page: Page, mib: string): Promise<void> {
  await page.goto(`${url}/settings`)
  await page.getByLabel('メール1通の大きさの上限').fill(mib)
  await page.getByRole('button', { name: '変更を保存する' }).click()
  await expect(page.getByText('設定を保存しました')).toBeVisible()
}

async function expectFaultless(page: Page): Promise<void> {
  await expectNoFaults(page, 'received, 1440 light ja')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await speak(page, 'en')
  const panel = page.getByRole('region', { name: 'Receiving mail' })
  await expect(panel.getByText('Received 2 messages (1 too large')).toHaveCount(TIMES_SAID)
  await expectNoFaults(page, 'received, 390 dark en')
  await speak(page, 'ja')
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('what is too large stays on the server, is listed, and comes once the limit allows it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await signInAdmin(page)
  const path = `/mail-accounts/${await addMailbox(page, BOX, 'receiving-1')}`
  const small = (subject: string) => `From: a@mail.test\r\nSubject: ${subject}\r\n\r\nHello.\r\n`
  await deliver(BOX, [small('one'), small('two') + LINE.repeat(2 * LINES_PER_MIB), small('three')])
  await limitSize(page, '1')

  await page.goto(url + path)
  const panel = page.getByRole('region', { name: 'メールの受信' })
  const receive = panel.getByRole('button', { name: '受信する' })
  await receive.click()
  const sentence = '2件受信しました（大きすぎてサーバーに残したもの 1件）。'
  await expect(panel.getByText(sentence)).toHaveCount(TIMES_SAID)
  const left = panel.getByRole('region', { name: 'サーバーに残っているメール' })
  await expect(left.getByRole('listitem')).toHaveCount(1)
  await expect(left).toContainText('2 MiB')
  await panel.getByText('最近の受信').click()
  await expectFaultless(page)

  await limitSize(page, '50')
  await page.goto(url + path)
  await receive.click()
  await expect(panel.getByText('1件受信しました').first()).toBeVisible()
  await expect(left).toHaveCount(0)
})
