import { expect, test, type Page } from '@playwright/test'
import { startScriptedServer, type ScriptedServer } from '../api/test/support/scripted-server.js'
import { addMailbox, deliver, mailboxOf, receiveAll } from './mail-kit.js'
import { expectNoFaults } from './no-faults.js'
import { ask, signInAdmin, speak } from './product-kit.js'
import { sampleMail } from './sample-mail.js'
import { stack } from './stack.js'

const { url } = stack()
const BOX = mailboxOf(20)
const REFUSED = '存在しない宛先への案内'
const UNSURE = '見積もりのお願い'
const SEND = 'mutation ($input: SendMailInput!) { sendMail(input: $input) { id } }'
const WORDS = 'No such person here <img src=x onerror="top.__ran=1">'
const ORIGINAL = '7月分のお見積書'

let smtp: ScriptedServer
let accountId: string
const said = (pattern: RegExp) => smtp.heard.filter((line) => pattern.test(line)).length

/** Knows one of the recipients, and is gone before it answers for the message. */
test.beforeAll(async ({ browser }) => {
  smtp = await startScriptedServer([
    { on: 'connect', reply: '220 moody.test ESMTP\r\n' },
    { on: /^EHLO/, reply: '250 moody.test\r\n' },
    { on: /^RCPT TO:<nobody/, reply: `550 5.1.1 ${WORDS}\r\n` },
    { on: /^DATA/, reply: '354 Go ahead\r\n' },
    { on: /^\.$/, end: 'rst' },
    { on: /./, reply: '250 2.0.0 Ok\r\n' },
  ])
  const page = await browser.newPage()
  await signInAdmin(page)
  accountId = await addMailbox(page, BOX, `outbox-${process.pid}`, '高橋 花子', {
    ...{ host: '127.0.0.1', port: smtp.port, encryption: 'NONE', authMethod: 'NONE' },
  })
  const [html, from] = ['<p>お世話になっております。</p>', '山田 太郎 <yamada@mail.test>']
  await deliver(BOX, [sampleMail({ subject: ORIGINAL, from, html, withFiles: true })])
  await receiveAll(page, accountId, 1)
  for (const [subject, name] of [
    [REFUSED, 'nobody'],
    [UNSURE, 'sato'],
  ]) {
    const input = { accountId, subject, to: [`${name}@mail.test`], text: 'お願いします。' }
    await ask(page, SEND, { input: { ...input, holdSeconds: 0 } })
  }
  await page.close()
})
test.afterAll(() => smtp.stop())
test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await signInAdmin(page)
})

const open = (page: Page, name: string) => page.getByRole('link', { name }).first().click()

test('what failed says why, and of what is unsure the person decides', async ({ page }) => {
  await page.goto(`${url}/mail/${accountId}/outbox`)
  await open(page, REFUSED)
  const state = page.getByRole('region', { name: '送信の状態' })
  await expect(state).toContainText('送信できませんでした')
  await expect(state).toContainText(`nobody@mail.test550 5.1.1 ${WORDS}`)
  // L-3: also what a server says is text.
  expect(await page.evaluate(() => '__ran' in window)).toBe(false)
  await expectNoFaults(page, 'failed, 1440 light ja')
  await state.getByRole('button', { name: 'もう一度送信' }).click()
  await expect.poll(() => said(/^RCPT TO:<nobody/)).toBe(2)
  await expect(state).toContainText('送信できませんでした')

  await open(page, UNSURE)
  await expect(state).toContainText('届いたか不明')
  // Whoever tries again at once may write twice.
  await expect(state).not.toContainText('お試しください')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await speak(page, 'en')
  await expectNoFaults(page, 'unconfirmed, 390 dark en')
  await speak(page, 'ja')
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(said(/^\.$/)).toBe(1)
  await state.getByRole('button', { name: 'もう一度送信' }).click()
  await expect.poll(() => said(/^\.$/)).toBe(2)
  await expect(state).toContainText('届いたか不明')
  await state.getByRole('button', { name: '届いていることを確かめた' }).click()
  await expect(page.getByText('送信済みにしました。')).toBeVisible()
  await expect(state).toContainText('送信済み')
  await page.goto(`${url}/mail/${accountId}/sent`)
  await expect(page.getByRole('link', { name: UNSURE })).toBeVisible()
})

test('what failed is corrected: it is a draft again, and nothing is left in the outbox', async ({
  page,
}) => {
  await page.goto(`${url}/mail/${accountId}/outbox`)
  await open(page, REFUSED)
  await page.getByRole('button', { name: '編集して送り直す' }).click()
  await expect(page.getByLabel('件名')).toHaveValue(REFUSED)
  await expect(page.getByLabel('本文')).toHaveValue('お願いします。')
  const chip = page.getByRole('button', { name: 'nobody@mail.test', exact: true })
  await chip.click()
  const to = page.getByLabel('宛先', { exact: true })
  await expect(to).toHaveValue('nobody@mail.test')
  await to.fill('sato@mail.test')
  await page.getByRole('button', { name: '破棄' }).click()
  await page.getByRole('button', { name: 'はい' }).click()
  await expect(to).toBeHidden()
  await open(page, '送信トレイ')
  await expect(page.getByRole('link', { name: UNSURE })).toBeHidden()
  await expect(page.getByRole('link', { name: REFUSED })).toBeHidden()
})

test('a message is passed on and answered by one key each; files are dropped; drafts are kept', async ({
  page,
}) => {
  await page.goto(`${url}/mail/${accountId}/inbox`)
  await open(page, ORIGINAL)
  await expect(page.getByRole('heading', { level: 2, name: ORIGINAL })).toBeVisible()
  await page.keyboard.press('f')
  await expect(page.getByLabel('件名')).toHaveValue(`Fwd: ${ORIGINAL}`)
  await expect(page.getByRole('button', { name: '見積書 2026-07.pdfを外す' })).toBeVisible()
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['a,b'], '内訳.csv', { type: 'text/csv' }))
    return data
  })
  const body = page.getByLabel('本文')
  await body.dispatchEvent('dragenter', { dataTransfer: dropped })
  await expect(page.getByText('ここに置くと添付します')).toBeVisible()
  await body.dispatchEvent('drop', { dataTransfer: dropped })
  await expect(page.getByRole('button', { name: '内訳.csvを外す' })).toBeVisible()
  await page.getByRole('button', { name: '破棄' }).click()
  await page.getByRole('button', { name: 'はい' }).click()

  await expect(page.getByRole('heading', { level: 2, name: ORIGINAL })).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByLabel('件名')).toHaveValue(`Re: ${ORIGINAL}`)
  const writer = '山田 太郎 <yamada@mail.test>'
  await expect(page.getByRole('button', { name: writer, exact: true })).toBeVisible()
  await page.keyboard.type('確認します。')
  await page.getByRole('button', { name: '閉じる', exact: true }).first().click()
  await expect(page.getByText('下書きに保存しました。')).toBeVisible()
  await page.goto(`${url}/mail/drafts?account=${accountId}`)
  const drafts = page.getByRole('list', { name: '下書き' })
  await expect(drafts.getByRole('listitem')).toHaveCount(1)
  await drafts.getByRole('link').click()
  await expect(page.getByLabel('本文')).toHaveValue(/^確認します。\n\n/)
})
