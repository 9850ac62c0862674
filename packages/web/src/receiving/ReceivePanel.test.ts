import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadSockets } from '../apollo.js'
import { FakeSocket } from '../fake-socket.js'
import type {
  AccountReceivingQuery,
  RunFactsFragment,
  UnparsedMessageFragment,
} from '../generated/graphql.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useToasts } from '../ui/useToasts.js'
import ReceivePanel from './ReceivePanel.vue'

const AT = '2026-07-01T00:00:00.000Z'
const run = (changes: Partial<RunFactsFragment> = {}): RunFactsFragment => ({
  ...{ id: 'run', state: 'DONE', reason: 'MANUAL', queuedAt: AT, endedAt: AT, found: 0 },
  ...{ stored: 0, alreadyHad: 0, failed: 0, tooLarge: 0, problem: null, detail: null },
  ...changes,
})
const running = (changes: Partial<RunFactsFragment> = {}) =>
  run({ state: 'RUNNING', endedAt: null, found: null, ...changes })
const failed = (problem: string, changes: Partial<RunFactsFragment> = {}) =>
  run({ state: 'FAILED', problem, ...changes })

type Standing = NonNullable<NonNullable<AccountReceivingQuery['mailAccount']>['receiving']>
interface Held extends Omit<AccountReceivingQuery, 'mailAccount'> {
  standing: Partial<Standing>
}

let panel: VueWrapper
/** What the API has. */
let held: Held
let asked: string[]
/** What the API makes of another reading. */
let parsedAgain: 'PARSED' | 'FAILED'

function answer(operationName: string): unknown {
  const { standing, ...lists } = held
  const receiving = {
    ...{ lastReceivedAt: null, nextAt: null, pausedAt: null, problem: null },
    ...standing,
  }
  switch (operationName) {
    case 'AccountReceiving':
      return { mailAccount: { id: 'a', receiving }, ...lists }
    case 'ReceiveMail':
      return { receiveMail: running({ state: 'QUEUED' }) }
    case 'CancelReceiving':
      return { cancelReceiving: running() }
    default: {
      const [message] = held.unparsedMessages
      if (parsedAgain === 'PARSED') held = { ...held, unparsedMessages: [] }
      return { parseMessageAgain: { ...message, parseState: parsedAgain } }
    }
  }
}

async function open(changes: Partial<Held> = {}, props = {}): Promise<void> {
  held = { ...held, ...changes }
  panel = mount(ReceivePanel, {
    props: { accountId: 'a', version: 1, isEnabled: true, hasServer: true, ...props },
    attachTo: document.body,
  })
  await flushPromises()
}
const button = (name: string) => panel.findAll('button').find((each) => each.text() === name)
async function press(name: string): Promise<void> {
  const found = button(name)
  if (found === undefined) throw new Error(`no button ${name} in ${panel.text()}`)
  found.element.focus()
  await found.trigger('click')
  await flushPromises()
}
async function tell(now: RunFactsFragment): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.last().asked).toBeDefined())
  FakeSocket.last().answer('next', { data: { receiveProgress: now } })
  await flushPromises()
}
async function end(how: RunFactsFragment): Promise<void> {
  held = { ...held, receiveRuns: [how] }
  await tell(how)
  FakeSocket.last().answer('complete')
  await flushPromises()
}
const spoken = () => panel.get('[aria-live=polite]').text()

beforeAll(async () => {
  // Their maker looks for the browser's sockets when it is made.
  vi.stubGlobal('WebSocket', FakeSocket)
  await loadSockets()
})
beforeEach(async () => {
  await withWords('receiving', setLanguage('ja'))
  held = { standing: {}, receiveRuns: [], unreceivedMessages: [], unparsedMessages: [] }
  asked = []
  parsedAgain = 'PARSED'
  FakeSocket.opened = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const { operationName } = JSON.parse(body) as { operationName: string }
    asked.push(operationName)
    const text = JSON.stringify({ data: answer(operationName) })
    return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }))
  })
})
afterEach(async () => {
  panel.unmount()
  // Nobody listens any more.
  await vi.waitFor(() => expect(FakeSocket.opened.every(({ isClosed }) => isClosed)).toBe(true))
  vi.unstubAllGlobals()
  const { toasts, dismiss } = useToasts()
  for (const { id } of toasts.value) dismiss(id)
})

describe('receiving', () => {
  it('shows how far it is, then what happened in one sentence', async () => {
    await open()
    expect(panel.text()).toContain('まだ受信していません。')
    await press('受信する')
    expect(panel.text()).toContain('順番を待っています。')
    await tell(running({ found: 40, stored: 9, alreadyHad: 3 }))
    const bar = panel.get('[role=progressbar]')
    expect(bar.attributes('aria-valuenow')).toBe('12')
    expect(bar.attributes('aria-valuemax')).toBe('40')
    expect(panel.text()).toContain('12 / 40 件')
    await end(run({ found: 40, stored: 34, alreadyHad: 3, tooLarge: 2, failed: 1 }))
    const sentence =
      '34件受信しました（受信済み 3件、大きすぎてサーバーに残したもの 2件、受信できなかったもの 1件）。'
    expect(panel.text()).toContain(sentence)
    expect(spoken()).toBe(sentence)
    expect(panel.find('[role=progressbar]').exists()).toBe(false)
    expect(button('受信する')?.attributes('aria-busy')).toBeUndefined()
  })

  it('is told to whoever listens at quarters, not message by message', async () => {
    await open()
    await press('受信する')
    const told = new Set<string>()
    for (let stored = 0; stored < 40; stored += 1) {
      await tell(running({ found: 40, stored }))
      told.add(spoken())
    }
    expect(told.size).toBe(4)
  })

  it('that was under way when the page opened is followed', async () => {
    await open({ receiveRuns: [running({ found: 8, stored: 2 })] })
    expect(asked).not.toContain('ReceiveMail')
    expect(panel.text()).toContain('2 / 8 件')
    await tell(running({ found: 8, stored: 6 }))
    expect(panel.text()).toContain('6 / 8 件')
  })

  it('is stopped by a button, which then gives the focus back', async () => {
    await open()
    await press('受信する')
    await tell(running({ found: 40, stored: 3 }))
    await press('中止')
    expect(asked).toContain('CancelReceiving')
    expect(button('中止しています')).toBeDefined()
    await end(failed('CANCELLED', { found: 40, stored: 3 }))
    expect(panel.text()).toContain('受信を中止しました。その前に3件受信しました。')
    expect(document.activeElement?.textContent).toContain('受信する')
  })

  it('of nothing new says so', async () => {
    await open({ receiveRuns: [run()] })
    expect(panel.text()).toContain('新しいメールはありませんでした。')
  })

  it('that failed says why and what to do, and offers to try again', async () => {
    await open({ receiveRuns: [failed('AUTH_REJECTED', { stored: 2 })] })
    expect(panel.text()).toContain('アカウントまたはパスワードを拒否されました')
    expect(panel.text()).toContain('アカウント名とパスワードを確認してください。')
    expect(panel.text()).toContain('その前に2件受信しました。')
    await press('もう一度試す')
    expect(asked).toContain('ReceiveMail')
  })

  it('that is paused says since when, and is tried again by the button', async () => {
    const standing = { pausedAt: AT, problem: 'AUTH_REJECTED' }
    await open({ standing, receiveRuns: [failed('AUTH_REJECTED')] })
    expect(panel.text()).toMatch(/2026.*から自動の受信を止めています。/)
    await press('もう一度試す')
    expect(asked).toContain('ReceiveMail')
  })

  it('looks again once the account has been changed', async () => {
    await open({ standing: { pausedAt: AT }, receiveRuns: [failed('AUTH_REJECTED')] })
    held = { ...held, standing: {} }
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

const TOO_LARGE = {
  ...{ uniqueId: 'uid-7', sizeBytes: 63_963_136, problem: 'MESSAGE_TOO_LARGE', firstSeenAt: AT },
}
const UNPARSED: UnparsedMessageFragment = {
  ...{ id: 'm', storedAt: AT, size: 2_000, sourceUrl: '/messages/m/source' },
  ...{ parseState: 'FAILED', parseProblem: 'PARSE_TIMEOUT' },
}

describe('what failed', () => {
  it('is listed only where there is any', async () => {
    await open()
    expect(panel.text()).not.toContain('サーバーに残っているメール')
    expect(panel.text()).not.toContain('読み取れなかったメール')
  })

  it('stays on the server with its size and the reason; of many, the rest is asked for', async () => {
    await open({ unreceivedMessages: Array.from({ length: 7 }, () => TOO_LARGE) })
    const list = panel.get('section[aria-label="サーバーに残っているメール"]')
    expect(list.text()).toContain('61 MiB')
    expect(list.text()).toContain('uid-7')
    expect(list.findAll('li')).toHaveLength(5)
    await press('7件すべてを表示する')
    expect(list.findAll('li')).toHaveLength(7)
    expect(document.activeElement).toBe(list.findAll('li')[5]?.element)
  })

  it('to be read is read again, and goes from the list', async () => {
    await open({ unparsedMessages: [UNPARSED] })
    expect(panel.text()).toContain('時間がかかりすぎた')
    await press('読み取り直す')
    expect(useToasts().toasts.value[0]?.text).toBe('メールを読み取りました。')
    expect(panel.text()).not.toContain('読み取れなかったメール')
    expect(document.activeElement?.textContent).toBe('メールの受信')
  })

  it('to be read, once more, stays and says why', async () => {
    parsedAgain = 'FAILED'
    await open({ unparsedMessages: [UNPARSED] })
    await press('読み取り直す')
    expect(useToasts().toasts.value[0]?.text).toContain('やはり読み取れませんでした。')
    expect(panel.text()).toContain('読み取れなかったメール')
  })
})
