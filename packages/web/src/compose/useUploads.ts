import {
  ATTACHMENTS_MAX,
  ATTACHMENTS_MAX_BYTES,
  ATTACHMENTS_MAX_MIB,
  UPLOAD_MAX_BYTES,
  UPLOAD_MAX_MIB,
} from '@mailroom/shared'
import { computed, onScopeDispose, ref } from 'vue'
import { apolloClient } from '../apollo.js'
import { DeleteUploadDocument } from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { heldFile, type ComposeDraft, type HeldFile } from './compose-draft.js'
import { sendFile, UploadCancelled, UploadRefused } from './send-file.js'

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

  const isBusy = computed(() => coming.value.some(({ problem }) => problem === ''))
  const bytes = computed(() =>
    [...draft.files, ...coming.value.filter(({ problem }) => problem === '')].reduce(
      (sum, { size }) => sum + size,
      0,
    ),
  )
  const change = (key: number, changes: Partial<ComingFile>) => {
    coming.value = coming.value.map((each) => (each.key === key ? { ...each, ...changes } : each))
  }

  /** Why a file cannot come along; found before anything of it is sent. */
  function refusal({ size }: File): string {
    const count = draft.files.length + coming.value.filter(({ problem }) => problem === '').length
    if (count >= ATTACHMENTS_MAX) return t('compose.tooManyFiles', { max: ATTACHMENTS_MAX })
    if (size > UPLOAD_MAX_BYTES) return t('compose.fileTooLarge', { max: UPLOAD_MAX_MIB })
    const isTooMuch = bytes.value + size > ATTACHMENTS_MAX_BYTES
    return isTooMuch ? t('compose.filesTooLarge', { max: ATTACHMENTS_MAX_MIB }) : ''
  }

  function add(files: Iterable<File>): void {
    for (const file of files) {
      const key = ++lastKey
      const problem = refusal(file)
      const { name, size } = file
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
      else change(key, { problem: wordsOf(error), mayRetry: true })
    } finally {
      cancels.delete(key)
    }
  }

  function wordsOf(error: unknown): string {
    if (!(error instanceof UploadRefused)) return t('errors.INTERNAL')
    return error.sentence || t(error.status === 0 ? 'errors.NETWORK' : 'errors.INTERNAL')
  }

  function retry(key: number): void {
    const file = sources.get(key)
    if (file === undefined) return
    const problem = refusal(file)
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
    if (file.isForwarded) return
    // One that stays all the same goes by itself after a day.
    void apolloClient
      .mutate({ mutation: DeleteUploadDocument, variables: { id: file.id } })
      .catch(() => undefined)
  }

  onScopeDispose(() => {
    for (const cancel of cancels.values()) cancel()
  })
  return { coming, isBusy, bytes, add, retry, dismiss, remove }
}
