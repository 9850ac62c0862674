import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useToasts } from '../ui/useToasts.js'
import {
  buttonOf,
  doneRun,
  failedRun,
  FakeReceiving,
  press,
  runningRun,
} from './receiving-testkit.js'
import ReceivingTrouble from './ReceivingTrouble.vue'

const REFUSED = { problem: 'AUTH_REJECTED', isPaused: false }
const NAME = '営業・田中'

let notice: VueWrapper
let api: FakeReceiving

async function open(trouble = REFUSED, mayChange = true): Promise<void> {
  const routes = [{ path: '/:rest(.*)*', component: { template: '' } }]
  notice = mount(ReceivingTrouble, {
    props: { account: { id: 'a', name: NAME }, trouble, mayChange },
    global: { plugins: [createRouter({ history: createMemoryHistory(), routes })] },
    attachTo: document.body,
  })
  await flushPromises()
}
const again = () => buttonOf(notice, 'もう一度試す')
const toasts = () => useToasts().toasts.value.map(({ kind, text }) => `${kind}: ${text}`)

beforeEach(async () => {
  await withWords('receiving', setLanguage('ja'))
  api = new FakeReceiving()
  await api.start()
})
afterEach(async () => {
  notice.unmount()
  await api.stop()
})

it('says why mail does not come, and whether that has been given up for now', async () => {
  await open()
  expect(notice.text()).toContain('受信できません: アカウントまたはパスワードを拒否されました。')
  await notice.setProps({ trouble: { ...REFUSED, isPaused: true } })
  expect(notice.text()).toContain('自動の受信を止めています: アカウントまたは')
})

it('leads to the settings, where the person may change them', async () => {
  await open()
  const link = notice.get('a')
  expect(link.attributes('href')).toBe('/mail-accounts/a')
  expect(link.attributes('aria-label')).toBe(`設定を開く: ${NAME}`)
  notice.unmount()
  await open(REFUSED, false)
  expect(notice.find('a').exists()).toBe(false)
  expect(again()?.attributes('aria-label')).toBe(`もう一度試す: ${NAME}`)
})

it('tries again, busy until that is over, and says how it went', async () => {
  await open()
  await press(notice, 'もう一度試す')
  expect(again()?.attributes('aria-busy')).toBe('true')
  await press(notice, 'もう一度試す')
  expect(api.asked).toEqual(['ReceiveMail'])
  await api.tell(runningRun({ found: 3, stored: 1 }))
  expect(notice.emitted('mended')).toBeUndefined()
  await api.end(doneRun({ found: 3, stored: 3 }))
  expect(toasts()).toEqual([`good: ${NAME}: 3件受信しました。`])
  expect(notice.emitted('mended')).toHaveLength(1)
  expect(again()?.attributes('aria-busy')).toBeUndefined()
})

it('that fails once more says why, and the list is read again: the reason may be another', async () => {
  await open()
  await press(notice, 'もう一度試す')
  await api.end(failedRun('TIMEOUT'))
  expect(toasts()).toEqual([
    `problem: ${NAME}: 受信できませんでした: 時間内に応答がありませんでした`,
  ])
  expect(notice.emitted('mended')).toHaveLength(1)
})

it('that cannot be started says so and can be pressed again', async () => {
  await open()
  api.held = { ...api.held, refusal: 'FORBIDDEN' }
  await press(notice, 'もう一度試す')
  expect(toasts()[0]).toMatch(/^problem: 受信を始められませんでした。/)
  expect(again()?.attributes('aria-busy')).toBeUndefined()
  expect(notice.emitted('mended')).toBeUndefined()
})
