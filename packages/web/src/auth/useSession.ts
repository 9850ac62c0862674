import { ErrorCode, UserRole } from '@mailroom/shared'
import { computed, readonly, shallowRef } from 'vue'
import { apolloClient, forgetSession, resumeSession } from '../apollo.js'
import {
  SessionDocument,
  SetUpDocument,
  SignInDocument,
  SignOutDocument,
  StartOidcSignInDocument,
  type SessionUserFragment,
} from '../generated/graphql.js'
import { readProblem } from '../ui/error-message.js'

const user = shallowRef<SessionUserFragment | null>(null)
const needsSetUp = shallowRef(false)
const oidcName = shallowRef<string | null>(null)
const isKnown = shallowRef(false)
/** Set when a session ended by itself, so that the sign-in page can say why it is there. */
const hasEnded = shallowRef(false)

const isSignedIn = computed(() => user.value !== null)
const isAdmin = computed(() => user.value?.role === UserRole.ADMIN)

async function load(): Promise<void> {
  if (isKnown.value) return
  const { data } = await apolloClient.query({ query: SessionDocument, fetchPolicy: 'network-only' })
  user.value = data.me
  needsSetUp.value = data.needsSetUp
  oidcName.value = data.signInMethods.oidcName
  isKnown.value = true
}

/** The person signed in now is another one, or the first: nothing of before is shown. */
async function begin(signedIn: SessionUserFragment | undefined): Promise<void> {
  await forgetSession()
  user.value = signedIn ?? null
  needsSetUp.value = false
  hasEnded.value = false
  isKnown.value = true
}

/** Opens a session for whoever this is, without showing it yet. */
async function authenticate(loginName: string, password: string): Promise<SessionUserFragment> {
  const variables = { loginName, password }
  const { data } = await apolloClient.mutate({ mutation: SignInDocument, variables })
  if (!data) throw new Error('signIn answered nothing')
  return data.signIn
}

async function signIn(loginName: string, password: string): Promise<void> {
  await begin(await authenticate(loginName, password))
}

/** The same person is back: what is on the screen stays there. */
function resume(signedIn: SessionUserFragment): void {
  user.value = signedIn
  resumeSession()
}

/** Goes to the provider, which sends the browser back to the sign-in page. */
async function signInByOidc(returnTo: string): Promise<void> {
  const { data } = await apolloClient.mutate({
    mutation: StartOidcSignInDocument,
    variables: { returnTo },
  })
  if (data) location.assign(data.startOidcSignIn)
}

async function setUp(token: string, loginName: string, password: string): Promise<void> {
  const variables = { token, loginName, password }
  const { data } = await apolloClient.mutate({ mutation: SetUpDocument, variables })
  await begin(data?.setUp)
}

async function endSession(): Promise<void> {
  try {
    await apolloClient.mutate({ mutation: SignOutDocument })
  } catch (error) {
    // It has ended by itself already.
    if (readProblem(error).code !== ErrorCode.UNAUTHENTICATED) throw error
  }
}

async function signOut(): Promise<void> {
  await endSession()
  user.value = null
  await forgetSession()
}

function markEnded(): void {
  hasEnded.value = user.value !== null
  user.value = null
}

/** Who is signed in, for every screen alike. */
export function useSession() {
  return {
    user: readonly(user),
    needsSetUp: readonly(needsSetUp),
    /** What the provider is called where one can sign in by OpenID Connect; null for none. */
    oidcName: readonly(oidcName),
    hasEnded: readonly(hasEnded),
    isSignedIn,
    isAdmin,
    load,
    begin,
    authenticate,
    signIn,
    signInByOidc,
    resume,
    setUp,
    endSession,
    signOut,
    markEnded,
  }
}
