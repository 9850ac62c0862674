import { expect, test, type Page } from '@playwright/test'
import { addMailbox, deliver, mailboxOf, receiveAll } from './mail-kit.js'
import { expectNoFaults } from './no-faults.js'
import { ask, signInAdmin, speak } from './product-kit.js'
import { sampleMail } from './sample-mail.js'
import { stack } from './stack.js'

const { url } = stack()
const BOX = mailboxOf(22)
const REPORTS = 170
const PAGE_AND_MORE = 60
const ESTIMATE = '7月分のお見積書'

let accountId: string

async function open(page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: subject }).first().click()
  await expect(page.getByRole('heading', { level: 2, name: subject })).toBeVisible()
}
const rows = (page: Page) => page.locator('[data-message]')

test.describe.configure({ timeout: 180_000 })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await browser.newPage()
  await signInAdmin(page)
  // After a failure the stories go on in another process.
  const { mailboxes } = await ask<{ mailboxes: { accountId: string; code: string }[] }>(
    page,
    '{ mailboxes { accountId code } }',
  )
  const known = mailboxes.find(({ code }) => code === 'mailbox-1')
  accountId = known?.accountId ?? (await fillMailbox(page))
  await page.close()
})

async function fillMailbox(page: Page): Promise<string> {
  const id = await addMailbox(page, BOX, 'mailbox-1', '読む人')
  const reports = Array.from({ length: REPORTS }, (_, n) =>
    sampleMail({
      ...{ subject: `週次レポート ${n + 1}`, from: '佐藤 <sato@mail.test>' },
      text: `第${n + 1}週`,
    }),
  )
  const estimate = sampleMail({
    ...{ subject: ESTIMATE, from: '山田 <yamada@mail.test>', withFiles: true },
    html: '<p>こちらが<b>お見積書</b>です。<img src="cid:dot" alt="印"></p>',
  })
  await deliver(BOX, [...reports, estimate, sampleMail({ subject: 'ランチ' })])
  await receiveAll(page, id, REPORTS + 2)
  return id
}

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await signInAdmin(page)
})

test('mail is received, listed, read and marked, and its files are saved', async ({ page }) => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await expect(page.getByText(`未読${REPORTS + 2}件`)).toBeVisible()
  await deliver(BOX, [sampleMail({ subject: 'たった今のメール' })])
  await page.getByRole('button', { name: '受信', exact: true }).click()
  await expect(page.getByText('1件受信しました。')).toBeVisible()
  await expect(rows(page).first()).toContainText('たった今のメール')

  await open(page, ESTIMATE)
  await expect(page).toHaveTitle(new RegExp(ESTIMATE))
  await expect(page.frameLocator('iframe').getByText('お見積書')).toBeVisible()
  await expect(page.frameLocator('iframe').getByRole('img', { name: '印' })).toBeVisible()
  await expect(page.getByText(`未読${REPORTS + 2}件`)).toBeVisible()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: /見積書 2026-07.pdf/ }).click()
  expect((await saving).suggestedFilename()).toBe('見積書 2026-07.pdf')
  await expectNoFaults(page, 'reading, 1440 light ja')

  // The address says all of it.
  await page.reload()
  await expect(page.getByRole('heading', { level: 2, name: ESTIMATE })).toBeVisible()
})

test('a search is in the address, marks what it found, and long lists read on', async ({
  page,
}) => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await rows(page).first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('お見積書')
  await expect(rows(page)).toHaveCount(1)
  await expect(page.locator('mark').first()).toHaveText('お見積書')
  await page.reload()
  await expect(page.getByLabel('メールを探す')).toHaveValue('お見積書')
  await expect(rows(page)).toHaveCount(1)
  await page.getByLabel('メールを探す').fill('どこにもない言葉')
  await expect(page.getByText('「どこにもない言葉」に当てはまるメールはありません')).toBeVisible()
  await page.getByRole('button', { name: 'すべて表示する' }).click()

  await rows(page).first().hover()
  const oldest = page.getByRole('link', { name: '週次レポート 1 第1週' })
  await expect(async () => {
    await page.mouse.wheel(0, 4_000)
    await expect(oldest).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 40_000 })
  expect(await rows(page).count()).toBeLessThan(PAGE_AND_MORE)
})

test('by keyboard one reads on, deletes and undoes', async ({ page }) => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await open(page, 'ランチ')
  const heading = page.getByRole('heading', { level: 2 }).last()
  await page.keyboard.press('j')
  await expect(heading).toHaveText(ESTIMATE)
  await page.frameLocator('iframe').getByText('お見積書').click()
  await page.keyboard.press('k')
  await expect(heading).toHaveText('ランチ')
  await page.keyboard.press('#')
  await expect(page.getByText('1件のメールを削除しました。')).toBeVisible()
  await expect(heading).toHaveText(ESTIMATE)
  await page.keyboard.press('#')
  await expect(page.getByText('2件のメールを削除しました。')).toBeVisible()
  await page.reload()
  await rows(page).first().waitFor()
  await expect(page.getByRole('link', { name: 'ランチ' })).toHaveCount(0)

  await open(page, `週次レポート ${REPORTS}`)
  await page.keyboard.press('#')
  await expect(page.getByRole('link', { name: `週次レポート ${REPORTS}` })).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(page.getByRole('link', { name: `週次レポート ${REPORTS}` })).toBeVisible()

  await page.keyboard.press('?')
  const sheet = page.getByRole('alertdialog')
  await expect(sheet).toContainText('次のメール')
  await expectNoFaults(page, 'shortcuts')
  await sheet.getByLabel('1つのキーでの操作を使う').uncheck()
  await page.keyboard.press('Escape')
  const before = page.url()
  await page.keyboard.press('j')
  await page.keyboard.press('?')
  await expect(sheet).toBeVisible()
  expect(page.url()).toBe(before)
})

test('several are selected and marked; another page of the same mail follows', async ({
  page,
  context,
}) => {
  const other = await context.newPage()
  await other.goto(`${url}/mail/${accountId}/inbox`)
  await page.goto(`${url}/mail/${accountId}/inbox`)
  const boxes = page.getByRole('list', { name: 'メールの一覧' }).getByRole('checkbox')
  await boxes.nth(3).check()
  await boxes.nth(5).click({ modifiers: ['Shift'] })
  await expect(page.getByText('3件を選択中')).toBeVisible()
  const unread = () => other.locator('[data-message]').getByText('未読', { exact: true }).count()
  await other.locator('[data-message]').first().waitFor()
  const before = await unread()
  await page.getByRole('button', { name: '既読にする' }).click()
  await expect.poll(unread).toBe(before - 3)
})

test('on a phone, dark and in English: one pane after the other', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${url}/mail`)
  await speak(page, 'en')
  await expect(page.getByLabel('Choose a mailbox')).toBeVisible()
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await rows(page).first().waitFor()
  await expectNoFaults(page, 'list, 390 dark en')
  await rows(page).first().click()
  await expect(page.getByRole('list', { name: 'Messages' })).toBeHidden()
  await expectNoFaults(page, 'message, 390 dark en')
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await expect(rows(page).first()).toBeVisible()
  await speak(page, 'ja')
})
