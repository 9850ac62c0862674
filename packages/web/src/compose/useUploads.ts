import { computed, onScopeDispose, ref } from 'vue'
import { useText } from '../i18n/useText.js'
import { heldFile, type ComposeDraft, type HeldFile } from './compose-draft.js'
import { dropUpload } from './drop-upload.js'
import { sendFile, UploadCancelled } from './send-file.js'
import { bytesOf, uploadFault, uploadRefusal } from './upload-faults.js'

/** A file on its way to the server, or one that did not get there. */
export interface ComingFile {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly sent: number
  /** Why it is not there; empty while it comes. */
  readonly problem: string
  /** Whether trying again may help. */
  readonly mayRetry: boolean
}

/** The files of what is being written: brought, watched, and taken away again. */
export function useUploads(draft: ComposeDraft) {
  const { t } = useText()
  const coming = ref<readonly ComingFile[]>([])
  const cancels = new Map<number, () => void>()
  const sources = new Map<number, File>()
  let lastKey = 0

  const underWay = computed(() => coming.value.filter(({ problem }) => problem === ''))
  const isBusy = computed(() => underWay.value.length > 0)
  const alongWith = computed(() => [...draft.files, ...underWay.value])
  const bytes = computed(() => bytesOf(alongWith.value))
  const change = (key: number, changes: Partial<ComingFile>) => {
    coming.value = coming.value.map((each) => (each.key === key ? { ...each, ...changes } : each))
  }

  function add(files: Iterable<File>): void {
    for (const file of files) {
      const key = ++lastKey
      const { name, size } = file
      const problem = uploadRefusal(size, alongWith.value, t)
      coming.value = [...coming.value, { key, name, size, sent: 0, problem, mayRetry: false }]
      if (problem === '') void bring(key, file)
    }
  }

  async function bring(key: number, file: File): Promise<void> {
    const { done, cancel } = sendFile(file, (sent) => change(key, { sent }))
    cancels.set(key, cancel)
    sources.set(key, file)
    try {
      const made = await done
      draft.files = [...draft.files, heldFile(made, false)]
      dismiss(key)
    } catch (error) {
      if (error instanceof UploadCancelled) dismiss(key)
      else change(key, { problem: uploadFault(error, t), mayRetry: true })
    } finally {
      cancels.delete(key)
    }
  }

  function retry(key: number): void {
    const file = sources.get(key)
    if (file === undefined) return
    const problem = uploadRefusal(file.size, alongWith.value, t)
    change(key, { problem, sent: 0, mayRetry: problem !== '' })
    if (problem === '') void bring(key, file)
  }

  /** Stops one that comes, or puts away the words about one that did not. */
  function dismiss(key: number): void {
    cancels.get(key)?.()
    sources.delete(key)
    coming.value = coming.value.filter((each) => each.key !== key)
  }

  function remove(file: HeldFile): void {
    draft.files = draft.files.filter((each) => each !== file)
    if (!file.isForwarded) dropUpload(file.id)
  }

  onScopeDispose(() => {
    for (const cancel of cancels.values()) cancel()
  })
  return { coming, isBusy, bytes, add, retry, dismiss, remove }
}
