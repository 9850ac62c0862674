import { ErrorCode, IMPORT_FILE_MAX_BYTES, IMPORT_FILE_MAX_MEGABYTES } from '@mailroom/shared'
import { ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import type { ImportPreviewPartsFragment, ImportResultPartsFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import { readChosenFile, type ChosenFile } from './chosen-file.js'
import type { TransferKind } from './transfer-kind.js'

/** From a chosen file through its preview to what was imported. */
export function useImport(kind: TransferKind) {
  const { t } = useText()
  const file = shallowRef<ChosenFile>()
  const preview = shallowRef<ImportPreviewPartsFragment>()
  const failure = ref('')
  /** That what is shown now is not what was looked at before. */
  const warning = ref('')
  const isReading = ref(false)
  const isImporting = ref(false)
  /** Grows with each file: what an earlier one gives late is not shown. */
  let turn = 0

  async function choose(chosen: File): Promise<void> {
    reset()
    const mine = turn
    if (chosen.size > IMPORT_FILE_MAX_BYTES) {
      failure.value = t('transfer.tooLarge', {
        name: chosen.name,
        limit: IMPORT_FILE_MAX_MEGABYTES,
      })
      return
    }
    isReading.value = true
    try {
      const read = await readChosenFile(chosen)
      if (mine !== turn) return
      file.value = read
    } catch {
      if (mine === turn) failure.value = t('transfer.unreadable', { name: chosen.name })
    }
    if (file.value !== undefined) await look()
    if (mine === turn) isReading.value = false
  }

  /** Asks what an import would do now. */
  async function look(): Promise<void> {
    const mine = turn
    const base64 = file.value?.base64 ?? ''
    isReading.value = true
    failure.value = ''
    try {
      const { data } = await apolloClient.mutate({
        mutation: kind.previewDocument,
        variables: { file: base64 },
        fetchPolicy: 'no-cache',
      })
      if (mine === turn) preview.value = data?.preview
    } catch (error) {
      if (mine !== turn) return
      preview.value = undefined
      failure.value = wordsOf(readProblem(error))
    } finally {
      if (mine === turn) isReading.value = false
    }
  }

  /** Imports what the preview shows; undefined where that was not done, which is then said. */
  async function importAll(): Promise<ImportResultPartsFragment | undefined> {
    if (file.value === undefined || preview.value === undefined) return undefined
    isImporting.value = true
    failure.value = ''
    warning.value = ''
    try {
      const { data } = await apolloClient.mutate({
        mutation: kind.importDocument,
        variables: { file: file.value.base64, digest: preview.value.digest },
        fetchPolicy: 'no-cache',
      })
      return data?.result
    } catch (error) {
      const problem = readProblem(error)
      if (problem.code === ErrorCode.CONFLICT) {
        warning.value = problemText(problem, t)
        await look()
      } else failure.value = wordsOf(problem)
      return undefined
    } finally {
      isImporting.value = false
    }
  }

  function reset(): void {
    turn += 1
    file.value = undefined
    preview.value = undefined
    failure.value = ''
    warning.value = ''
    isReading.value = false
  }

  /** Of a file that was refused as a whole, the API knows more than the code says. */
  function wordsOf(problem: RequestProblem): string {
    const ofFile = problem.fields.find(({ path }) => path === 'file')
    if (ofFile === undefined) return problemText(problem, t)
    // Sent again, it would be refused again.
    file.value = undefined
    return ofFile.message
  }

  return { file, preview, failure, warning, isReading, isImporting, choose, look, importAll, reset }
}
