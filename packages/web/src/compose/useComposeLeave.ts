import { ErrorCode } from '@mailroom/shared'
import { computed, ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { apolloClient } from '../apollo.js'
import { DeleteDraftDocument } from '../generated/mail.js'
import type { Translate } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useLeaveGuard } from '../ui/useLeaveGuard.js'
import { useToasts } from '../ui/useToasts.js'
import type { HeldFile } from './compose-draft.js'
import { dropUpload } from './drop-upload.js'
import type { DraftSaving } from './useDraftSaving.js'
import type { useUploads } from './useUploads.js'

/** Going away from what is being written: it is saved first, and asked about only where that fails. */
export function useComposeLeave(
  saving: DraftSaving,
  uploads: ReturnType<typeof useUploads>,
  t: Translate,
) {
  const { tell, tellProblem } = useToasts()
  const isLeaving = ref(false)

  // Before the guard below, which then finds nothing unsaved.
  onBeforeRouteLeave(async () => {
    if (!saving.isDirty.value) return true
    isLeaving.value = true
    if (await saving.save()) tell(t('compose.kept'))
    isLeaving.value = false
    return true
  })
  const guard = useLeaveGuard(computed(() => saving.isDirty.value || uploads.isBusy.value))

  /** Throws away what is written, its draft and its files. Answers whether that was done. */
  async function discard(files: readonly HeldFile[]): Promise<boolean> {
    await saving.pause()
    try {
      const id = saving.stored.value?.id
      if (id !== undefined) {
        await apolloClient.mutate({ mutation: DeleteDraftDocument, variables: { id } })
      }
    } catch (error) {
      const problem = readProblem(error)
      if (problem.code !== ErrorCode.NOT_FOUND) {
        saving.goOn()
        tellProblem(`${t('compose.discardFailed')} ${problemText(problem, t)}`)
        return false
      }
    }
    saving.end()
    for (const { key } of uploads.coming.value) uploads.dismiss(key)
    // Those that a draft held have gone with it.
    for (const { id, isForwarded } of files) if (!isForwarded) dropUpload(id)
    return true
  }
  return { ...guard, isLeaving, discard }
}
