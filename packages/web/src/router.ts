import { nextTick, shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { onSessionLost } from './apollo.js'
import { home, returnAddress } from './auth/return-address.js'
import { interrupt } from './auth/useInterruption.js'
import { useSession } from './auth/useSession.js'
import { withWords } from './i18n/i18n.js'
import { hasNavigated } from './ui/has-navigated.js'
import { hasUnsavedEntries } from './ui/unsaved-entries.js'

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without a session, in the narrow frame. */
    isEntry?: boolean
    /** Only for administrators; anybody else is sent home. */
    isForAdmin?: boolean
    /** One page under several addresses: it stays when only the address changes. */
    stays?: string
    /** Fills the frame to its edges, and scrolls by itself. */
    isFull?: boolean
  }
}

const session = useSession()

const MAIL = { stays: 'mail', isFull: true }
const mailPage = () => withWords('mailbox', import('./mailbox/MailPage.vue'))

/** Why the session could not be asked for; the page offers to try again. */
export const startProblem = shallowRef<unknown>()

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: () => home(session.user.value) },
    {
      path: '/sign-in',
      component: () => withWords('oidc', import('./auth/SignInPage.vue')),
      meta: { isEntry: true },
    },
    { path: '/setup', component: () => import('./auth/SetUpPage.vue'), meta: { isEntry: true } },
    {
      path: '/goodbye',
      name: 'goodbye',
      component: () => import('./shell/GoodbyePage.vue'),
      meta: { isEntry: true },
    },
    {
      path: '/mail-servers',
      component: () => import('./mail-server/MailServersPage.vue'),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/new',
      component: () => import('./mail-server/AddPage.vue'),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/reorder',
      component: () => import('./mail-server/ReorderPage.vue'),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/deleted',
      component: () => withWords('account', import('./mail-server/DeletedPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/import',
      component: () => withWords('transfer', import('./transfer/MailServerImportPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/:id',
      component: () => withWords('account', import('./mail-server/DetailsPage.vue')),
      props: true,
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-servers/:id/edit',
      component: () => import('./mail-server/EditPage.vue'),
      props: true,
      meta: { isForAdmin: true },
    },
    {
      path: '/oauth-providers',
      component: () => import('./oauth/ProvidersPage.vue'),
      meta: { isForAdmin: true },
    },
    {
      path: '/oauth-providers/new',
      component: () => import('./oauth/ProviderAddPage.vue'),
      meta: { isForAdmin: true },
    },
    {
      path: '/oauth-providers/:id',
      component: () => import('./oauth/ProviderEditPage.vue'),
      props: true,
      meta: { isForAdmin: true },
    },
    {
      path: '/audit-log',
      component: () => withWords('audit', import('./audit/AuditLogPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/api-tokens',
      component: () => withWords('token', import('./api-token/ApiTokensPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/api-tokens/new',
      component: () => withWords('token', import('./api-token/ApiTokenAddPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail',
      component: mailPage,
      meta: MAIL,
    },
    { path: '/mail/:accountId/:folder/:messageId?', component: mailPage, meta: MAIL },
    {
      path: '/mail-accounts',
      component: () => withWords('account', import('./account/AccountsPage.vue')),
    },
    {
      path: '/mail-accounts/new',
      component: () => withWords('account', import('./account/AccountAddPage.vue')),
    },
    {
      path: '/mail-accounts/import',
      component: () => withWords('transfer', import('./transfer/AccountImportPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/mail-accounts/:id',
      component: () => withWords('account', import('./account/AccountPage.vue')),
      props: true,
    },
    {
      path: '/settings',
      component: () => withWords('settings', import('./settings/SettingsPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/users',
      component: () => withWords('user', import('./user/UsersPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/users/new',
      component: () => withWords('user', import('./user/UserAddPage.vue')),
      meta: { isForAdmin: true },
    },
    {
      path: '/users/:id',
      component: () => withWords('user', import('./user/UserEditPage.vue')),
      props: true,
      meta: { isForAdmin: true },
    },
    {
      path: '/profile',
      component: () => withWords('oidc', withWords('user', import('./user/ProfilePage.vue'))),
    },
    { path: '/:rest(.*)*', component: () => import('./shell/NotFoundPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  try {
    await session.load()
    startProblem.value = undefined
  } catch (error) {
    startProblem.value = error
    return true
  }
  return entrance(to)
})

function entrance(to: RouteLocationNormalized) {
  const isSignedIn = session.isSignedIn.value
  if (to.path === '/sign-in' && isSignedIn)
    return returnAddress(to.query['return'], session.user.value)
  if (to.meta.isForAdmin === true && isSignedIn && !session.isAdmin.value) {
    return home(session.user.value)
  }
  if (to.meta.isEntry === true || isSignedIn) return true
  if (session.needsSetUp.value) return { path: '/setup', hash: to.hash }
  return { path: '/sign-in', query: { return: to.fullPath } }
}

router.afterEach((_to, from) => {
  if (from.matched.length > 0) void nextTick(() => (hasNavigated.value = true))
})

// A chunk that is gone after an update of the product: only a fresh page knows the new names.
router.onError((error, to) => {
  if (/dynamically imported module|module script failed/i.test(String(error))) {
    location.assign(to.fullPath)
  }
})

onSessionLost(() => {
  // What was typed stays where it is, and one signs in over it.
  if (session.isSignedIn.value && hasUnsavedEntries()) return interrupt()
  const { path, fullPath, meta } = router.currentRoute.value
  session.markEnded()
  if (meta.isEntry !== true && path !== '/sign-in') {
    void router.push({ path: '/sign-in', query: { return: fullPath } })
  }
  return undefined
})
