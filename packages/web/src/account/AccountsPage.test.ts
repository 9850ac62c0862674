import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '../auth/useSession.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import AccountsPage from './AccountsPage.vue'

const ANNA = { id: '1', loginName: 'anna', displayName: '安奈', role: 'ADMIN' } as const
const account = (id: string, deletedAt: string | null) => ({
  ...{ __typename: 'MailAccount', id, code: id, name: id, email: `${id}@a.jp`, enabled: true },
  problem: deletedAt === null ? null : 'MAIL_SERVER_DELETED',
  receiving: null,
  mailServer: { __typename: 'MailServer', id: `of-${id}`, code: id, name: id, deletedAt },
  user: ANNA,
})
const pageOf = (accounts: readonly ReturnType<typeof account>[]) => ({
  data: {
    mailAccountsPage: {
      edges: accounts.map((node) => ({ node })),
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: accounts.length,
    },
    needingAttention: { totalCount: accounts.filter(({ problem }) => problem !== null).length },
  },
})

const DELETED_AT = '2026-07-02T00:00:00Z'
let page: VueWrapper
/** What the list holds; those in need come first. */
let accounts: readonly ReturnType<typeof account>[]

async function open(address: string): Promise<void> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/mail-accounts', component: AccountsPage },
      { path: '/:rest(.*)*', component: RouterView },
    ],
  })
  await router.push(address)
  const frame = {
    components: { RouterView },
    template: '<main id="main" tabindex="-1"><RouterView /></main>',
  }
  page = mount(frame, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}

/** Brings the server of the first account back by its button; the list is then as given. */
async function mend(then: readonly ReturnType<typeof account>[]): Promise<void> {
  const button = page.findAll('button').find((each) => each.text() === 'サーバーを元に戻す')
  if (button === undefined) throw new Error(`nothing to mend in ${page.text()}`)
  accounts = then
  button.element.focus()
  await button.trigger('click')
  for (let turn = 0; turn < 3; turn += 1) await flushPromises()
}

beforeEach(async () => {
  await withWords('account', setLanguage('ja'))
  await useSession().begin(ANNA)
  accounts = [account('b', DELETED_AT), account('a', null)]
  answerWith({
    MailAccountsPage: () => pageOf(accounts),
    MyRules: () => ({ data: { myRules: { managesOwnAccounts: true, leavesMail: true } } }),
    ServerOptions: () => ({ data: { mailServerOptions: [] } }),
    RestoreMailServers: () => ({ data: { restoreMailServers: [] } }),
  })
})
afterEach(() => {
  page.unmount()
})

it('goes on with the row whose need was mended, wherever it stands then', async () => {
  await open('/mail-accounts')
  await mend([account('a', null), account('b', null)])
  expect(page.text()).not.toContain('サーバーを元に戻す')
  expect(document.activeElement?.textContent).toBe('b')
})

it('goes on with the page where the row is gone too', async () => {
  await open('/mail-accounts?attention=1')
  await mend([])
  expect(document.activeElement?.id).toBe('main')
})
