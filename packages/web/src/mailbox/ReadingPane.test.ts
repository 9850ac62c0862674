import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { sendingFacts, startSockets, stopSockets } from '../compose/sending-testkit.js'
import type { MessageRowFragment, WholeMessageFragment } from '../generated/mail.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import MessageRow from './MessageRow.vue'
import ReadingPane from './ReadingPane.vue'

const AT = '2026-11-28T00:00:00.000Z'
const ME = { name: null, address: 'me@x.jp' }
const whole = (changes: Partial<WholeMessageFragment>): WholeMessageFragment => ({
  ...{ id: 'm', accountId: 'a', folder: 'OUTBOX', parseState: 'PENDING', parseProblem: null },
  ...{ subject: 'To our customers', from: ME, to: [], cc: [], replyTo: [], date: AT, storedAt: AT },
  ...{ size: 1, read: true, text: null, html: null, hasRemoteContent: false },
  ...{ remoteContentAllowed: false, isHtmlCut: false, attachments: [], sourceUrl: '/m' },
  ...changes,
})
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }],
})
let pane: VueWrapper
/** What the API has. */
let message: WholeMessageFragment
let sending: ReturnType<typeof sendingFacts>
let sent: ReturnType<typeof answerWith>

async function open(
  changes: Partial<WholeMessageFragment>,
  how: Parameters<typeof sendingFacts>[0],
) {
  message = whole(changes)
  sending = sendingFacts(how)
  pane = mount(ReadingPane, {
    props: { messageId: 'm', backAddress: '/' },
    global: { plugins: [router] },
  })
  await flushPromises()
}
const buttons = () => pane.findAll('section section button').map((each) => each.text())

beforeEach(async () => {
  await withWords('mailbox', withWords('reading', withWords('sending', setLanguage('en'))))
  await withWords('receiving', Promise.resolve())
  await startSockets()
  sent = answerWith({
    MessageToRead: () => ({ data: { message } }),
    SendingOfMessage: () => ({ data: { message: { id: 'm', sending } } }),
    CancelSending: () => ({ data: { cancelSending: { id: 'd' } } }),
  })
})
afterEach(async () => {
  pane.unmount()
  await stopSockets()
})

it('offers to take back what was just sent before it is read, and shows it once it is', async () => {
  await open({ parseState: 'PENDING' }, { state: 'QUEUED' })
  expect(pane.get('h2').text()).toBe('To our customers')
  message = whole({ parseState: 'PARSED', text: 'Dear all,' })
  pane.getComponent(ReadingPane).vm.refresh()
  await flushPromises()
  expect(pane.text()).toContain('Dear all,')
  expect(buttons()).toEqual(['Take back and edit'])
  await pane.get('section section button').trigger('click')
  await flushPromises()
  expect(sent.at(-1)).toMatchObject({ operationName: 'CancelSending', variables: { id: 's' } })
  expect(router.currentRoute.value.query).toEqual({ draft: 'd' })
})

it('offers what to do about what may not have arrived, also where it cannot be read', async () => {
  await open({ parseState: 'FAILED', parseProblem: 'TIMED_OUT' }, { state: 'UNCONFIRMED' })
  expect(pane.get('h2').text()).toBe('To our customers')
  expect(buttons()).toEqual(['I checked, it arrived', 'Send again'])
})

it('names what was sent in the list before it is read', async () => {
  const row: MessageRowFragment = {
    ...{ id: 'm', folder: 'OUTBOX', parseState: 'PENDING', subject: 'Hello', from: ME, to: [] },
    ...{ date: AT, storedAt: AT, read: true, snippet: null, attachmentCount: 0 },
  }
  pane = mount(MessageRow, {
    props: {
      message: row,
      to: '/',
      search: '',
      now: new Date(AT),
      isOpen: false,
      isSelected: false,
    },
    global: { plugins: [router] },
  })
  expect(pane.text()).toContain('Hello')
  expect(pane.text()).not.toContain('no recipient')
  await pane.setProps({ message: { ...row, folder: 'INBOX' } })
  expect(pane.text()).not.toContain('Hello')
})
