import { ErrorCode } from '@mailroom/shared'
import { ref, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import { SendMailDocument, type DraftInput, type SendingFactsFragment } from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { readProblem } from '../ui/error-message.js'
import { toInput, type ComposeDraft } from './compose-draft.js'
import { UNDO_SECONDS } from './follow-sending.js'
import { randomKey } from './random-key.js'
import type { DraftSaving } from './useDraftSaving.js'
import { useSendFaults } from './useSendFaults.js'

/** Sends what is written, once however often it is asked, and says at which field it cannot be. */
export function useSendMail(draft: ComposeDraft, saving: DraftSaving) {
  const { t } = useText()
  const isSending = ref(false)
  const { failure, recipientsFault, errors, begin, explain } = useSendFaults(draft)
  const ask = asker(saving)

  /** Undefined where something has to be mended first. */
  async function send(): Promise<SendingFactsFragment | undefined> {
    if (isSending.value || !begin()) return undefined
    isSending.value = true
    const input = toInput(draft)
    const content = JSON.stringify(input)
    try {
      await saving.pause()
      // Sending takes the draft along, and what another screen has made of it.
      if (saving.conflict.value !== undefined) {
        failure.value = t('compose.sendConflict')
        saving.goOn()
        return undefined
      }
      const sending = await ask(input, content)
      saving.end()
      return sending
    } catch (error) {
      saving.goOn()
      explain(readProblem(error), content)
      return undefined
    } finally {
      isSending.value = false
    }
  }

  watch(saving.conflict, () => (failure.value = ''), { flush: 'sync' })
  const isReady = () => recipientsFault.value === '' && saving.conflict.value === undefined
  return { isSending, failure, errors, send, isReady }
}

/** After an answer that was lost, the same mail is asked for with the same key, and is one mail. */
function asker(saving: DraftSaving) {
  let last = { content: '', key: '' }
  return async (input: DraftInput, content: string) => {
    if (last.content !== content) last = { content, key: randomKey() }
    const extra = { holdSeconds: UNDO_SECONDS, draftId: saving.stored.value?.id ?? null }
    try {
      const { data } = await apolloClient.mutate({
        mutation: SendMailDocument,
        variables: { input: { ...input, ...extra, idempotencyKey: last.key } },
      })
      return data?.sendMail
    } catch (error) {
      // It was taken back meanwhile: whoever sends it once more means it.
      if (readProblem(error).code === ErrorCode.CONFLICT) last = { content: '', key: '' }
      throw error
    }
  }
}
