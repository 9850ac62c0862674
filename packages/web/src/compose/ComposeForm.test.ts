import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { OriginalFragment } from '../generated/mail.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { answerWith, staleAt } from '../ui/conflict-testkit.js'
import { emptyDraft } from './compose-draft.js'
import { composeStart, wantedIn, type ComposeStart } from './compose-start.js'
import ComposeForm from './ComposeForm.vue'
import { draftMirror } from './draft-mirror.js'
import { sendingFacts } from './sending-testkit.js'

const AT = '2026-11-28T00:00:00.000Z'
const OWN = { accountId: 'own', name: 'Me', email: 'me@x.jp', folders: [] }
const TARO = { name: 'Taro', address: 'taro@x.jp' }
const original = (accountId: string): OriginalFragment => ({
  ...{ id: 'm', accountId, folder: 'INBOX', subject: 'Hello', from: TARO, to: [], cc: [] },
  ...{ replyTo: [], date: AT, storedAt: AT, text: 'Hi', html: null, attachments: [] },
})
const started = (text: string): ComposeStart => {
  const draft = { ...emptyDraft('own'), to: ['taro@x.jp'], subject: 'Hello', text }
  return {
    ...{ draft, saved: draft, stored: { id: 'd', version: 1 }, mailboxes: [OWN], kind: 'NEW' },
    ...{ mirror: draftMirror(['me', 'd']), originalAccountId: undefined, isRestored: false },
  }
}
const data = { sendMail: sendingFacts() }

let page: VueWrapper

async function open(start: ComposeStart): Promise<void> {
  const Page = defineComponent({ render: () => h(ComposeForm, { start }) })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: Page }],
  })
  await router.push('/')
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
async function press(name: string): Promise<void> {
  const button = page.findAll('button').find((each) => each.text() === name)
  if (button === undefined) throw new Error(`no button ${name} in ${page.text()}`)
  await (name === 'Send' ? page.get('form').trigger('submit') : button.trigger('click'))
  await flushPromises()
}
const operations = (sent: ReturnType<typeof answerWith>) =>
  sent.map(({ operationName }) => operationName)

beforeEach(async () => {
  sessionStorage.clear()
  await withWords('compose', setLanguage('en'))
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
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
  await open(start)
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
  await open(started('mine'))
  await page.get('textarea').setValue('mine, longer')
  await page.getComponent(ComposeForm).vm.save()
  await press('Send')
  expect(page.text()).toContain('The message could not be sent')
  expect(operations(sent)).toEqual(['SaveDraft'])
  await press('Overwrite with this')
  expect(page.text()).not.toContain('The message could not be sent')
  await press('Send')
  expect(operations(sent)).toEqual(['SaveDraft', 'SaveDraft', 'SendMail'])
  expect(page.getComponent(ComposeForm).emitted('sent')).toHaveLength(1)
})
