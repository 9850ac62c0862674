import { DiagnosisDepth } from '@mailroom/shared'
import { computed, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import type { DiagnosisView } from '../diagnosis/diagnosis-view.js'
import { stepsOfData, useDiagnosisRun } from '../diagnosis/useDiagnosisRun.js'
import { MailAccountDiagnosisDocument, type MailServerInput } from '../generated/graphql.js'
import { toDraft, toInput } from '../mail-server/mail-server-draft.js'
import { fetchMailServer } from '../mail-server/useMailServer.js'

/** Signs in as an account does, with what is stored; an administrator sees where. */
export function useAccountDiagnosis(accountId: () => string) {
  const { state, steps, began, problem, begin, cancel } = useDiagnosisRun()
  const subject = shallowRef<MailServerInput>()
  const depth = ref<DiagnosisDepth>(DiagnosisDepth.SIGN_IN)
  const view = computed<DiagnosisView | undefined>(
    () =>
      subject.value && {
        input: subject.value,
        depth: depth.value,
        steps: steps.value,
        isRunning: state.value === 'running',
      },
  )

  function run(to: DiagnosisDepth): void {
    depth.value = to
    const answers = apolloClient.subscribe({
      query: MailAccountDiagnosisDocument,
      variables: { accountId: accountId(), depth: to },
      fetchPolicy: 'no-cache',
      // Once asked for, once run: it signs in, and a second one must not share the first one's steps.
      context: { isUnrepeatable: true, queryDeduplication: false },
    })
    begin(stepsOfData(answers, (data) => data.mailAccountDiagnosis))
  }

  /** Reads where it will connect. Administrators. */
  async function readSubject(serverId: string): Promise<void> {
    const server = await fetchMailServer(serverId).catch(() => null)
    subject.value = server === null ? undefined : toInput(toDraft(server))
  }

  return {
    ...{ state, steps, began, problem, view, run, cancel, readSubject },
    // What is stored does not change under a run.
    isStale: computed(() => false),
  }
}
