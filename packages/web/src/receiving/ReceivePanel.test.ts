import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import ReceivePanel from './ReceivePanel.vue'
import {
  buttonOf,
  doneRun,
  failedRun,
  FakeReceiving,
  press,
  runningRun,
  AT,
  type Held,
} from './receiving-testkit.js'

let panel: VueWrapper
let api: FakeReceiving

async function open(changes: Partial<Held> = {}, props = {}): Promise<void> {
  api.held = { ...api.held, ...changes }
  panel = mount(ReceivePanel, {
    props: { accountId: 'a', version: 1, isEnabled: true, hasServer: true, ...props },
    attachTo: document.body,
  })
  await flushPromises()
}

beforeEach(async () => {
  await withWords('receiving', setLanguage('ja'))
  api = new FakeReceiving()
  await api.start()
})
afterEach(async () => {
  panel.unmount()
  await api.stop()
})
const spoken = () => panel.get('[aria-live=polite]').text()

describe('receiving', () => {
  it('shows how far it is, then what happened in one sentence', async () => {
    await open()
    expect(panel.text()).toContain('まだ受信していません。')
    await press(panel, '受信する')
    expect(panel.text()).toContain('順番を待っています。')
    await api.tell(runningRun({ found: 40, stored: 9, alreadyHad: 3 }))
    const bar = panel.get('[role=progressbar]')
    expect(bar.attributes('aria-valuenow')).toBe('12')
    expect(bar.attributes('aria-valuemax')).toBe('40')
    expect(panel.text()).toContain('12 / 40 件')
    await api.end(doneRun({ found: 40, stored: 34, alreadyHad: 3, tooLarge: 2, failed: 1 }))
    const sentence =
      '34件受信しました（受信済み 3件、大きすぎてサーバーに残したもの 2件、受信できなかったもの 1件）。'
    expect(panel.text()).toContain(sentence)
    expect(spoken()).toBe(sentence)
    expect(panel.find('[role=progressbar]').exists()).toBe(false)
    expect(buttonOf(panel, '受信する')?.attributes('aria-busy')).toBeUndefined()
  })

  it('that waits for its turn says so, on the button too', async () => {
    await open()
    await press(panel, '受信する')
    expect(buttonOf(panel, '順番を待っています')).toBeDefined()
    expect(spoken()).toBe('順番を待っています')
    expect(panel.text()).not.toContain('受信しています')
    await api.tell(runningRun())
    expect(buttonOf(panel, '受信しています')).toBeDefined()
  })

  it.each([
    ['自動', { reason: 'SCHEDULE', isAskedByMe: false, askedBy: null }],
    ['手動（自分）', { isAskedByMe: true, askedBy: 'taro' }],
    ['手動（hanako）', { isAskedByMe: false, askedBy: 'hanako' }],
    ['手動（管理者）', { isAskedByMe: false, askedBy: null }],
  ] as const)('in the past tells who asked for it: %s', async (words, asker) => {
    await open({ receiveRuns: [doneRun(asker)] })
    const rows = panel.findAll('details li span').map((each) => each.text())
    expect(rows).toContain(words)
  })

  it('is told to whoever listens at quarters, not message by message', async () => {
    await open()
    await press(panel, '受信する')
    const told = new Set<string>()
    for (let stored = 0; stored < 40; stored += 1) {
      await api.tell(runningRun({ found: 40, stored }))
      told.add(spoken())
    }
    expect(told.size).toBe(4)
  })

  it('that was under way when the page opened is followed', async () => {
    await open({ receiveRuns: [runningRun({ found: 8, stored: 2 })] })
    expect(api.asked).not.toContain('ReceiveMail')
    expect(panel.text()).toContain('2 / 8 件')
    await api.tell(runningRun({ found: 8, stored: 6 }))
    expect(panel.text()).toContain('6 / 8 件')
  })

  it('is stopped by a button, which then gives the focus back', async () => {
    await open()
    await press(panel, '受信する')
    await api.tell(runningRun({ found: 40, stored: 3 }))
    await press(panel, '中止')
    expect(api.asked).toContain('CancelReceiving')
    expect(buttonOf(panel, '中止しています')).toBeDefined()
    await api.end(failedRun('CANCELLED', { found: 40, stored: 3 }))
    expect(panel.text()).toContain('受信を中止しました。その前に3件受信しました。')
    expect(document.activeElement?.textContent).toContain('受信する')
  })

  it('of nothing new says so', async () => {
    await open({ receiveRuns: [doneRun()] })
    expect(panel.text()).toContain('新しいメールはありませんでした。')
  })

  it('that failed says why and what to do, and offers to try again', async () => {
    await open({ receiveRuns: [failedRun('AUTH_REJECTED', { stored: 2 })] })
    expect(panel.text()).toContain('アカウントまたはパスワードを拒否されました')
    expect(panel.text()).toContain('アカウント名とパスワードを確認してください。')
    expect(panel.text()).toContain('その前に2件受信しました。')
    await press(panel, 'もう一度試す')
    expect(api.asked).toContain('ReceiveMail')
  })

  it('that is paused says since when, and is tried again by the button', async () => {
    const standing = { pausedAt: AT, problem: 'AUTH_REJECTED' }
    await open({ standing, receiveRuns: [failedRun('AUTH_REJECTED')] })
    expect(panel.text()).toMatch(/2026.*から自動の受信を止めています。/)
    await press(panel, 'もう一度試す')
    expect(api.asked).toContain('ReceiveMail')
  })

  it('looks again once the account has been changed', async () => {
    await open({ standing: { pausedAt: AT }, receiveRuns: [failedRun('AUTH_REJECTED')] })
    api.held = { ...api.held, standing: {} }
    await panel.setProps({ version: 2 })
    await flushPromises()
    expect(panel.text()).not.toContain('自動の受信を止めています')
  })

  it('cannot be asked for where the server is gone, nor of an account out of use', async () => {
    await open({}, { hasServer: false })
    expect(panel.findAll('button')).toEqual([])
    panel.unmount()
    await open({}, { isEnabled: false })
    expect(panel.findAll('button')).toEqual([])
    expect(panel.text()).toContain('使用停止の間は受信しません。')
  })
})
