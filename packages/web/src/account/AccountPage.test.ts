import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '../auth/useSession.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import AccountPage from './AccountPage.vue'

const ANNA = { id: '1', loginName: 'anna', displayName: '安奈', role: 'ADMIN' } as const
const option = (deletedAt: string | null) => ({
  ...{ __typename: 'MailServerOption', id: 'main', code: 'main', name: '本社', deletedAt },
  ...{ needsIncomingPassword: true, needsOutgoingCredentials: false },
  ...{ usesOAuth: false, oauthProviderId: null },
})
const NOTHING_RECEIVED = {
  ...{ mailAccount: null, receiveRuns: [], unreceivedMessages: [], unparsedMessages: [] },
}

let page: VueWrapper
/** When the account's server was deleted. */
let deletedAt: string | null
let isDown: boolean

function answer(operationName: string): unknown {
  switch (operationName) {
    case 'MailAccount':
      return {
        mailAccount: {
          ...{ __typename: 'MailAccount', id: 'a', code: 'anna', name: 'Anna', email: 'anna@a.jp' },
          ...{ incomingUsername: 'anna', hasIncomingPassword: true },
          ...{ outgoingUsername: null, hasOutgoingPassword: false, oauthGrantId: null },
          ...{ leaveOnServer: true, deleteAfterDays: null, enabled: true, version: 1 },
          ...{ createdAt: '2026-07-01T00:00:00Z', updatedAt: '2026-07-01T00:00:00Z' },
          problem: deletedAt === null ? null : 'MAIL_SERVER_DELETED',
          ...{ mailServer: option(deletedAt), user: ANNA },
        },
      }
    case 'ServerOptions':
      return { mailServerOptions: deletedAt === null ? [option(null)] : [] }
    case 'MyRules':
      return { myRules: { managesOwnAccounts: true, leavesMail: true } }
    case 'FindPeople':
      return { users: [] }
    case 'AccountReceiving':
      return NOTHING_RECEIVED
    default:
      deletedAt = null
      return { restoreMailServers: [] }
  }
}

beforeEach(async () => {
  await withWords('account', setLanguage('ja'))
  await useSession().begin(ANNA)
  deletedAt = '2026-07-02T00:00:00Z'
  isDown = false
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const { operationName } = JSON.parse(body) as { operationName: string }
    if (isDown && operationName === 'MailAccount') return Promise.reject(new TypeError('down'))
    const text = JSON.stringify({ data: answer(operationName) })
    return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }))
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/mail-accounts/:id', component: AccountPage, props: true },
      { path: '/:rest(.*)*', component: RouterView },
    ],
  })
  await router.push('/mail-accounts/a')
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
})
afterEach(() => {
  page.unmount()
})

const username = () => page.get<HTMLInputElement>('#account-incomingUsername')
const server = () => page.get<HTMLInputElement>('#account-mailServerId').element.value

async function restore(): Promise<void> {
  const buttons = page.findAll('button')
  await buttons.find((button) => button.text() === 'サーバーを元に戻す')?.trigger('click')
  for (let turn = 0; turn < 3; turn += 1) await flushPromises()
}

it('keeps what was typed when the deleted server is brought back beside the form', async () => {
  expect(server()).toBe('本社（削除済み）')
  await username().setValue('typed')
  await restore()
  expect(username().element.value).toBe('typed')
  expect(server()).toBe('本社')
})

it('keeps what was typed also where the account cannot be read again', async () => {
  await username().setValue('typed')
  isDown = true
  await restore()
  expect(username().element.value).toBe('typed')
})
