import { DiagnosisDepth, DiagnosisOutcome, ErrorCode } from '@mailroom/shared'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  MailServerDiagnosisDocument,
  type DiagnosisCredentialsInput,
  type MailServerInput,
} from '../generated/graphql.js'
import { toInput, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { readProblem, type RequestProblem } from '../ui/error-message.js'
import { SIGN_IN_ONLY } from './depth-test.js'
import type { DiagnosisStep, DiagnosisView } from './diagnosis-view.js'

export type DiagnosisState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed'

/** Stands in where code and name are still empty: a diagnosis does not need them. */
const UNNAMED = '-'

/** Connects with what is typed and hears each step. Neither a step nor a password is kept anywhere but on the screen. */
export function useDiagnosis(draft: () => MailServerDraft) {
  const state = ref<DiagnosisState>('idle')
  const steps = shallowRef<readonly DiagnosisStep[]>([])
  const subject = shallowRef<MailServerInput>()
  const depth = ref<DiagnosisDepth>(DiagnosisDepth.SIGN_IN)
  const began = shallowRef(new Date(0))
  const problem = shallowRef<RequestProblem>()
  let stop: () => void = () => {}

  /** What a diagnosis depends on: neither code nor name. */
  const connectionOf = ({ outgoing, incoming }: MailServerInput) =>
    JSON.stringify({ outgoing, incoming })
  const isStale = computed(
    () =>
      subject.value !== undefined && connectionOf(subject.value) !== connectionOf(toInput(draft())),
  )
  const hasPassed = computed(
    () =>
      state.value === 'done' &&
      !isStale.value &&
      steps.value.every(({ outcome }) => outcome !== DiagnosisOutcome.FAILED),
  )
  const view = computed<DiagnosisView | undefined>(
    () =>
      subject.value && {
        input: subject.value,
        depth: depth.value,
        steps: steps.value,
        isRunning: state.value === 'running',
      },
  )

  function run(credentials: DiagnosisCredentialsInput | null, test = SIGN_IN_ONLY): void {
    stop()
    const input = toInput(draft())
    subject.value = input
    depth.value = test.depth
    began.value = new Date()
    steps.value = []
    problem.value = undefined
    state.value = 'running'
    const subscription = apolloClient
      .subscribe({
        query: MailServerDiagnosisDocument,
        variables: {
          input: { ...input, code: input.code || UNNAMED, name: input.name || UNNAMED },
          credentials,
          depth: test.depth,
          address: test.address.trim() || null,
        },
        fetchPolicy: 'no-cache',
        // Once asked for, once run: it signs in, and a second one must not share the first one's steps.
        context: { isUnrepeatable: true, queryDeduplication: false },
      })
      .subscribe({
        next: ({ data }) => {
          if (data) steps.value = [...steps.value, data.mailServerDiagnosis]
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
  return { state, view, began, problem, refusedFields, isStale, hasPassed, run, cancel }
}
export type DiagnosisRun = ReturnType<typeof useDiagnosis>
