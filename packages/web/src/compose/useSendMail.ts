import { ErrorCode, RECIPIENTS_MAX } from '@mailroom/shared'
import { computed, ref, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import { SendMailDocument, type SendingFactsFragment } from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import { RECIPIENT_FIELDS, toInput, type ComposeDraft } from './compose-draft.js'
import { UNDO_SECONDS } from './follow-sending.js'
import { randomKey } from './random-key.js'
import { recipientFault } from './recipients.js'
import type { DraftSaving } from './useDraftSaving.js'

interface Refused {
  readonly path: string
  readonly message: string
  /** The words go as soon as this changes. */
  readonly content: string
}

/** Sends what is written, once however often it is asked, and says at which field it cannot be. */
export function useSendMail(draft: ComposeDraft, saving: DraftSaving) {
  const { t } = useText()
  const isSending = ref(false)
  const hasTried = ref(false)
  const failure = ref('')
  const refused = ref<readonly Refused[]>([])
  let lastAttempt = { content: '', key: '' }

  const count = computed(() =>
    RECIPIENT_FIELDS.reduce((sum, field) => sum + draft[field].length, 0),
  )
  const ownFault = computed(() => {
    if (count.value === 0) return t('compose.noRecipient')
    if (count.value > RECIPIENTS_MAX) return t('compose.tooManyRecipients', { max: RECIPIENTS_MAX })
    const wrong = RECIPIENT_FIELDS.flatMap((field) => draft[field]).filter(recipientFault)
    return wrong.length === 0 ? '' : t('compose.wrongRecipients', { count: wrong.length })
  })
  /** By the names of fields, `recipients` for all three of them. */
  const errors = computed<Readonly<Record<string, string>>>(() => {
    const now = JSON.stringify(toInput(draft))
    const found: Record<string, string> = {}
    for (const { path, message, content } of refused.value) {
      const field = path.split('.')[0] ?? ''
      const isRecipient = RECIPIENT_FIELDS.some((each) => each === field)
      if (content === now) found[isRecipient ? 'recipients' : field] ??= message
    }
    if (hasTried.value && ownFault.value !== '') found['recipients'] = ownFault.value
    return found
  })

  /** Undefined where something has to be mended first. */
  async function send(): Promise<SendingFactsFragment | undefined> {
    if (isSending.value) return undefined
    hasTried.value = true
    failure.value = ''
    refused.value = []
    if (ownFault.value !== '') return undefined
    isSending.value = true
    const content = JSON.stringify(toInput(draft))
    try {
      await saving.pause()
      // Sending takes the draft along, and what another screen has made of it.
      if (saving.conflict.value !== undefined) {
        failure.value = t('compose.sendConflict')
        saving.goOn()
        return undefined
      }
      const sending = await ask(content)
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

  async function ask(content: string): Promise<SendingFactsFragment | undefined> {
    // After an answer that was lost, the same mail is asked for with the same key, and is one mail.
    if (lastAttempt.content !== content) lastAttempt = { content, key: randomKey() }
    const { data } = await apolloClient.mutate({
      mutation: SendMailDocument,
      variables: {
        input: {
          ...toInput(draft),
          idempotencyKey: lastAttempt.key,
          holdSeconds: UNDO_SECONDS,
          draftId: saving.stored.value?.id ?? null,
        },
      },
    })
    return data?.sendMail
  }

  function explain(problem: RequestProblem, content: string): void {
    if (problem.code === ErrorCode.BAD_USER_INPUT && problem.fields.length > 0) {
      refused.value = problem.fields.map((field) => ({ ...field, content }))
    } else if (problem.code === ErrorCode.BAD_USER_INPUT && problem.message !== '') {
      failure.value = problem.message
    } else {
      failure.value = problemText(problem, t)
    }
  }
  watch(saving.conflict, () => (failure.value = ''), { flush: 'sync' })
  const isReady = () => ownFault.value === '' && saving.conflict.value === undefined
  return { isSending, failure, errors, send, isReady }
}
