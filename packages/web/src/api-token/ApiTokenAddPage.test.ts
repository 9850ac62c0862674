import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import { apolloClient } from '../apollo.js'
import { i18n, setLanguage, withWords } from '../i18n/i18n.js'
import ApiTokenAddPage from './ApiTokenAddPage.vue'

const TOKEN = `mrm_${'5a'.repeat(32)}`
const MADE = {
  token: TOKEN,
  apiToken: {
    ...{ __typename: 'ApiToken', id: '7', name: '勤怠', role: 'USER', state: 'ACTIVE' },
    ...{ ending: '5a5a', createdAt: '2026-11-28T00:00:00.000Z' },
    ...{ expiresAt: '2027-02-26T00:00:00.000Z', lastUsedAt: null, revokedAt: null },
    user: { __typename: 'User', id: '1', displayName: '管理者', role: 'ADMIN' },
  },
}

let page: VueWrapper
let router: Router
let sent: { variables: { input?: unknown } }[]

beforeEach(async () => {
  await setLanguage('ja')
  await withWords('token', Promise.resolve())
  sent = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as (typeof sent)[number])
    const answer = { data: { createApiToken: MADE } }
    const headers = { 'content-type': 'application/json' }
    return Promise.resolve(new Response(JSON.stringify(answer), { headers }))
  })
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/api-tokens/new', component: ApiTokenAddPage },
      { path: '/api-tokens', component: { render: () => 'list' } },
    ],
  })
  await router.push('/api-tokens/new')
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [router, i18n] } })
})
afterEach(() => {
  page.unmount()
})

async function submit(name: string): Promise<void> {
  await page.find('#token-name').setValue(name)
  await page.find('form').trigger('submit')
  await flushPromises()
}
const asking = () => document.querySelector('[role=alertdialog]')?.textContent ?? ''

it('asks for a name before anything is sent, and puts the focus there', async () => {
  await submit('  ')
  expect(sent).toEqual([])
  expect(page.text()).toContain('入力してください。')
  expect(document.activeElement?.id).toBe('token-name')
})

it('shows the token once, and nothing else keeps it', async () => {
  await submit('勤怠')
  expect(sent[0]?.variables.input).toEqual({ name: '勤怠', role: 'USER', expiresInDays: 90 })
  expect(page.find('code').text()).toBe(TOKEN)
  expect(page.text()).toContain('トークンは今だけ表示されます')
  expect(JSON.stringify(apolloClient.cache.extract())).not.toContain(TOKEN)
})

it('asks before a token is lost that may be kept nowhere, and not once it is kept', async () => {
  await submit('勤怠')
  const leaving = router.push('/api-tokens')
  await flushPromises()
  expect(asking()).toContain('トークンを保管しましたか？')
  const stay = [...document.querySelectorAll('[role=alertdialog] button')].at(-1)
  if (!(stay instanceof HTMLElement)) throw new Error('no way to stay')
  stay.click()
  await leaving
  expect(router.currentRoute.value.path).toBe('/api-tokens/new')
  expect(page.find('code').text()).toBe(TOKEN)

  await page.findAll('button').at(-1)?.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.path).toBe('/api-tokens')
})
