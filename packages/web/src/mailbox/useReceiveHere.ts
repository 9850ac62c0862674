import { DiagnosisProblem, problemWords, RunState } from '@mailroom/shared'
import { computed, watch } from 'vue'
import { useText } from '../i18n/useText.js'
import { runSentence } from '../receiving/run-words.js'
import { useReceiving } from '../receiving/useReceiving.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'

/** Fetches new mail into a list, and says how it went. */
export function useReceiveHere(accountId: () => string) {
  const { t, language } = useText()
  const { tell, tellProblem } = useToasts()
  const receiving = useReceiving(accountId)
  const { standing, runs, run, isStarting } = receiving
  let isAsked = false

  watch(accountId, (id) => void (id !== '' && receiving.load()), { immediate: true })
  // What began by itself ends by itself: only what was asked for is answered.
  watch(runs, ([latest]) => {
    if (!isAsked || latest === undefined || run.value !== undefined) return
    isAsked = false
    const sentence = runSentence(latest, t, language.value)
    const isFine = latest.state === RunState.DONE || latest.problem === DiagnosisProblem.CANCELLED
    if (isFine) tell(sentence)
    else tellProblem(sentence, { label: t('mailbox.openAccount'), to: accountPath() })
  })

  const accountPath = () => `/mail-accounts/${accountId()}`
  /** Why no mail comes, where none does. */
  const trouble = computed(() => {
    const { pausedAt, problem } = standing.value ?? { pausedAt: null, problem: null }
    if (problem === null || run.value !== undefined) return ''
    const words = { problem: problemWords(problem, language.value).title }
    return t(pausedAt === null ? 'mailbox.failing' : 'mailbox.paused', words)
  })

  async function receive(): Promise<void> {
    if (run.value !== undefined || isStarting.value) return
    isAsked = true
    await receiving.receive().catch((error: unknown) => {
      isAsked = false
      tellProblem(`${t('receiving.startFailed')} ${problemText(readProblem(error), t)}`)
    })
  }
  async function cancel(): Promise<void> {
    await receiving.cancel().catch((error: unknown) => {
      tellProblem(`${t('receiving.cancelFailed')} ${problemText(readProblem(error), t)}`)
    })
  }
  return { run, isStarting, trouble, accountPath, receive, cancel }
}
