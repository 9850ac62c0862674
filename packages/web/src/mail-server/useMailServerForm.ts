import { ErrorCode } from '@mailroom/shared'
import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import type { MailServerDetailsFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import { checkDraft } from './check-draft.js'
import { newDraft, toDraft, toInput, type MailServerDraft } from './mail-server-draft.js'
import { ALL_FIELDS, fieldId } from './mail-server-fields.js'
import { createMailServer, fetchMailServer, updateMailServer } from './useMailServer.js'

export interface FieldErrorShown {
  readonly path: string
  readonly message: string
}
export interface Conflict {
  readonly theirs: MailServerDraft
  readonly version: number
}
interface Refusal {
  readonly message: string
  /** The value that was refused: the words go away as soon as it changes. */
  readonly value: string | boolean
}

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds a server. */
export function useMailServerForm(stored?: MailServerDetailsFragment) {
  const { t } = useText()
  const first = stored === undefined ? newDraft() : toDraft(stored)
  const draft = reactive(structuredClone(first))
  const base = shallowRef(first)
  const version = ref(stored?.version ?? 0)
  const touched = ref(new Set<string>())
  const refusals = ref<Record<string, Refusal>>({})
  const hasTriedToSave = ref(false)
  const isSaving = ref(false)
  const isGone = ref(false)
  const failure = ref('')
  const conflict = shallowRef<Conflict>()

  const isDirty = computed(
    () => JSON.stringify(toInput(draft)) !== JSON.stringify(toInput(base.value)),
  )

  const errors = computed<readonly FieldErrorShown[]>(() => {
    const faults = checkDraft(draft)
    return ALL_FIELDS.flatMap(({ path, field }) => {
      const refusal = refusals.value[path]
      if (refusal !== undefined && refusal.value === field.control.read(draft)) {
        return [{ path, message: refusal.message }]
      }
      const fault = faults[path]
      return fault !== undefined && touched.value.has(path)
        ? [{ path, message: t(fault.key, fault.values) }]
        : []
    })
  })

  function touch(path: string): void {
    touched.value.add(path)
  }

  /** Shows what the API refused, at the fields and in the same way as the screen's own findings. */
  function refuse(fields: RequestProblem['fields']): void {
    const known = ALL_FIELDS.flatMap(({ path, field }) => {
      const refused = fields.find((each) => each.path === path)
      const value = field.control.read(draft)
      return refused === undefined ? [] : [[path, { message: refused.message, value }] as const]
    })
    refusals.value = Object.fromEntries(known)
    if (known.length === 0) failure.value = t('errors.BAD_USER_INPUT')
  }

  async function focusFirstError(): Promise<void> {
    await nextTick()
    const firstError = errors.value[0]
    if (firstError !== undefined) document.getElementById(fieldId(firstError.path))?.focus()
  }

  /** The saved server; undefined where something has to be mended first. */
  async function save(): Promise<MailServerDetailsFragment | undefined> {
    hasTriedToSave.value = true
    failure.value = ''
    for (const { path } of ALL_FIELDS) touch(path)
    if (errors.value.length > 0) {
      await focusFirstError()
      return undefined
    }
    isSaving.value = true
    try {
      const input = toInput(draft)
      const saved =
        stored === undefined
          ? await createMailServer(input)
          : await updateMailServer(stored.id, version.value, input)
      // As stored: a host in lower case is no unsaved change.
      base.value = toDraft(saved)
      Object.assign(draft, toDraft(saved))
      return saved
    } catch (error) {
      await explain(readProblem(error))
      return undefined
    } finally {
      isSaving.value = false
    }
  }

  async function explain(problem: RequestProblem): Promise<void> {
    if (problem.code === ErrorCode.BAD_USER_INPUT) {
      refuse(problem.fields)
      await focusFirstError()
    } else if (problem.code === ErrorCode.CONFLICT && stored !== undefined) {
      await showConflict(stored.id, problem)
    } else if (problem.code === ErrorCode.NOT_FOUND) {
      isGone.value = true
    } else {
      failure.value = problemText(problem, t)
    }
  }

  async function showConflict(id: string, problem: RequestProblem): Promise<void> {
    const current = await fetchMailServer(id).catch(() => undefined)
    if (current === undefined) failure.value = problemText(problem, t)
    else if (current === null || current.deletedAt !== null) isGone.value = true
    else conflict.value = { theirs: toDraft(current), version: current.version }
  }

  /** Goes on from their version with the draft that was settled on. */
  function adopt(settled: MailServerDraft): void {
    if (conflict.value === undefined) return
    base.value = conflict.value.theirs
    version.value = conflict.value.version
    conflict.value = undefined
    Object.assign(draft, settled)
  }

  return {
    draft,
    base,
    errors,
    isDirty,
    isSaving,
    isGone,
    failure,
    conflict,
    hasTriedToSave,
    touch,
    refuse,
    focusFirstError,
    save,
    adopt,
  }
}
