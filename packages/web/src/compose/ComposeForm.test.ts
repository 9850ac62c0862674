import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import type { OriginalFragment } from '../generated/mail.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { answerWith, staleAt } from '../ui/conflict-testkit.js'
import { composeStart, wantedIn } from './compose-start.js'
import { openCompose, OWN, press, sentBy, started } from './compose-testkit.js'
import ComposeForm from './ComposeForm.vue'
import { sendingFacts } from './sending-testkit.js'

const AT = '2026-11-28T00:00:00.000Z'
const TARO = { name: 'Taro', address: 'taro@x.jp' }
const original = (accountId: string): OriginalFragment => ({
  ...{ id: 'm', accountId, folder: 'INBOX', subject: 'Hello', from: TARO, to: [], cc: [] },
  ...{ replyTo: [], date: AT, storedAt: AT, text: 'Hi', html: null, attachments: [] },
})
const data = { sendMail: sendingFacts() }

let page: VueWrapper

const operations = (sent: ReturnType<typeof answerWith>) =>
  sent.map(({ operationName }) => operationName)

beforeEach(async () => {
  sessionStorage.clear()
  await withWords('compose', setLanguage('en'))
})

it.each([
  ['own', false],
  ['of somebody else', true],
])('answering in a mailbox that is %s says whose mail it is: %s', async (accountId, isSaid) => {
  answerWith({
    Mailboxes: () => ({ data: { mailboxes: [OWN] } }),
    Original: () => ({ data: { message: original(accountId) } }),
  })
  const { t } = useText()
  const start = await composeStart(wantedIn({ reply: 'm' }), 'me', { t, language: 'en' })
  if (start === undefined) throw new Error('nothing to start with')
  page = await openCompose(start)
  expect(page.find('#compose-from').exists()).toBe(isSaid)
  expect(page.text().includes('not the mailbox that holds the original')).toBe(isSaid)
})

it('sends nothing while another screen has saved the draft, says why, and then sends', async () => {
  const otherVersion = 7
  const sent = answerWith({
    SaveDraft: ({ id, version }) =>
      version === otherVersion
        ? { data: { saveDraft: { id, version: otherVersion + 1, updatedAt: AT } } }
        : staleAt(otherVersion),
    SendMail: () => ({ data }),
  })
  page = await openCompose(started())
  await page.get('textarea').setValue('mine, longer')
  await page.getComponent(ComposeForm).vm.save()
  await press(page, 'Send')
  expect(page.text()).toContain('The message could not be sent')
  expect(operations(sent)).toEqual(['SaveDraft'])
  await press(page, 'Overwrite with this')
  expect(page.text()).not.toContain('The message could not be sent')
  await press(page, 'Send')
  expect(operations(sent)).toEqual(['SaveDraft', 'SaveDraft', 'SendMail'])
  expect(sentBy(page)).toHaveLength(1)
})
