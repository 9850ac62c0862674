import type { FetchResult, Observable } from '@apollo/client/core'
import { ErrorCode } from '@mailroom/shared'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { readProblem, type RequestProblem } from '../ui/error-message.js'
import type { DiagnosisStep } from './diagnosis-view.js'

export type DiagnosisState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed'

/** The steps in what a subscription answers. */
export function stepsOfData<Data>(
  answers: Observable<FetchResult<Data>>,
  stepOf: (data: Data) => DiagnosisStep,
): Observable<DiagnosisStep | undefined> {
  return answers.map(({ data }) => (data ? stepOf(data) : undefined))
}

/** One diagnosis at a time, step by step. */
export function useDiagnosisRun() {
  const state = ref<DiagnosisState>('idle')
  const steps = shallowRef<readonly DiagnosisStep[]>([])
  const began = shallowRef(new Date(0))
  const problem = shallowRef<RequestProblem>()
  let stop: () => void = () => {}

  /** Ends the one before, and hears each step of the new one. */
  function begin(arriving: Observable<DiagnosisStep | undefined>): void {
    stop()
    began.value = new Date()
    steps.value = []
    problem.value = undefined
    state.value = 'running'
    const subscription = arriving.subscribe({
      next: (step) => {
        if (step !== undefined) steps.value = [...steps.value, step]
      },
      complete: () => (state.value = 'done'),
      error: (error: unknown) => {
        problem.value = readProblem(error)
        state.value = 'failed'
      },
    })
    stop = () => subscription.unsubscribe()
  }

  /** Stops the connections; what has been found stays. */
  function cancel(): void {
    if (state.value !== 'running') return
    stop()
    state.value = 'cancelled'
  }

  onScopeDispose(() => stop())
  const refusedFields = computed(() =>
    problem.value?.code === ErrorCode.BAD_USER_INPUT ? problem.value.fields : [],
  )
  return { state, steps, began, problem, refusedFields, begin, cancel }
}
