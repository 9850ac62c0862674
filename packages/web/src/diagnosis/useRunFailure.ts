import { ErrorCode } from '@mailroom/shared'
import { computed, type Ref } from 'vue'
import { useText } from '../i18n/useText.js'
import { problemText, type RequestProblem } from '../ui/error-message.js'
import type { DiagnosisStep } from './diagnosis-view.js'
import type { DiagnosisState } from './useDiagnosisRun.js'
import { useRetryWait } from './useRetryWait.js'

interface Run {
  readonly state: Readonly<Ref<DiagnosisState>>
  readonly steps: Readonly<Ref<readonly DiagnosisStep[]>>
  readonly problem: Readonly<Ref<RequestProblem | undefined>>
}

/** Why a diagnosis could not run, or not to its end, in words. */
export function useRunFailure({ state, steps, problem }: Run) {
  const { t } = useText()
  const waitSeconds = useRetryWait(() => problem.value)
  const failure = computed(() => {
    if (state.value !== 'failed' || problem.value === undefined) return ''
    if (problem.value.code === ErrorCode.TOO_MANY_REQUESTS && problem.value.retryAfterSeconds) {
      return waitSeconds.value > 0
        ? t('diagnosis.limited', { count: waitSeconds.value })
        : t('diagnosis.limitOver')
    }
    const isLost = problem.value.code === 'NETWORK' && steps.value.length > 0
    return isLost ? t('diagnosis.lost') : problemText(problem.value, t)
  })
  /** For whoever listens: without a number that changes every second. */
  const spokenFailure = computed(() =>
    failure.value !== '' && problem.value?.code === ErrorCode.TOO_MANY_REQUESTS
      ? t('errors.TOO_MANY_REQUESTS')
      : failure.value,
  )
  return { failure, spokenFailure, waitSeconds }
}
