import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, reactive } from 'vue'
import { loadSockets } from '../apollo.js'
import { FakeSocket } from '../fake-socket.js'
import { setLanguage } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { newDraft, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { credentialFields, runResults } from './later-parts.js'
import type { DiagnosisStep } from './diagnosis-view.js'
import DiagnosisPanel from './DiagnosisPanel.vue'
import { reportText } from './report-text.js'
import { useDiagnosis, type DiagnosisRun } from './useDiagnosis.js'
import { useFixes } from './useFixes.js'

let page: VueWrapper
let draft: MailServerDraft
let diagnosis: DiagnosisRun

const button = (name: RegExp) => {
  const found = page.findAll('button').find((each) => name.test(each.text()))
  if (found === undefined) throw new Error(`no button ${String(name)} in ${page.text()}`)
  return found
}
async function press(name: RegExp): Promise<void> {
  await button(name).trigger('click')
  await flushPromises()
}
const socket = () => FakeSocket.last()
const asked = () => socket().asked?.payload

async function tell(
  kind: DiagnosisStep['kind'],
  { side = 'OUTGOING', ...more }: Partial<DiagnosisStep> = {},
): Promise<void> {
  const step: DiagnosisStep = {
    ...{ side, kind, outcome: 'OK', durationMs: 12, detail: null, problem: null },
    ...{ advice: null, certificate: null, authMethods: [], transcript: [], suggestion: null },
    ...more,
  }
  socket().answer('next', { data: { mailServerDiagnosis: step } })
  await flushPromises()
}
async function complete(): Promise<void> {
  socket().answer('complete')
  await flushPromises()
}
const lines = () =>
  page
    .findAll('section section:first-child ol > li')
    .map((line) => line.text().replace(/\s+/g, ' '))

const NOT_TLS: Partial<DiagnosisStep> = {
  outcome: 'FAILED',
  problem: 'TLS_ON_PLAIN_PORT',
  advice: '暗号化を変えてください。',
  suggestion: {
    path: 'outgoing.encryption',
    value: 'TLS',
    label: 'TLS (STARTTLS)を使用する',
    also: [],
  },
}

beforeAll(async () => {
  await Promise.all([loadSockets(), runResults.load(), credentialFields.load()])
})
beforeEach(async () => {
  await setLanguage('ja')
  FakeSocket.opened = []
  vi.stubGlobal('WebSocket', FakeSocket)
  draft = reactive(newDraft())
  draft.outgoing.host = 'smtp.example.com'
  draft.incoming.host = 'imap.example.com'
  const Host = defineComponent(() => {
    diagnosis = useDiagnosis(() => draft)
    const fixes = useFixes(draft)
    return () => h(DiagnosisPanel, { draft, diagnosis, fixes, lead: '' })
  })
  page = mount(Host, { attachTo: document.body })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

describe('a diagnosis', () => {
  it('shows each step as it comes, in the language of the screen', async () => {
    await press(/^診断する/)
    expect(socket().heard[0]).toMatchObject({ payload: { language: 'ja' } })
    expect(lines()[0]).toMatch(/名前の解決.*実行中/)
    await tell('RESOLVE')
    expect(lines()[0]).toMatch(/名前の解決.*成功, 12 ミリ秒/)
    expect(lines()[1]).toMatch(/接続.*実行中/)
    expect(lines()[5]).toMatch(/認証.*待機中/)
    for (const kind of ['CONNECT', 'TLS', 'GREETING', 'CAPABILITIES'] as const) await tell(kind)
    await tell('AUTHENTICATE', { outcome: 'SKIPPED' })
    // One side has ended, and says so while the other goes on.
    expect(page.find('[aria-live]').text()).toBe('送信: 問題ありません')
    await complete()
    expect(diagnosis.hasPassed.value).toBe(true)
    draft.outgoing.host = 'other.example.com'
    await flushPromises()
    expect(diagnosis.hasPassed.value).toBe(false)
    expect(page.text()).toContain('診断のあとで設定が変わりました')
  })

  it('that is stopped closes its socket and keeps what it has found', async () => {
    await press(/^診断する/)
    await tell('RESOLVE')
    await press(/診断をやめる/)
    await vi.waitFor(() => expect(socket().isClosed).toBe(true))
    expect(page.text()).toContain('診断を中止しました')
    expect(lines()[0]).toMatch(/成功/)
    expect(lines()[1]).toMatch(/未実施/)
  })

  it.each([1000, 1006, 1012])(
    'whose socket is lost (%i) says so and is never run a second time by itself',
    async (code) => {
      await press(/^診断する/)
      await tell('RESOLVE')
      socket().close(code)
      await flushPromises()
      expect(page.text()).toContain('途中で止まりました')
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(FakeSocket.opened).toHaveLength(1)
      await press(/もう一度診断する/)
      expect(FakeSocket.opened).toHaveLength(2)
      expect(page.text()).not.toContain('途中で止まりました')
    },
  )

  it('whose network swallows everything ends too', async () => {
    vi.useFakeTimers()
    await button(/^診断する/).trigger('click')
    await vi.advanceTimersByTimeAsync(1)
    expect(socket().heard.map(({ type }) => type)).toContain('subscribe')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(diagnosis.state.value).toBe('failed')
    expect(FakeSocket.opened).toHaveLength(1)
  })

  it('that comes too often says how long to wait', async () => {
    await press(/^診断する/)
    const extensions = { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 42 }
    socket().answer('error', [{ message: '', extensions }])
    await flushPromises()
    expect(page.text()).toContain('あと42秒')
    expect(button(/もう一度診断する/).attributes('disabled')).toBeDefined()
    expect(page.find('[aria-live]').text()).not.toContain('42')
  })
})

describe('a fix', () => {
  async function failWithCredentials(): Promise<void> {
    await page.find('input[type=checkbox]').setValue(true)
    await page.find('#diagnosis-incomingUsername').setValue('alice')
    await page.find('#diagnosis-incomingPassword').setValue('s3cret-pass')
    await press(/^診断する/)
    await tell('TLS', { ...NOT_TLS, transcript: ['C: AUTH PLAIN […]'] })
    await complete()
  }

  it('changes the form, runs again at once as the same person, and is undone', async () => {
    await failWithCredentials()
    expect(page.text()).toContain('暗号化を変えてください。')
    await press(/STARTTLS/)
    expect(draft.outgoing).toMatchObject({ encryption: 'TLS', port: '465' })
    expect(asked()).toMatchObject({
      variables: {
        input: { outgoing: { encryption: 'TLS', port: 465 } },
        credentials: { incomingUsername: 'alice', incomingPassword: 's3cret-pass' },
      },
    })
    expect(document.activeElement?.textContent).toContain('元に戻す')
    await press(/元に戻す/)
    expect(draft).toEqual({
      ...newDraft(),
      outgoing: { ...newDraft().outgoing, host: 'smtp.example.com' },
      incoming: { ...newDraft().incoming, host: 'imap.example.com' },
    })
    expect(diagnosis.state.value).toBe('cancelled')
  })

  it('is not offered for settings that have changed since', async () => {
    await failWithCredentials()
    draft.outgoing.host = 'other.example.com'
    await flushPromises()
    expect(button(/STARTTLS/).attributes('disabled')).toBeDefined()
  })

  it('that trusts a changed certificate asks once more and shows both', async () => {
    draft.outgoing.pinnedCertificate = 'aa'.repeat(32)
    await flushPromises()
    await press(/^診断する/)
    const shown = `bbbb${'aa'.repeat(30)}`
    await tell('TLS', {
      outcome: 'FAILED',
      problem: 'TLS_CERTIFICATE_CHANGED',
      certificate: {
        ...{ subject: 'CN=mail', issuer: 'CN=ca', altNames: [], trusted: false },
        ...{ validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z' },
        fingerprint256: shown,
      },
      suggestion: {
        path: 'outgoing.pinnedCertificate',
        value: shown,
        label: '新しい証明書を信頼する',
        also: [],
      },
    })
    await complete()
    expect(page.findAll('dd .font-semibold').map((group) => group.text())).toEqual(['aaaa', 'bbbb'])
    await press(/新しい証明書を信頼する/)
    expect(draft.outgoing.pinnedCertificate).toBe('aa'.repeat(32))
    await press(/確認したので信頼する/)
    expect(draft.outgoing.pinnedCertificate).toBe(shown)
    expect(FakeSocket.opened).toHaveLength(2)
  })

  it('leaves no secret in what is copied', async () => {
    await failWithCredentials()
    const { view, began } = diagnosis
    if (view.value === undefined) throw new Error('nothing was diagnosed')
    const text = reportText(view.value, began.value, useText().t, 'ja')
    expect(text).toContain('C: AUTH PLAIN […]')
    expect(text).not.toMatch(/s3cret|alice/)
    expect(JSON.stringify(view.value)).not.toContain('s3cret')
  })
})
