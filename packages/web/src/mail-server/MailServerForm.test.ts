import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { setLanguage } from '../i18n/i18n.js'
import MailServerForm from './MailServerForm.vue'

let page: VueWrapper
let sent: unknown[]
let headers: Headers
let answer: unknown

function control(id: string): HTMLInputElement {
  const element = page.find(`#field-${id}`).element
  if (!(element instanceof HTMLInputElement)) throw new Error(`${id} is no input`)
  return element
}
const field = (id: string) => page.find(`#field-${id}`)
const choose = (group: string, value: string) =>
  page.find(`#field-${group}-${value}`).setValue(true)

async function type(id: string, text: string): Promise<void> {
  await field(id).setValue(text)
  await field(id).trigger('blur')
}
async function fill(): Promise<void> {
  await type('code', 'main')
  await type('name', '本社')
  await type('outgoing-host', 'smtp.example.com')
  await type('incoming-host', 'imap.example.com')
}
async function save(): Promise<void> {
  await page.find('form').trigger('submit')
  await flushPromises()
}

beforeEach(async () => {
  await setLanguage('ja')
  sent = []
  vi.stubGlobal(
    'fetch',
    (_url: string, { body, headers: given }: { body: string; headers: Record<string, string> }) => {
      const request: unknown = JSON.parse(body)
      sent.push(request)
      headers = new Headers(given)
      return Promise.resolve(
        new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }),
      )
    },
  )
  const Elsewhere = defineComponent({ render: () => h('p', 'elsewhere') })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/new', component: MailServerForm },
      { path: '/:rest(.*)*', component: Elsewhere },
    ],
  })
  await router.push('/new')
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
})
afterEach(() => {
  page.unmount()
})

describe('the form', () => {
  it('shows the usual port of what is chosen, until one is typed', async () => {
    expect(control('outgoing-port').value).toBe('465')
    await choose('outgoing-encryption', 'TLS')
    expect(control('outgoing-port').value).toBe('587')
    await type('outgoing-port', '2525')
    await choose('outgoing-encryption', 'NONE')
    expect(control('outgoing-port').value).toBe('2525')
    await choose('incoming-protocol', 'POP3')
    expect(control('incoming-port').value).toBe('995')
  })

  it('shows fields as their conditions hold, with the value they had', async () => {
    expect(field('outgoing-credentials-OUTGOING').exists()).toBe(false)
    await field('outgoing-authMethod').setValue('PLAIN')
    await choose('outgoing-credentials', 'OUTGOING')
    await field('outgoing-authMethod').setValue('NONE')
    expect(field('outgoing-credentials-OUTGOING').exists()).toBe(false)
    await field('outgoing-authMethod').setValue('LOGIN')
    expect(control('outgoing-credentials-OUTGOING').checked).toBe(true)

    expect(field('incoming-apop').exists()).toBe(false)
    await choose('incoming-protocol', 'POP3')
    expect(field('incoming-apop').exists()).toBe(true)

    expect(field('outgoing-popBeforeSmtpWaitSeconds').exists()).toBe(false)
    await field('outgoing-popBeforeSmtp').setValue(true)
    expect(field('outgoing-popBeforeSmtpWaitSeconds').exists()).toBe(true)
  })

  it('turns full-width hosts and ports into half-width as one leaves the field, but not names', async () => {
    await type('outgoing-host', 'ｓｍｔｐ．ｅｘａｍｐｌｅ．ｃｏｍ')
    await type('outgoing-port', '２５')
    await type('name', 'ＡＢＣ')
    expect(control('outgoing-host').value).toBe('smtp.example.com')
    expect(control('outgoing-port').value).toBe('25')
    expect(control('name').value).toBe('ＡＢＣ')
  })

  it('says quietly what an insecure choice means', async () => {
    expect(page.text()).not.toContain('暗号化されません')
    await choose('incoming-encryption', 'NONE')
    expect(page.text()).toContain('通信が暗号化されません')
  })

  it('goes to the first field that is not right, sums up several, and sends nothing', async () => {
    await save()
    expect(sent).toEqual([])
    expect(document.activeElement?.id).toBe('field-code')
    expect(page.findAll('a[href^="#field-"]')).toHaveLength(4)
    expect(field('code').attributes('aria-invalid')).toBe('true')
  })

  it('shows what the server refused at the field, in its own words, until the value changes', async () => {
    const message = 'このメールサーバーコードはすでに使われています。'
    const extensions = {
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'code', rule: 'codeInUse', message }],
    }
    answer = { errors: [{ message: '入力内容を確認してください。', extensions }] }
    await fill()
    await save()
    expect(headers.get('accept-language')).toBe('ja')
    expect(document.activeElement?.id).toBe('field-code')
    const described = field('code').attributes('aria-describedby') ?? ''
    const texts = described.split(' ').map((id) => document.getElementById(id)?.textContent?.trim())
    expect(texts).toContain(message)
    // Another field, or somebody else, may have mended it: it is asked anew.
    await save()
    expect(sent).toHaveLength(2)
    expect(page.text()).toContain(message)
    await field('code').setValue('main2')
    expect(page.text()).not.toContain(message)
  })

  it('sends hidden fields as neutral', async () => {
    answer = { errors: [{ message: '', extensions: { code: 'INTERNAL' } }] }
    await fill()
    await field('outgoing-authMethod').setValue('PLAIN')
    await choose('outgoing-credentials', 'OUTGOING')
    await field('outgoing-authMethod').setValue('NONE')
    await save()
    const outgoing = { authMethod: 'NONE', credentials: 'INCOMING', port: 465 }
    expect(sent[0]).toMatchObject({ variables: { input: { outgoing } } })
    expect(page.text()).toContain('サーバーで問題が起きました')
    expect(control('name').value).toBe('本社')
  })

  it('says that no diagnosis has passed, without standing in the way', () => {
    expect(page.text()).toContain('接続診断はまだ成功していません')
    expect(page.find('button[type=submit]').attributes('disabled')).toBeUndefined()
  })
})
