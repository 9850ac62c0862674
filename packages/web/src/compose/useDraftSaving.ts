import { ErrorCode } from '@mailroom/shared'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import { SaveDraftDocument, type DraftFactsFragment } from '../generated/mail.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { toInput, type ComposeDraft } from './compose-draft.js'
import type { DraftMirror } from './draft-mirror.js'

/** Of a stored draft: which one, and what it was when it was read. */
export interface StoredDraft {
  readonly id: string
  readonly version: number
}

const PAUSE_MS = 1_200
/** Whoever never pauses is saved all the same. */
const LONGEST_MS = 10_000
const RETRY_MS = 15_000

interface SavingOptions {
  readonly draft: ComposeDraft
  readonly first: StoredDraft | undefined
  /** What counts as saved when the page opens. */
  readonly saved: ComposeDraft
  readonly mirror: DraftMirror
  readonly onStored: (stored: DraftFactsFragment) => void
}

/** Keeps a draft on the server while it is typed, one saving after the other. */
export function useDraftSaving({ draft, first, saved, mirror, onStored }: SavingOptions) {
  const { t } = useText()
  const contentNow = () => JSON.stringify(toInput(draft))
  const stored = shallowRef(first)
  const savedContent = ref(JSON.stringify(toInput(saved)))
  const savedAt = ref<string>()
  const failure = ref('')
  /** The version by now, where another screen has saved first. */
  const conflict = ref<number>()
  const isSaving = ref(false)
  /** While it is being sent, it is not saved, and counts as unsaved all the same. */
  const isPaused = ref(false)
  const isOver = ref(false)
  const isDirty = computed(() => !isOver.value && contentNow() !== savedContent.value)
  let running: Promise<boolean> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirtySince = 0

  function wait(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }

  watch(contentNow, () => {
    if (isOver.value) return
    if (!isDirty.value) return clearTimeout(timer)
    const { id = null, version = null } = stored.value ?? {}
    mirror.write({ draft: { ...draft }, id, version })
    if (isPaused.value || conflict.value !== undefined || failure.value !== '') return
    dirtySince ||= Date.now()
    wait(Math.min(PAUSE_MS, Math.max(0, dirtySince + LONGEST_MS - Date.now())))
  })

  /** Answers whether everything is on the server then. */
  function save(): Promise<boolean> {
    running ??= saveAll().finally(() => (running = undefined))
    return running
  }

  async function saveAll(): Promise<boolean> {
    clearTimeout(timer)
    isSaving.value = true
    try {
      while (isDirty.value && !isPaused.value && conflict.value === undefined) await saveOnce()
    } catch (error) {
      explain(error)
    } finally {
      isSaving.value = false
    }
    return !isDirty.value
  }

  async function saveOnce(): Promise<void> {
    const content = contentNow()
    const { data } = await apolloClient.mutate({
      mutation: SaveDraftDocument,
      variables: {
        id: stored.value?.id ?? null,
        version: stored.value?.version ?? null,
        input: toInput(draft),
      },
    })
    if (!data) throw new Error('saveDraft answered nothing')
    const { id, version, updatedAt } = data.saveDraft
    stored.value = { id, version }
    savedContent.value = content
    savedAt.value = updatedAt
    failure.value = ''
    dirtySince = 0
    if (!isDirty.value) mirror.forget()
    if (!isOver.value) onStored(data.saveDraft)
  }

  function explain(error: unknown): void {
    const problem = readProblem(error)
    if (problem.code === ErrorCode.CONFLICT && problem.version !== undefined) {
      conflict.value = problem.version
    } else if (problem.code === ErrorCode.NOT_FOUND && stored.value !== undefined) {
      // Deleted on another screen: what is typed here becomes a draft of its own.
      stored.value = undefined
      wait(0)
    } else {
      failure.value = problem.fields[0]?.message ?? problemText(problem, t)
      wait(RETRY_MS)
    }
  }

  /** Of two versions: this one in the place of the other, or beside it. */
  async function settle(how: 'OVERWRITE' | 'BESIDE'): Promise<void> {
    const version = conflict.value
    if (version === undefined || stored.value === undefined) return
    stored.value = how === 'BESIDE' ? undefined : { id: stored.value.id, version }
    conflict.value = undefined
    await save()
  }

  /** Saves nothing more for now; waits for the saving that is under way. */
  async function pause(): Promise<void> {
    isPaused.value = true
    clearTimeout(timer)
    await running
  }
  /** Where sending has failed, it is a draft again. */
  function goOn(): void {
    isPaused.value = false
    if (isDirty.value) wait(PAUSE_MS)
  }
  /** It is sent, or thrown away. */
  function end(): void {
    isOver.value = true
    clearTimeout(timer)
    mirror.forget()
  }

  const stopListening = onReconnected(() => void (failure.value !== '' && save()))
  onScopeDispose(() => {
    clearTimeout(timer)
    stopListening()
  })
  if (isDirty.value) wait(PAUSE_MS)
  return {
    ...{ stored, savedAt, failure, conflict, isSaving, isDirty },
    ...{ save, settle, pause, goOn, end },
  }
}
export type DraftSaving = ReturnType<typeof useDraftSaving>
