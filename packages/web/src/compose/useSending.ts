import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import {
  CancelSendingDocument,
  ConfirmSendingDocument,
  RetrySendingDocument,
  SendingChangedDocument,
  SendingOfMessageDocument,
  type SendingFactsFragment,
} from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'

/** How the sending of a message stands, live, and what a person can decide about it. */
export function useSending(messageId: () => string, accountId: () => string) {
  const { t } = useText()
  const { tell, tellProblem } = useToasts()
  const sending = shallowRef<SendingFactsFragment | null>()
  const isBusy = ref(false)
  let stop = () => {}

  async function load(): Promise<void> {
    const id = messageId()
    try {
      const { data } = await apolloClient.query({
        query: SendingOfMessageDocument,
        variables: { id },
        fetchPolicy: 'no-cache',
      })
      if (id === messageId()) sending.value = data.message?.sending ?? null
    } catch {
      // The message itself is shown; the next change brings its state.
    }
  }

  function follow(): void {
    stop()
    const subscription = apolloClient
      .subscribe({
        query: SendingChangedDocument,
        variables: { accountId: accountId() },
        fetchPolicy: 'no-cache',
      })
      .subscribe({
        next: ({ data }) => {
          if (data && data.sendingChanged.id === sending.value?.id) {
            sending.value = data.sendingChanged
          }
        },
        // Followed again when the connection is back.
        error: () => undefined,
      })
    stop = () => subscription.unsubscribe()
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (isBusy.value) return undefined
    isBusy.value = true
    try {
      return await work()
    } catch (error) {
      tellProblem(`${t('sending.failed')} ${problemText(readProblem(error), t)}`)
      // It may be over already: then that is what is shown.
      void load()
      return undefined
    } finally {
      isBusy.value = false
    }
  }

  const retry = (id: string) =>
    attempt(async () => {
      const { data } = await apolloClient.mutate({
        mutation: RetrySendingDocument,
        variables: { id },
      })
      if (data) sending.value = data.retrySending
      tell(t('sending.againDone'))
    })
  const confirm = (id: string) =>
    attempt(async () => {
      const { data } = await apolloClient.mutate({
        mutation: ConfirmSendingDocument,
        variables: { id },
      })
      if (data) sending.value = data.confirmSending
      tell(t('sending.confirmDone'))
    })
  /** Answers the draft that it is again. */
  const cancel = (id: string) =>
    attempt(async () => {
      const { data } = await apolloClient.mutate({
        mutation: CancelSendingDocument,
        variables: { id },
      })
      return data?.cancelSending.id
    })

  watch(messageId, () => ((sending.value = undefined), void load()), { immediate: true })
  watch(accountId, follow, { immediate: true })
  const stopListening = onReconnected(() => {
    follow()
    void load()
  })
  onScopeDispose(() => {
    stop()
    stopListening()
  })
  return { sending, isBusy, retry, confirm, cancel }
}
