import { problemWords } from '@mailroom/shared'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { SendingFactsFragment } from '../generated/mail.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { answerWith } from '../ui/conflict-testkit.js'
import { useToasts } from '../ui/useToasts.js'
import { followSending } from './follow-sending.js'
import { sendingFacts, startSockets, stopSockets, tellSending } from './sending-testkit.js'
import SendingPanel from './SendingPanel.vue'

const AT = '2026-11-28T00:00:00.000Z'
const { toasts } = useToasts()
let panel: VueWrapper
let router: Router
let sent: ReturnType<typeof answerWith>
/** What the API has. */
let held: SendingFactsFragment
let refusal: object | undefined

/** What is refused changes nothing. */
const to = (name: string, state: SendingFactsFragment['state']) => () => {
  if (refusal !== undefined) return refusal
  held = sendingFacts({ state, endedAt: AT })
  return { data: { [name]: held } }
}

async function open(changes: Partial<SendingFactsFragment>): Promise<void> {
  held = sendingFacts(changes)
  panel = mount(SendingPanel, {
    props: { messageId: 'm', accountId: 'a' },
    global: { plugins: [router] },
  })
  await flushPromises()
}
const state = () => panel.get('strong').text()
const buttons = () => panel.findAll('button').map((each) => each.text())
async function press(name: string): Promise<void> {
  await panel.findAll('button')[buttons().indexOf(name)]?.trigger('click')
  await flushPromises()
}
const mutations = () => sent.map(({ operationName }) => operationName).slice(1)
const told = () => toasts.value.map(({ text }) => text)

beforeEach(async () => {
  await withWords('compose', withWords('sending', setLanguage('en')))
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  })
  refusal = undefined
  await startSockets()
  sent = answerWith({
    SendingOfMessage: () => ({ data: { message: { id: 'm', sending: held } } }),
    RetrySending: to('retrySending', 'QUEUED'),
    ConfirmSending: to('confirmSending', 'SENT'),
    CancelSending: () => refusal ?? { data: { cancelSending: { id: 'd' } } },
  })
})
afterEach(async () => {
  panel.unmount()
  await stopSockets()
})

it('that waits can be taken back, and is opened to be written on', async () => {
  await open({ state: 'QUEUED', attempts: 2, nextAttemptAt: AT })
  expect(state()).toBe('Waiting')
  expect(panel.text()).toContain('(2 so far)')
  expect(buttons()).toEqual(['Take back and edit'])
  await press('Take back and edit')
  expect(sent.at(-1)).toMatchObject({ operationName: 'CancelSending', variables: { id: 's' } })
  expect(router.currentRoute.value.fullPath).toBe('/mail/compose?draft=d')
})

it('that goes out leaves nothing to decide, and tells how it ended as it ends', async () => {
  await open({ state: 'SENDING' })
  expect([state(), buttons()]).toEqual(['Sending', []])
  await tellSending(sendingFacts({ id: 'another', state: 'FAILED' }))
  expect(state()).toBe('Sending')
  const recipients = [
    { address: 'a@x.jp', state: 'ACCEPTED', said: null },
    { address: 'b@x.jp', state: 'REFUSED', said: '550 no such user' },
  ] as const
  await tellSending(sendingFacts({ state: 'SENT', endedAt: AT, recipients: [...recipients] }))
  expect([state(), buttons()]).toEqual(['Some recipients were not reached', []])
  expect(panel.get('li').text()).toBe('b@x.jp550 no such user')
})

it('that has failed says why, in the server’s words too, and can be sent again', async () => {
  const detail = '535 bad password'
  await open({ state: 'FAILED', problem: 'AUTH_REJECTED', detail, endedAt: AT })
  expect([state(), buttons()]).toEqual(['Not sent', ['Send again', 'Edit and send again']])
  expect(panel.text()).toContain(detail)
  expect(panel.text()).toContain(problemWords('AUTH_REJECTED', 'en').advice)
  await press('Send again')
  expect(mutations()).toEqual(['RetrySending'])
  expect([state(), told()]).toEqual(['Waiting', ['It is being sent again.']])
})

it('that has failed can be corrected: it is a draft again', async () => {
  await open({ state: 'FAILED', problem: 'RECIPIENT_REFUSED', endedAt: AT })
  await press('Edit and send again')
  expect(mutations()).toEqual(['CancelSending'])
  expect(router.currentRoute.value.fullPath).toBe('/mail/compose?draft=d')
})

it('that nobody knows to have arrived can be said to have, or be sent again', async () => {
  await open({ state: 'UNCONFIRMED', endedAt: AT })
  expect([state(), buttons()]).toEqual(['Arrival unknown', ['I checked, it arrived', 'Send again']])
  await press('I checked, it arrived')
  expect(mutations()).toEqual(['ConfirmSending'])
  expect([state(), buttons()]).toEqual(['Sent', []])
})

it('says why a decision came too late, and shows how it stands by then', async () => {
  await open({ state: 'QUEUED' })
  refusal = { errors: [{ message: '', extensions: { code: 'CONFLICT' } }] }
  held = sendingFacts({ state: 'SENDING' })
  await press('Take back and edit')
  expect(told()).toEqual([expect.stringContaining('That did not work.')])
  expect(router.currentRoute.value.fullPath).toBe('/')
  expect([state(), buttons()]).toEqual(['Sending', []])
})

it('is followed after the page to write it on is left: taken back, or how it ended', async () => {
  await open({ state: 'SENT' })
  followSending(held, useText().t, router)
  expect(told()).toEqual(['Sending in 10 seconds.'])
  await tellSending(sendingFacts({ state: 'SENDING' }))
  expect(told()).toHaveLength(1)
  await tellSending(sendingFacts({ state: 'FAILED' }))
  expect(told()).toEqual(['The message could not be sent.'])
  expect(toasts.value[0]?.link?.to).toBe('/mail/a/outbox')
})
