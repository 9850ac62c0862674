import { ErrorCode } from '@mailroom/shared'
import { computed, ref, shallowRef, type ShallowRef } from 'vue'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from './error-message.js'
import { useFieldErrors, type FieldErrorOptions } from './useFieldErrors.js'

interface Versioned {
  readonly version: number
}
interface EntryFormOptions<
  Draft extends object,
  Field extends string,
  Stored extends Versioned,
> extends FieldErrorOptions<Draft, Field> {
  /** What stands in the form at first. */
  readonly first: Draft
  /** Undefined, where something is added. */
  readonly version: number | undefined
  readonly toDraft: (stored: Stored) => Draft
  /** What tells whether something has changed. */
  readonly compared: (draft: Draft) => unknown
  /** Sends the draft; `version` is the one that it was made from. */
  readonly send: (version: number | undefined) => Promise<Stored>
  /** What is stored by now; null where it is gone. */
  readonly fetchCurrent: () => Promise<Stored | null>
}

/** Saves a form's draft: shows what is wrong with it, and both versions where somebody else saved first. */
export function useEntryForm<Draft extends object, Field extends string, Stored extends Versioned>(
  options: EntryFormOptions<Draft, Field, Stored>,
) {
  const { t } = useText()
  const { draft, toDraft, compared } = options
  const base: ShallowRef<Draft> = shallowRef(options.first)
  const version = ref(options.version)
  const isSaving = ref(false)
  const isGone = ref(false)
  const failure = ref('')
  const conflict = shallowRef<{ theirs: Draft; version: number }>()
  const { errors, hasTried, touch, showAll, forget, focusFirst, ...fields } =
    useFieldErrors(options)

  const isDirty = computed(
    () => JSON.stringify(compared(draft)) !== JSON.stringify(compared(base.value)),
  )

  /** What is stored then; undefined where something has to be mended first. */
  async function save(): Promise<Stored | undefined> {
    failure.value = ''
    if (showAll()) {
      await focusFirst()
      return undefined
    }
    isSaving.value = true
    try {
      const stored = await options.send(version.value)
      // As stored: a host in lower case is no unsaved change, and a password is typed no more.
      base.value = toDraft(stored)
      version.value = stored.version
      Object.assign(draft, toDraft(stored))
      forget()
      return stored
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
      await focusFirst()
    } else if (problem.code === ErrorCode.CONFLICT && problem.version !== undefined) {
      await showConflict(problem)
    } else if (problem.code === ErrorCode.NOT_FOUND) {
      isGone.value = true
    } else {
      failure.value = problemText(problem, t)
    }
  }

  /** Shows what the API refused, at the fields and in the same way as the screen's own findings. */
  function refuse(refused: RequestProblem['fields']): void {
    if (!fields.refuse(refused)) failure.value = t('errors.BAD_USER_INPUT')
  }

  async function showConflict(problem: RequestProblem): Promise<void> {
    const current = await options.fetchCurrent().catch(() => undefined)
    if (current === undefined) failure.value = problemText(problem, t)
    else if (current === null) isGone.value = true
    else conflict.value = { theirs: toDraft(current), version: current.version }
  }

  /** Goes on from their version with the draft that was settled on. */
  function adopt(settled: Draft): void {
    if (conflict.value === undefined) return
    base.value = conflict.value.theirs
    version.value = conflict.value.version
    conflict.value = undefined
    Object.assign(draft, settled)
  }

  return {
    ...{ base, version, errors, isDirty, isSaving, isGone, failure, conflict, hasTried },
    ...{ touch, forget, refuse, save, adopt },
  }
}
