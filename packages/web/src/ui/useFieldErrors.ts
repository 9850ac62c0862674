import { computed, nextTick, ref } from 'vue'
import { useText, type MessageKey, type MessageValues } from '../i18n/useText.js'
import type { RequestProblem } from './error-message.js'

/** What the screen finds at a field before the API is asked. */
export interface FieldFault {
  readonly key: MessageKey
  readonly values?: MessageValues
}
interface Refusal {
  readonly message: string
  /** The value that was refused: the words go away as soon as it changes. */
  readonly value: unknown
}

export interface FieldErrorOptions<Draft extends object, Field extends string> {
  /** Reactive: what stands in the form. */
  readonly draft: Draft
  /** As the API names them, in the order in which they stand in the form. */
  readonly fields: readonly Field[]
  /** The id of a field's control, for focus. */
  readonly idOf: (field: Field) => string
  readonly valueOf: (draft: Draft, field: Field) => unknown
  readonly check: (draft: Draft) => Readonly<Partial<Record<Field, FieldFault>>>
}

/** What is wrong at each field: what the API has refused, and what the screen finds in those already left. */
export function useFieldErrors<Draft extends object, Field extends string>({
  draft,
  fields,
  idOf,
  valueOf,
  check,
}: FieldErrorOptions<Draft, Field>) {
  const { t } = useText()
  const touched = ref(new Set<string>())
  const refusals = ref(new Map<string, Refusal>())
  const hasTried = ref(false)

  const errors = computed(() => {
    const faults = check(draft)
    const found: Partial<Record<Field, string>> = {}
    for (const field of fields) {
      const [fault, refusal] = [faults[field], refusals.value.get(field)]
      if (refusal?.value === valueOf(draft, field)) found[field] = refusal?.message
      else if (fault && touched.value.has(field)) found[field] = t(fault.key, fault.values)
    }
    return found
  })
  const hasErrors = computed(() => fields.some((field) => errors.value[field] !== undefined))

  function touch(field: Field): void {
    touched.value.add(field)
  }

  /** Before saving; answers whether the screen finds something wrong. What was refused is asked anew. */
  function showAll(): boolean {
    hasTried.value = true
    refusals.value.clear()
    for (const field of fields) touch(field)
    return hasErrors.value
  }

  /** Answers whether a field of the form is among those refused. */
  function refuse(refused: RequestProblem['fields']): boolean {
    refusals.value.clear()
    for (const field of fields) {
      const message = refused.find(({ path }) => path === field)?.message
      if (message !== undefined)
        refusals.value.set(field, { message, value: valueOf(draft, field) })
    }
    return refusals.value.size > 0
  }

  function forget(): void {
    hasTried.value = false
    touched.value.clear()
    refusals.value.clear()
  }

  async function focusFirst(): Promise<void> {
    await nextTick()
    const field = fields.find((each) => errors.value[each] !== undefined)
    if (field !== undefined) document.getElementById(idOf(field))?.focus()
  }

  return { errors, hasTried, touch, showAll, refuse, forget, focusFirst }
}
