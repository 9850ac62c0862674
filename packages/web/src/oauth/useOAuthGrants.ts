import { OAUTH_CHANNEL } from '@mailroom/shared'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  OAuthGrantsDocument,
  StartOAuthGrantDocument,
  type OAuthGrantsQuery,
} from '../generated/graphql.js'

type Grant = OAuthGrantsQuery['oauthGrants'][number]

const POPUP = 'popup,width=560,height=720'

/** The person's own grants, and signing in at a provider in a window of its own. */
export function useOAuthGrants(onGranted: (grantId: string) => void) {
  const grants = shallowRef<readonly Grant[]>([])
  const isWaiting = ref(false)
  /** Whether the last sign-in came back without a grant. */
  const isRefused = ref(false)
  /** Where to sign in, where the browser lets no window open. */
  const blockedAddress = ref('')
  const failure = shallowRef<unknown>()

  async function load(): Promise<void> {
    try {
      const { data } = await apolloClient.query({
        query: OAuthGrantsDocument,
        fetchPolicy: 'no-cache',
      })
      grants.value = data.oauthGrants
    } catch (error) {
      failure.value = error
    }
  }
  void load()

  // The window has been at the provider, so nothing else ties it to this page any more.
  const channel = new BroadcastChannel(OAUTH_CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const id = grantIdOf(data)
    // Every page of this browser hears of it; only the one that waits has been refused.
    isRefused.value = isWaiting.value && id === ''
    isWaiting.value = false
    blockedAddress.value = ''
    void load().then(() => {
      // Only what the API lists counts; a message alone proves nothing.
      if (grants.value.some((grant) => grant.id === id)) onGranted(id)
    })
  }
  onScopeDispose(() => channel.close())

  /** Must be called by a click: the window opens at once, and goes to the provider when it is known where. */
  async function start(providerId: string, loginHint: string): Promise<void> {
    failure.value = undefined
    isRefused.value = false
    blockedAddress.value = ''
    isWaiting.value = true
    const popup = window.open('', '_blank', POPUP)
    try {
      const { data } = await apolloClient.mutate({
        mutation: StartOAuthGrantDocument,
        variables: { providerId, loginHint },
      })
      const address = data?.startOAuthGrant ?? ''
      // This page must not go there itself: what is typed in the form would be lost.
      if (popup === null) blockedAddress.value = address
      else popup.location.href = address
    } catch (error) {
      popup?.close()
      isWaiting.value = false
      failure.value = error
    }
  }

  return { grants, isWaiting, isRefused, blockedAddress, failure, load, start }
}

function grantIdOf(message: unknown): string {
  return typeof message === 'object' &&
    message !== null &&
    'grantId' in message &&
    typeof message.grantId === 'string'
    ? message.grantId
    : ''
}
