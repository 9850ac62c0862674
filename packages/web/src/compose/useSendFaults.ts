import { ErrorCode, RECIPIENTS_MAX } from '@mailroom/shared'
import { computed, ref } from 'vue'
import { useText, type Translate } from '../i18n/useText.js'
import { problemText, type RequestProblem } from '../ui/error-message.js'
import { RECIPIENT_FIELDS, toInput, type ComposeDraft } from './compose-draft.js'
import { recipientFault } from './recipients.js'

interface Refused {
  readonly path: string
  readonly message: string
  /** The words go as soon as this changes. */
  readonly content: string
}

/** Why what is written cannot be sent: what is found here, and what the API said. */
export function useSendFaults(draft: ComposeDraft) {
  const { t } = useText()
  const hasTried = ref(false)
  const failure = ref('')
  const refused = ref<readonly Refused[]>([])

  const recipientsFault = computed(() => faultOfRecipients(draft, t))
  /** By the names of fields, `recipients` for all three of them. */
  const errors = computed<Readonly<Record<string, string>>>(() => {
    const now = JSON.stringify(toInput(draft))
    const found: Record<string, string> = {}
    for (const { path, message, content } of refused.value) {
      const field = path.split('.')[0] ?? ''
      const isRecipient = RECIPIENT_FIELDS.some((each) => each === field)
      if (content === now) found[isRecipient ? 'recipients' : field] ??= message
    }
    if (hasTried.value && recipientsFault.value !== '') found['recipients'] = recipientsFault.value
    return found
  })

  /** Forgets the attempt before. Answers whether there is nothing to mend first. */
  function begin(): boolean {
    hasTried.value = true
    failure.value = ''
    refused.value = []
    return recipientsFault.value === ''
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
  return { failure, recipientsFault, errors, begin, explain }
}

function faultOfRecipients(draft: ComposeDraft, t: Translate): string {
  const all = RECIPIENT_FIELDS.flatMap((field) => draft[field])
  if (all.length === 0) return t('compose.noRecipient')
  if (all.length > RECIPIENTS_MAX) return t('compose.tooManyRecipients', { max: RECIPIENTS_MAX })
  const wrong = all.filter(recipientFault)
  return wrong.length === 0 ? '' : t('compose.wrongRecipients', { count: wrong.length })
}
