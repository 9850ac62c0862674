import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { i18n, setLanguage } from '../i18n/i18n.js'
import { router } from '../router.js'
import { useInterruption } from './useInterruption.js'
import { useSession } from './useSession.js'

const ANNA = { id: '1', loginName: 'anna', displayName: '安奈', role: 'ADMIN' }
const BEN = { id: '2', loginName: 'ben', displayName: '', role: 'ADMIN' }
const PASSWORD = 'correct horse battery'

let app: VueWrapper
/** Whom the API takes the cookie for; nobody once the session has ended. */
let signedIn: typeof ANNA | undefined
let created: unknown[]

const refused = (code: string) => ({ errors: [{ message: code, extensions: { code } }] })

interface Request {
  readonly operationName: string
  readonly variables: Record<string, unknown>
}
/** An API of two people, of which only the parts are there that are asked here. */
function answer({ operationName, variables }: Request): unknown {
  if (operationName === 'Session') {
    const signInMethods = { oidcName: null }
    return { data: { me: signedIn ?? null, needsSetUp: false, signInMethods } }
  }
  if (operationName === 'SignOut') return ((signedIn = undefined), { data: { signOut: true } })
  if (operationName === 'SignIn') {
    const person = [ANNA, BEN].find(({ loginName }) => loginName === variables['loginName'])
    if (person === undefined || variables['password'] !== PASSWORD)
      return refused('UNAUTHENTICATED')
    signedIn = person
    return { data: { signIn: person } }
  }
  if (signedIn === undefined) return refused('UNAUTHENTICATED')
  if (operationName === 'CreateMailServer') created.push(variables['input'])
  return refused('INTERNAL')
}

const dialog = () => document.querySelector('[role=alertdialog]')
function input(selector: string): HTMLInputElement {
  const element = document.querySelector(selector)
  if (!(element instanceof HTMLInputElement)) throw new Error(`${selector} is no input`)
  return element
}
function type(selector: string, text: string): void {
  const element = input(selector)
  element.value = text
  element.dispatchEvent(new Event('input'))
}
function press(words: string): void {
  const buttons = [...document.querySelectorAll('button')]
  const button = buttons.find((each) => each.textContent.trim() === words)
  if (button === undefined) throw new Error(`no button ${words}`)
  button.click()
}
async function signInAs(loginName: string, password = PASSWORD): Promise<void> {
  type('[role=alertdialog] [name=username]', loginName)
  type('[role=alertdialog] [name=password]', password)
  document.querySelector('[role=alertdialog] form')?.dispatchEvent(new Event('submit'))
  await settled()
}
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await flushPromises()
}
/** Pages are loaded when they are first asked for. */
async function arriveAt(path: string): Promise<void> {
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(path), 10_000)
}
/** Fills the form in, lets the session end, and saves. */
async function saveAfterTheEnd(): Promise<void> {
  type('#field-code', 'main')
  type('#field-name', '本社')
  type('#field-outgoing-host', 'smtp.example.com')
  type('#field-incoming-host', 'imap.example.com')
  signedIn = undefined
  input('#field-code').form?.dispatchEvent(new Event('submit'))
  await settled()
}

beforeEach(async () => {
  await setLanguage('ja')
  signedIn = ANNA
  created = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const request = JSON.parse(body) as Request
    return Promise.resolve(
      new Response(JSON.stringify(answer(request)), {
        headers: { 'content-type': 'application/json' },
      }),
    )
  })
  await useSession().begin(undefined)
  await useSession().signIn('anna', PASSWORD)
  await router.push('/mail-servers/new')
  app = mount(App, { global: { plugins: [i18n, router] }, attachTo: document.body })
  await vi.dynamicImportSettled()
  await settled()
})
afterEach(async () => {
  useInterruption().settle(false)
  await settled()
  app.unmount()
  document.body.innerHTML = ''
})

describe('a session that ends over a form that is filled in', () => {
  it('is said over the page, with the password to type and nothing lost', async () => {
    await saveAfterTheEnd()
    expect(dialog()?.textContent).toContain('サインインの有効期間が終わりました')
    expect(input('[role=alertdialog] [name=username]').value).toBe('anna')
    expect(document.activeElement).toBe(input('[role=alertdialog] [name=password]'))
    expect(router.currentRoute.value.path).toBe('/mail-servers/new')
    expect(input('#field-name').value).toBe('本社')
  })

  it('goes on with the save once the same person has signed in', async () => {
    await saveAfterTheEnd()
    await signInAs('anna', 'wrong')
    expect(dialog()?.textContent).toContain('正しくありません')
    expect(created).toEqual([])
    await signInAs('anna')
    expect(dialog()).toBeNull()
    expect(created).toMatchObject([{ code: 'main', name: '本社' }])
    expect(input('#field-name').value).toBe('本社')
  })

  it('can be put off: the form says why nothing was saved, and saving asks again', async () => {
    await saveAfterTheEnd()
    press('あとでサインインする')
    await settled()
    expect(dialog()).toBeNull()
    expect(document.body.textContent).toContain('もう一度サインインしてください')
    expect(input('#field-name').value).toBe('本社')
    input('#field-code').form?.dispatchEvent(new Event('submit'))
    await settled()
    expect(dialog()).not.toBeNull()
  })

  it('asks somebody else before the entries go, and saves them for nobody else', async () => {
    await saveAfterTheEnd()
    await signInAs('ben')
    expect(dialog()?.textContent).toContain('「ben」としてサインインしました')
    expect(document.activeElement?.textContent).toContain('「安奈」でサインインし直す')
    press('「安奈」でサインインし直す')
    await settled()
    expect(signedIn).toBeUndefined()
    expect(input('#field-name').value).toBe('本社')

    await signInAs('ben')
    press('保存せずに進む')
    await arriveAt('/mail-servers')
    expect(useSession().user.value?.loginName).toBe('ben')
    expect(created).toEqual([])
  })

  it('leads to the sign-in page and back where nothing is unsaved', async () => {
    signedIn = undefined
    await router.push('/mail-servers')
    await arriveAt('/sign-in')
    expect(router.currentRoute.value.query['return']).toBe('/mail-servers')
    expect(dialog()).toBeNull()
  })
})
