import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, reactive } from 'vue'
import { setLanguage } from '../i18n/i18n.js'
import { newDraft, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import DiscoveryCard from './DiscoveryCard.vue'
import { discoveryResults } from './later-results.js'

let page: VueWrapper
let draft: MailServerDraft
let sent: unknown[]
let answer: unknown

const side = (host: string, port: number, rest: object = {}) => ({
  ...{ host, port, encryption: 'SSL', isReached: true, problem: null },
  ...rest,
})
const candidate = (rest: object = {}) => ({
  ...{ source: 'AUTOCONFIG_PROVIDER', providerName: '見本通信', usernameForm: 'ADDRESS' },
  ...{ documentationUrl: null, notes: ['APP_PASSWORD'] },
  outgoing: side('smtp.example.jp', 587, { encryption: 'TLS', authMethod: 'PLAIN' }),
  incoming: side('pop.example.jp', 10_995, { protocol: 'POP3', authMethod: 'PASSWORD' }),
  ...rest,
})
const found = (candidates: object[], unasked: object[] = []) => ({
  data: { findMailServerSettings: { candidates, unasked } },
})

async function search(email: string): Promise<void> {
  await page.find('#discovery-email').setValue(email)
  await page.find('form').trigger('submit')
  await flushPromises()
}
const useButtons = () => page.findAll('li button')

beforeEach(async () => {
  await setLanguage('ja')
  await discoveryResults.load()
  sent = []
  answer = found([])
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body))
    return Promise.resolve(
      new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }),
    )
  })
  draft = reactive(newDraft())
  const Page = defineComponent({
    render: () => [h(DiscoveryCard, { draft }), h('input', { id: 'field-code' })],
  })
  page = mount(Page, { attachTo: document.body })
})
afterEach(() => {
  page.unmount()
})

describe('finding settings by an e-mail address', () => {
  it('fills the form by one click, proposes code and name, and goes on to the form', async () => {
    answer = found([candidate()])
    await search('ｔａｒｏ＠Example.jp')
    expect(sent[0]).toMatchObject({ variables: { email: 'taro@example.jp' } })
    expect(page.text()).toContain('見本通信')
    expect(page.text()).toContain('接続できました')
    expect(page.text()).toContain('メールソフト用のパスワードが必要です')
    await useButtons()[0]?.trigger('click')
    expect(draft).toMatchObject({
      code: 'example.jp',
      name: '見本通信',
      outgoing: {
        ...{ host: 'smtp.example.jp', port: '587', encryption: 'TLS', authMethod: 'PLAIN' },
        isPortTyped: false,
      },
      incoming: {
        ...{ host: 'pop.example.jp', port: '10995', protocol: 'POP3', isPortTyped: true },
      },
    })
    expect(document.activeElement?.id).toBe('field-code')
  })

  it('keeps a code and a name that were typed, and replaces those that it proposed itself', async () => {
    answer = found([candidate(), candidate({ providerName: 'べつの会社' })])
    draft.code = 'mine'
    await search('taro@example.jp')
    await useButtons()[0]?.trigger('click')
    expect([draft.code, draft.name]).toEqual(['mine', '見本通信'])
    await useButtons()[1]?.trigger('click')
    expect([draft.code, draft.name]).toEqual(['mine', 'べつの会社'])
    draft.name = '私の名前'
    await useButtons()[0]?.trigger('click')
    expect(draft.name).toBe('私の名前')
  })

  it('says of each side why it was not reached', async () => {
    const outgoing = side('smtp.example.jp', 465, {
      ...{ isReached: false, problem: 'CONNECT_REFUSED', authMethod: 'PLAIN' },
    })
    answer = found([candidate({ outgoing })])
    await search('taro@example.jp')
    expect(page.text()).toContain('送信: 接続を拒否されました')
    expect(page.text()).not.toContain('接続できました')
  })

  it('says what is wrong with an address at its field, and asks nobody', async () => {
    await search('taro')
    expect(sent).toEqual([])
    const input = page.find('#discovery-email')
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(document.activeElement?.id).toBe('discovery-email')
    await input.setValue('taro@example.jp')
    expect(input.attributes('aria-invalid')).toBeUndefined()
  })

  it('tells a missing network from settings that nobody knows', async () => {
    await search('taro@example.jp')
    expect(page.text()).toContain('「example.jp」の設定は見つかりませんでした')
    expect(page.text()).not.toContain('ネットワークの外に')
    answer = found([], [{ source: 'SRV', problem: 'NAME_SERVER_UNREACHABLE' }])
    await search('taro@example.jp')
    expect(page.text()).toContain('ネットワークの外に問い合わせできませんでした')
    expect(page.text()).not.toContain('見つかりませんでした')
    expect(page.text()).toContain('ドメインのDNS（SRVレコード）（DNSサーバーに届かない）')
  })

  it('takes what is switched off for no failure', async () => {
    answer = found([candidate()], [{ source: 'SRV', problem: 'SWITCHED_OFF' }])
    await search('taro@example.jp')
    expect(page.text()).toContain('外部への問い合わせの一部または全部を行っていません')
    expect(page.text()).not.toContain('問い合わせできなかったもの')
  })

  it('says how long to wait after too many searches', async () => {
    const extensions = { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 42 }
    answer = { errors: [{ message: '', extensions }] }
    await search('taro@example.jp')
    expect(page.text()).toContain('42秒後にもう一度')
  })

  it('leads on to entering by hand', async () => {
    await page.findAll('button').at(-1)?.trigger('click')
    expect(document.activeElement?.id).toBe('field-code')
  })
})
