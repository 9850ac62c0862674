import { onScopeDispose, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import { SendingChangedDocument } from '../generated/mail.js'

/** Calls back whenever a sending of an account changes; of none where the account is empty. */
export function useSendingChanges(accountId: () => string, changed: () => void): void {
  let stop = () => {}
  function follow(): void {
    stop()
    stop = () => {}
    if (accountId() === '') return
    const subscription = apolloClient
      .subscribe({
        query: SendingChangedDocument,
        variables: { accountId: accountId() },
        fetchPolicy: 'no-cache',
      })
      // Followed again when the connection is back.
      .subscribe({ next: changed, error: () => undefined })
    stop = () => subscription.unsubscribe()
  }
  watch(accountId, follow, { immediate: true })
  const stopListening = onReconnected(follow)
  onScopeDispose(() => {
    stop()
    stopListening()
  })
}
