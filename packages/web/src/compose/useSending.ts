import type { TypedDocumentNode } from '@apollo/client/core'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import {
  CancelSendingDocument,
  ConfirmSendingDocument,
  RetrySendingDocument,
  SendingOfMessageDocument,
  type SendingFactsFragment,
} from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'
import { useSendingChanges } from './useSendingChanges.js'

/** How the sending of a message stands, live, and what a person can decide about it. */
export function useSending(messageId: () => string, accountId: () => string) {
  const { t } = useText()
  const { tell, tellProblem } = useToasts()
  const sending = shallowRef<SendingFactsFragment | null>()
  const isBusy = ref(false)

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
      const { data } = await ask(RetrySendingDocument, id)
      if (data) sending.value = data.retrySending
      tell(t('sending.againDone'))
    })
  const confirm = (id: string) =>
    attempt(async () => {
      const { data } = await ask(ConfirmSendingDocument, id)
      if (data) sending.value = data.confirmSending
      tell(t('sending.confirmDone'))
    })
  /** Answers the draft that it is again. */
  const cancel = (id: string) =>
    attempt(async () => (await ask(CancelSendingDocument, id)).data?.cancelSending.id)

  watch(messageId, () => ((sending.value = undefined), void load()), { immediate: true })
  useSendingChanges(accountId, (now) => {
    if (now.id === sending.value?.id) sending.value = now
  })
  onScopeDispose(onReconnected(() => void load()))
  return { sending, isBusy, retry, confirm, cancel }
}

const ask = <T>(mutation: TypedDocumentNode<T, { id: string }>, id: string) =>
  apolloClient.mutate({ mutation, variables: { id } })
