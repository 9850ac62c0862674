import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UnparsedMessageFragment } from '../generated/graphql.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useToasts } from '../ui/useToasts.js'
import ReceivePanel from './ReceivePanel.vue'
import { AT, FakeReceiving, press, type Held } from './receiving-testkit.js'

let panel: VueWrapper
let api: FakeReceiving

async function open(changes: Partial<Held> = {}): Promise<void> {
  api.held = { ...api.held, ...changes }
  panel = mount(ReceivePanel, {
    props: { accountId: 'a', version: 1, isEnabled: true, hasServer: true },
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
    await press(panel, '7件すべてを表示する')
    expect(list.findAll('li')).toHaveLength(7)
    expect(document.activeElement).toBe(list.findAll('li')[5]?.element)
  })

  it('to be read is read again, and goes from the list', async () => {
    await open({ unparsedMessages: [UNPARSED] })
    expect(panel.text()).toContain('時間がかかりすぎた')
    await press(panel, '読み取り直す')
    expect(useToasts().toasts.value[0]?.text).toBe('メールを読み取りました。')
    expect(panel.text()).not.toContain('読み取れなかったメール')
    expect(document.activeElement?.textContent).toBe('メールの受信')
  })

  it('to be read, once more, stays and says why', async () => {
    await open({ parsedAgain: 'FAILED', unparsedMessages: [UNPARSED] })
    await press(panel, '読み取り直す')
    expect(useToasts().toasts.value[0]?.text).toContain('やはり読み取れませんでした。')
    expect(panel.text()).toContain('読み取れなかったメール')
  })
})
