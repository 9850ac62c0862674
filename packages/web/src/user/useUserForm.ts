import { ErrorCode } from '@mailroom/shared'
import { computed, nextTick, reactive, ref, shallowRef, watch } from 'vue'
import type { UserPartsFragment, UserRowFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import {
  checkUser,
  toUserDraft,
  toUserInput,
  USER_FIELDS,
  type UserDraft,
  type UserField,
} from './user-draft.js'
import { saveUser } from './useUsers.js'

interface UserFormOptions {
  /** Undefined, where somebody is added. */
  readonly stored: () => UserRowFragment | undefined
  /** There is no other way in. */
  readonly needsPassword: boolean
}

/** The id of a field's control, for its label and for focus. */
export const userFieldId = (field: UserField) => `user-${field}`

/** The form's draft, what is wrong with it, and saving it. */
export function useUserForm({ stored, needsPassword }: UserFormOptions) {
  const { t } = useText()
  const base = shallowRef(stored())
  const draft = reactive(toUserDraft(base.value))
  const hasTriedToSave = ref(false)
  const isSaving = ref(false)
  const failure = ref('')
  const isConflict = ref(false)
  const refused = ref<Partial<Record<UserField, { message: string; value: string }>>>({})

  const asSent = (values: UserDraft) => JSON.stringify(toUserInput(values))
  const saved = ref(asSent(draft))
  const isDirty = computed(() => asSent(draft) !== saved.value)
  // Done beside the form, it is a newer version of the same; where somebody else has meanwhile
  // changed what the form would write over, saving stays a conflict.
  watch(stored, (changed) => {
    if (asSent(toUserDraft(changed)) === saved.value) base.value = changed
  })

  const errors = computed(() => {
    const faults = hasTriedToSave.value ? checkUser(draft, needsPassword) : {}
    const found: Partial<Record<UserField, string>> = {}
    for (const field of USER_FIELDS) {
      const [fault, refusal] = [faults[field], refused.value[field]]
      if (fault !== undefined) found[field] = t(fault.key, fault.values)
      else if (refusal?.value === draft[field]) found[field] = refusal.message
    }
    return found
  })

  async function focusFirstError(): Promise<void> {
    await nextTick()
    const field = USER_FIELDS.find((each) => errors.value[each] !== undefined)
    if (field !== undefined) document.getElementById(userFieldId(field))?.focus()
  }

  /** The person as saved; undefined where it could not be, and the form says why. */
  async function save(): Promise<UserPartsFragment | undefined> {
    hasTriedToSave.value = true
    failure.value = ''
    isConflict.value = false
    if (Object.keys(errors.value).length > 0) {
      await focusFirstError()
      return undefined
    }
    isSaving.value = true
    try {
      const user = await saveUser(base.value, toUserInput(draft))
      saved.value = asSent(draft)
      return user
    } catch (error) {
      await explain(error)
      return undefined
    } finally {
      isSaving.value = false
    }
  }

  async function explain(error: unknown): Promise<void> {
    const problem = readProblem(error)
    if (problem.code !== ErrorCode.BAD_USER_INPUT) {
      failure.value = problemText(problem, t)
      isConflict.value = problem.version !== undefined
      return
    }
    refused.value = Object.fromEntries(
      USER_FIELDS.flatMap((field) => {
        const message = problem.fields.find(({ path }) => path === field)?.message
        return message === undefined ? [] : [[field, { message, value: draft[field] }]]
      }),
    )
    if (Object.keys(errors.value).length === 0) failure.value = t('errors.BAD_USER_INPUT')
    await focusFirstError()
  }

  return { draft, errors, isDirty, isSaving, failure, isConflict, save }
}
