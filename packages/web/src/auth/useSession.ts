import { computed, readonly, shallowRef } from 'vue'
import { apolloClient, forgetSession } from '../apollo.js'
import {
  SessionDocument,
  SetUpDocument,
  SignInDocument,
  SignOutDocument,
  type SessionUserFragment,
} from '../generated/graphql.js'

const user = shallowRef<SessionUserFragment | null>(null)
const needsSetUp = shallowRef(false)
const isKnown = shallowRef(false)
/** Set when a session ended by itself, so that the sign-in page can say why it is there. */
const hasEnded = shallowRef(false)

async function load(): Promise<void> {
  if (isKnown.value) return
  const { data } = await apolloClient.query({ query: SessionDocument, fetchPolicy: 'network-only' })
  user.value = data.me
  needsSetUp.value = data.needsSetUp
  isKnown.value = true
}

async function begin(signedIn: SessionUserFragment | undefined): Promise<void> {
  await forgetSession()
  user.value = signedIn ?? null
  needsSetUp.value = false
  hasEnded.value = false
  isKnown.value = true
}

async function signIn(loginName: string, password: string): Promise<void> {
  const variables = { loginName, password }
  const { data } = await apolloClient.mutate({ mutation: SignInDocument, variables })
  await begin(data?.signIn)
}

async function setUp(token: string, loginName: string, password: string): Promise<void> {
  const variables = { token, loginName, password }
  const { data } = await apolloClient.mutate({ mutation: SetUpDocument, variables })
  await begin(data?.setUp)
}

async function signOut(): Promise<void> {
  await apolloClient.mutate({ mutation: SignOutDocument })
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
    hasEnded: readonly(hasEnded),
    isSignedIn: computed(() => user.value !== null),
    load,
    signIn,
    setUp,
    signOut,
    markEnded,
  }
}
