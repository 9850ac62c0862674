import { ErrorCode } from '@mailroom/shared'
import { computed, nextTick, reactive, ref } from 'vue'
import type { OAuthProviderPartsFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import {
  checkProvider,
  newProviderDraft,
  toProviderDraft,
  toProviderInput,
  type ProviderField,
} from './provider-draft.js'
import { saveProvider } from './useOAuthProviders.js'

const FIELDS: readonly ProviderField[] = [
  'preset',
  'name',
  'metadataUrl',
  'flow',
  'tenant',
  'clientId',
  'clientSecret',
  'scopes',
]

/** The id of a field's control, for its label and for focus. */
export const providerFieldId = (field: ProviderField) => `provider-${field}`

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds a provider. */
export function useProviderForm(stored?: OAuthProviderPartsFragment) {
  const { t } = useText()
  const first = stored === undefined ? newProviderDraft() : toProviderDraft(stored)
  const draft = reactive({ ...first })
  const wantsNoSecret = ref(false)
  const hasTriedToSave = ref(false)
  const isSaving = ref(false)
  const failure = ref('')
  const refused = ref<Partial<Record<ProviderField, { message: string; value: string }>>>({})

  const asSent = () => JSON.stringify(toProviderInput(draft, wantsNoSecret.value))
  const saved = ref(asSent())
  const isDirty = computed(() => asSent() !== saved.value)

  const errors = computed(() => {
    const faults = hasTriedToSave.value ? checkProvider(draft) : {}
    const found: Partial<Record<ProviderField, string>> = {}
    for (const field of FIELDS) {
      const [fault, refusal] = [faults[field], refused.value[field]]
      if (fault !== undefined) found[field] = t(fault)
      else if (refusal?.value === draft[field]) found[field] = refusal.message
    }
    return found
  })

  async function focusFirstError(): Promise<void> {
    await nextTick()
    const field = FIELDS.find((each) => errors.value[each] !== undefined)
    if (field !== undefined) document.getElementById(providerFieldId(field))?.focus()
  }

  /** Whether it was saved. */
  async function save(): Promise<boolean> {
    hasTriedToSave.value = true
    failure.value = ''
    if (Object.keys(errors.value).length > 0) {
      await focusFirstError()
      return false
    }
    isSaving.value = true
    try {
      await saveProvider(stored, toProviderInput(draft, wantsNoSecret.value))
      saved.value = asSent()
      return true
    } catch (error) {
      await explain(error)
      return false
    } finally {
      isSaving.value = false
    }
  }

  async function explain(error: unknown): Promise<void> {
    const problem = readProblem(error)
    if (problem.code !== ErrorCode.BAD_USER_INPUT) {
      failure.value = problemText(problem, t)
      return
    }
    refused.value = Object.fromEntries(
      FIELDS.flatMap((field) => {
        const message = problem.fields.find(({ path }) => path === field)?.message
        return message === undefined ? [] : [[field, { message, value: draft[field] }]]
      }),
    )
    if (Object.keys(errors.value).length === 0) failure.value = t('errors.BAD_USER_INPUT')
    await focusFirstError()
  }

  return { draft, wantsNoSecret, errors, isDirty, isSaving, failure, save }
}
