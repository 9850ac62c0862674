import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useToasts } from '../ui/useToasts.js'
import AccountImportPage from './AccountImportPage.vue'
import MailServerImportPage from './MailServerImportPage.vue'

interface Sent {
  operationName: string
  variables: { file: string; digest?: string }
}

let page: VueWrapper
let router: Router
let sent: Sent[]
let answers: object[]

const row = (n: number, outcome: string, more: object = {}) => ({
  row: n,
  code: `code-${n}`,
  outcome,
  about: `about ${n}`,
  changes: [],
  refusals: [],
  ...more,
})
const preview = (rows: ReturnType<typeof row>[], digest = 'd1') => {
  const count = (outcome: string) => rows.filter((each) => each.outcome === outcome).length
  return {
    data: {
      preview: {
        rows,
        addCount: count('ADD'),
        changeCount: count('CHANGE'),
        sameCount: count('SAME'),
        refusedCount: count('REFUSED'),
        encoding: 'UTF_8',
        hasHeading: true,
        ignoredColumns: [],
        digest,
      },
    },
  }
}
const failure = (code: string, message: string, fields?: object[]) => ({
  data: null,
  errors: [{ message, extensions: { code, ...(fields && { fields }) } }],
})

async function choose(text: string, size?: number): Promise<void> {
  const file = new File([text], 'servers.csv')
  if (size !== undefined) Object.defineProperty(file, 'size', { value: size })
  const input = page.find('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
  await vi.waitFor(async () => {
    await flushPromises()
    if (page.find('[role=status] .animate-spin').exists()) throw new Error('still reading')
  })
}
const button = (words: string) => {
  const found = page.findAll('button').find((each) => each.text().includes(words))
  if (found === undefined) throw new Error(`no button ${words}`)
  return found
}

beforeEach(async () => {
  await setLanguage('ja')
  await withWords('transfer', Promise.resolve())
  sent = []
  answers = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Sent)
    return Promise.resolve(
      new Response(JSON.stringify(answers.shift()), {
        headers: { 'content-type': 'application/json' },
      }),
    )
  })
  const List = defineComponent({ render: () => h('p', 'the list') })
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/mail-servers/import', component: MailServerImportPage },
      { path: '/mail-accounts/import', component: AccountImportPage },
      { path: '/:rest(.*)*', component: List },
    ],
  })
  await router.push('/mail-servers/import')
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
})
afterEach(() => {
  page.unmount()
})

it('says what the import will do, does exactly that, and goes to the list', async () => {
  answers = [
    preview([row(2, 'ADD'), row(3, 'ADD'), row(4, 'CHANGE'), row(5, 'SAME')]),
    { data: { result: { added: 2, changed: 1, unchanged: 1 } } },
  ]
  await choose('あ')
  await button('2件を追加し、1件を変更する').trigger('click')
  await flushPromises()
  expect(sent.map(({ operationName, variables }) => [operationName, variables])).toEqual([
    ['PreviewMailServerImport', { file: '44GC' }],
    ['ImportMailServers', { file: '44GC', digest: 'd1' }],
  ])
  expect(router.currentRoute.value.path).toBe('/mail-servers')
  expect(useToasts().toasts.value.at(-1)?.text).toBe('2件を追加し、1件を変更しました。')
})

it('shows what has to be mended first, and imports nothing before it is', async () => {
  const refusals = [{ field: 'name', label: '名称', column: 2, message: '入力してください。' }]
  answers = [preview([row(2, 'ADD'), row(3, 'REFUSED', { refusals })])]
  await choose('x')
  expect(page.text()).toContain('1行を直す必要があります')
  expect(page.text()).toContain('名称: 入力してください。')
  expect(page.text()).not.toContain('about 2')
  expect(button('1件を追加する').attributes('disabled')).toBeDefined()
  await page.find('#import-filter-ALL').setValue(true)
  expect(page.text()).toContain('about 2')
})

it('looks again where something has changed meanwhile, and says so', async () => {
  answers = [
    preview([row(2, 'ADD')]),
    failure('CONFLICT', '登録内容が変わりました。'),
    preview([row(2, 'CHANGE')], 'd2'),
    { data: { result: { added: 0, changed: 1, unchanged: 0 } } },
  ]
  await choose('x')
  await button('1件を追加する').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('登録内容が変わりました。')
  await button('1件を変更する').trigger('click')
  await flushPromises()
  expect(sent.at(-1)?.variables.digest).toBe('d2')
  expect(router.currentRoute.value.path).toBe('/mail-servers')
})

it('says why a file cannot be read, and takes another', async () => {
  answers = [
    failure('BAD_USER_INPUT', 'x', [
      { path: 'file', rule: 'csvEncoding', message: '文字コードが違います。' },
    ]),
    preview([row(2, 'SAME')]),
  ]
  await choose('x')
  expect(page.find('[role=alert]').text()).toContain('文字コードが違います。')
  await choose('y')
  expect(page.find('[role=alert]').text()).toBe('')
  expect(page.text()).toContain('読み込むものはありません')
})

it('sends no file that is too large', async () => {
  await choose('x', 33 * 1024 * 1024)
  expect(page.find('[role=alert]').text()).toContain('32 MBまで')
  expect(sent).toEqual([])
})

it('warns of stored passwords only where they would go elsewhere', async () => {
  const change = { field: 'name', label: '名称', old: 'a', new: 'b' }
  const changes = [{ ...change, isSecret: false, isRemoved: false }]
  answers = [preview([row(2, 'CHANGE', { changes })])]
  await choose('x')
  expect(page.text()).not.toContain('パスワードの送り先')
})

it('imports accounts too, and says of passwords that they change, where they go, and which are lost', async () => {
  await router.push('/mail-accounts/import')
  expect(page.find('h1').text()).toBe('ユーザーアカウントの読み込み')
  const change = { old: null, new: null, isSecret: true, isRemoved: false }
  const changes = [
    { ...change, field: 'incomingPassword', label: '受信メールパスワード' },
    { ...change, field: 'outgoingPassword', label: '送信メールパスワード', isRemoved: true },
    {
      ...{ ...change, isSecret: false, field: 'passwordsGoTo' },
      ...{ label: '保存されたパスワードの送り先', old: 'a.jp :993', new: 'b.jp :993' },
    },
  ]
  answers = [
    preview([row(2, 'CHANGE', { changes })]),
    { data: { result: { added: 0, changed: 1, unchanged: 0 } } },
  ]
  await choose('x')
  expect(page.text()).toContain('受信メールパスワード: 新しい値になります（表示しません）')
  expect(page.text()).toContain('送信メールパスワード: 削除されます')
  expect(page.text()).toContain('保存されているパスワードの送り先が変わる行が1行あります')
  expect(page.text()).toMatch(/保存されたパスワードの送り先: a\.jp :993\s*b\.jp :993/)
  await button('1件を変更する').trigger('click')
  await flushPromises()
  expect(sent.map(({ operationName }) => operationName)).toEqual([
    'PreviewMailAccountImport',
    'ImportMailAccounts',
  ])
  expect(router.currentRoute.value.path).toBe('/mail-accounts')
})
