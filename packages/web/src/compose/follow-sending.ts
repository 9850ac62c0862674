import { MessageFolder, SendState } from '@mailroom/shared'
import type { Router } from 'vue-router'
import { apolloClient } from '../apollo.js'
import { CancelSendingDocument, type SendingFactsFragment } from '../generated/mail.js'
import type { Translate } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'
import { onSendingChanged } from './useSendingChanges.js'

/** For so long a message that was sent can be had back by one press. */
export const UNDO_SECONDS = 10
/** A press just before the end must still be in time. */
const MARGIN_MS = 500
/** Longer nobody waits for word of it; the outbox shows the rest. */
const FOLLOWED_MS = 120_000

/** Offers to take a message back for a few seconds, then says what has become of it. */
export function followSending(sending: SendingFactsFragment, t: Translate, router: Router): void {
  const { tell, dismiss } = useToasts()
  const undo = async () => {
    try {
      const { data } = await apolloClient.mutate({
        mutation: CancelSendingDocument,
        variables: { id: sending.id },
      })
      stop()
      if (data) await router.push(`/mail/compose?draft=${data.cancelSending.id}`)
      return undefined
    } catch (error) {
      return { text: `${t('compose.undoFailed')} ${problemText(readProblem(error), t)}` }
    }
  }
  const toastId = tell(t('compose.queued', { seconds: UNDO_SECONDS }), {
    label: t('compose.undoSend'),
    run: undo,
  })
  const undoTimer = setTimeout(() => dismiss(toastId), UNDO_SECONDS * 1_000 - MARGIN_MS)
  const stopListening = onSendingChanged(sending.accountId, (now) => {
    if (now.id !== sending.id || !tellOutcome(now, t)) return
    dismiss(toastId)
    stop()
  })
  const endTimer = setTimeout(stopListening, FOLLOWED_MS)
  function stop(): void {
    clearTimeout(undoTimer)
    clearTimeout(endTimer)
    stopListening()
  }
}

/** Answers whether there is no more to come. */
function tellOutcome({ state, accountId }: SendingFactsFragment, t: Translate): boolean {
  const { tell, tellProblem } = useToasts()
  if (state === SendState.QUEUED || state === SendState.SENDING) return false
  if (state === SendState.SENT) tell(t('compose.sent'))
  else {
    tellProblem(t(state === SendState.FAILED ? 'compose.notSent' : 'compose.unsure'), {
      label: t('compose.toOutbox'),
      to: `/mail/${accountId}/${MessageFolder.OUTBOX.toLowerCase()}`,
    })
  }
  return true
}
