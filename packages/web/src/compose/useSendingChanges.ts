import { onScopeDispose, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import { SendingChangedDocument, type SendingFactsFragment } from '../generated/mail.js'

type Listener = (sending: SendingFactsFragment) => void

/** Calls back whenever a sending of an account changes; answers how to stop. */
export function onSendingChanged(accountId: string, changed: Listener): () => void {
  const subscription = apolloClient
    .subscribe({
      query: SendingChangedDocument,
      variables: { accountId },
      fetchPolicy: 'no-cache',
    })
    .subscribe({
      next: ({ data }) => data && changed(data.sendingChanged),
      // What it would have told is read again when the connection is back, and on each visit.
      error: () => undefined,
    })
  return () => subscription.unsubscribe()
}

/** The same for as long as a screen is there, over lost connections; of no account where it is empty. */
export function useSendingChanges(accountId: () => string, changed: Listener): void {
  let stop = () => {}
  function follow(): void {
    stop()
    stop = accountId() === '' ? () => {} : onSendingChanged(accountId(), changed)
  }
  watch(accountId, follow, { immediate: true })
  const stopListening = onReconnected(follow)
  onScopeDispose(() => {
    stop()
    stopListening()
  })
}
