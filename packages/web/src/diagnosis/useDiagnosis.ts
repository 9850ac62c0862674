import { DiagnosisDepth, DiagnosisOutcome } from '@mailroom/shared'
import { computed, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  MailServerDiagnosisDocument,
  type DiagnosisCredentialsInput,
  type MailServerInput,
} from '../generated/graphql.js'
import { toInput, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { SIGN_IN_ONLY } from './depth-test.js'
import type { DiagnosisView } from './diagnosis-view.js'
import { stepsOfData, useDiagnosisRun } from './useDiagnosisRun.js'

/** Stands in where code and name are still empty: a diagnosis does not need them. */
const UNNAMED = '-'

/** Connects with what is typed and hears each step. Neither a step nor a password is kept anywhere but on the screen. */
export function useDiagnosis(draft: () => MailServerDraft) {
  const { state, steps, began, problem, refusedFields, begin, cancel } = useDiagnosisRun()
  const subject = shallowRef<MailServerInput>()
  const depth = ref<DiagnosisDepth>(DiagnosisDepth.SIGN_IN)

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

  /** @param accountId whose stored name and password are used where none are typed */
  function run(
    credentials: DiagnosisCredentialsInput | null,
    test = SIGN_IN_ONLY,
    accountId: string | null = null,
  ): void {
    const input = toInput(draft())
    subject.value = input
    depth.value = test.depth
    const answers = apolloClient.subscribe({
      query: MailServerDiagnosisDocument,
      variables: {
        input: { ...input, code: input.code || UNNAMED, name: input.name || UNNAMED },
        credentials,
        accountId,
        depth: test.depth,
        address: test.address.trim() || null,
      },
      fetchPolicy: 'no-cache',
      // Once asked for, once run: it signs in, and a second one must not share the first one's steps.
      context: { isUnrepeatable: true, queryDeduplication: false },
    })
    begin(stepsOfData(answers, (data) => data.mailServerDiagnosis))
  }

  return { state, view, began, problem, refusedFields, isStale, hasPassed, run, cancel }
}
export type DiagnosisRun = ReturnType<typeof useDiagnosis>
