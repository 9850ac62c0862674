import { ErrorCode } from '@mailroom/shared'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  DiagnoseMailServerDocument,
  type DiagnoseMailServerMutation,
  type DiagnosisCredentialsInput,
} from '../generated/graphql.js'
import { toInput, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { readProblem, type RequestProblem } from '../ui/error-message.js'

export type Diagnosis = DiagnoseMailServerMutation['diagnoseMailServer']
export type DiagnosisState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed'

/** Stands in where code and name are still empty: a diagnosis does not need them. */
const UNNAMED = '-'

/** Connects with what is typed. Neither the answer nor a password is kept anywhere but on the screen. */
export function useDiagnosis(draft: MailServerDraft) {
  const state = ref<DiagnosisState>('idle')
  const report = shallowRef<Diagnosis>()
  const problem = shallowRef<RequestProblem>()
  const diagnosed = ref('')
  let running = new AbortController()

  const connection = computed(() => {
    const { outgoing, incoming } = toInput(draft)
    return JSON.stringify({ outgoing, incoming })
  })
  const isStale = computed(() => state.value === 'done' && diagnosed.value !== connection.value)
  const hasPassed = computed(
    () => state.value === 'done' && !isStale.value && report.value?.outcome !== 'FAILED',
  )

  async function run(credentials: DiagnosisCredentialsInput | null): Promise<void> {
    running.abort()
    const controller = new AbortController()
    running = controller
    state.value = 'running'
    problem.value = undefined
    const subject = connection.value
    const input = toInput(draft)
    try {
      const { data } = await apolloClient.mutate({
        mutation: DiagnoseMailServerDocument,
        variables: {
          input: { ...input, code: input.code || UNNAMED, name: input.name || UNNAMED },
          credentials,
        },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal: controller.signal } },
      })
      if (controller.signal.aborted) return
      report.value = data?.diagnoseMailServer
      diagnosed.value = subject
      state.value = 'done'
    } catch (error) {
      if (controller.signal.aborted) return
      problem.value = readProblem(error)
      state.value = 'failed'
    }
  }

  function cancel(): void {
    running.abort()
    state.value = 'cancelled'
  }

  onScopeDispose(() => running.abort())
  const refusedFields = computed(() =>
    problem.value?.code === ErrorCode.BAD_USER_INPUT ? problem.value.fields : [],
  )
  return { state, report, problem, refusedFields, isStale, hasPassed, run, cancel }
}
export type DiagnosisRun = ReturnType<typeof useDiagnosis>
