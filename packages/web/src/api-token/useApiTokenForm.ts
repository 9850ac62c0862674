import { API_TOKEN_DAYS, API_TOKEN_NAME_MAX_LENGTH, UserRole, textLength } from '@mailroom/shared'
import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { createApiToken, type MadeApiToken } from './useApiTokens.js'

/** The id of the name's control, for its label and for focus. */
export const NAME_ID = 'token-name'
/** What is chosen for whoever chooses nothing: long enough to be of use, short enough to be seen again. */
const [, DAYS_FIRST] = API_TOKEN_DAYS

/** A new token's form, what is wrong with it, and the token once it is made. */
export function useApiTokenForm() {
  const { t } = useText()
  const draft = reactive<{ name: string; role: UserRole; days: number }>({
    name: '',
    role: UserRole.USER,
    days: DAYS_FIRST,
  })
  const hasTried = ref(false)
  const isSaving = ref(false)
  const failure = ref('')
  const refused = ref<{ name: string; message: string }>()
  const made = shallowRef<MadeApiToken>()

  const nameError = computed(() => {
    const name = draft.name.trim()
    if (hasTried.value && name === '') return t('rules.required')
    if (hasTried.value && textLength(name) > API_TOKEN_NAME_MAX_LENGTH)
      return t('rules.maxLength', { limit: API_TOKEN_NAME_MAX_LENGTH })
    return refused.value?.name === draft.name ? refused.value.message : undefined
  })

  async function focusName(): Promise<void> {
    await nextTick()
    document.getElementById(NAME_ID)?.focus()
  }

  async function save(): Promise<void> {
    hasTried.value = true
    failure.value = ''
    if (nameError.value !== undefined) return focusName()
    isSaving.value = true
    try {
      const { name, role, days } = draft
      made.value = await createApiToken({ name, role, expiresInDays: days })
    } catch (error) {
      const problem = readProblem(error)
      const field = problem.fields.find(({ path }) => path === 'name')
      if (field === undefined) failure.value = problemText(problem, t)
      else {
        refused.value = { name: draft.name, message: field.message }
        await focusName()
      }
    } finally {
      isSaving.value = false
    }
  }

  const isDirty = computed(() => draft.name.trim() !== '')
  return { draft, nameError, failure, isSaving, isDirty, made, save }
}
