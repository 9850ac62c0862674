import { ErrorCode } from '@mailroom/shared'
import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import type { SettingsPartsFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import {
  checkSettings,
  SETTINGS_FIELDS,
  settingsFieldId,
  toSettingsDraft,
  toSettingsInput,
  type SettingsDraft,
  type SettingsField,
} from './settings-draft.js'
import { fetchSettings, updateSettings } from './useSettings.js'

type Shown = Partial<Record<SettingsField, string>>

/** The form's draft, what is wrong with it, and saving it. */
export function useSettingsForm(stored: SettingsPartsFragment) {
  const { t } = useText()
  const base = shallowRef(toSettingsDraft(stored))
  const version = ref(stored.version)
  const draft = reactive({ ...base.value })
  const touched = ref(new Set<SettingsField>())
  const refused = ref<Partial<Record<SettingsField, { message: string; value: unknown }>>>({})
  const isSaving = ref(false)
  const failure = ref('')
  const conflict = shallowRef<{ theirs: SettingsDraft; version: number }>()

  const isDirty = computed(() =>
    SETTINGS_FIELDS.some((field) => draft[field] !== base.value[field]),
  )
  const errors = computed<Shown>(() => {
    const faults = checkSettings(draft)
    const found: Shown = {}
    for (const field of SETTINGS_FIELDS) {
      const [fault, refusal] = [faults[field], refused.value[field]]
      if (fault !== undefined && touched.value.has(field)) found[field] = t(fault.key, fault.values)
      else if (refusal?.value === draft[field]) found[field] = refusal.message
    }
    return found
  })

  function touch(field: SettingsField): void {
    touched.value.add(field)
  }

  function reset(): void {
    Object.assign(draft, base.value)
    touched.value.clear()
    failure.value = ''
  }

  /** Whether they were saved. */
  async function save(): Promise<boolean> {
    failure.value = ''
    for (const field of SETTINGS_FIELDS) touch(field)
    if (Object.keys(errors.value).length > 0) {
      await focusFirstError()
      return false
    }
    isSaving.value = true
    try {
      adoptStored(await updateSettings(version.value, toSettingsInput(draft, base.value)))
      return true
    } catch (error) {
      await explain(readProblem(error))
      return false
    } finally {
      isSaving.value = false
    }
  }

  /** As stored: full-width digits are no unsaved change. */
  function adoptStored(saved: SettingsPartsFragment): void {
    base.value = toSettingsDraft(saved)
    version.value = saved.version
    Object.assign(draft, base.value)
    touched.value.clear()
  }

  async function explain(problem: RequestProblem): Promise<void> {
    if (problem.code === ErrorCode.CONFLICT) return showConflict(problem)
    if (problem.code !== ErrorCode.BAD_USER_INPUT) {
      failure.value = problemText(problem, t)
      return
    }
    refused.value = Object.fromEntries(
      SETTINGS_FIELDS.flatMap((field) => {
        const message = problem.fields.find(({ path }) => path === field)?.message
        return message === undefined ? [] : [[field, { message, value: draft[field] }]]
      }),
    )
    if (Object.keys(errors.value).length === 0) failure.value = t('errors.BAD_USER_INPUT')
    await focusFirstError()
  }

  async function showConflict(problem: RequestProblem): Promise<void> {
    const current = await fetchSettings().catch(() => undefined)
    if (current === undefined) failure.value = problemText(problem, t)
    else conflict.value = { theirs: toSettingsDraft(current), version: current.version }
  }

  /** Goes on from their version with the draft that was settled on. */
  function adopt(settled: SettingsDraft): void {
    if (conflict.value === undefined) return
    base.value = conflict.value.theirs
    version.value = conflict.value.version
    conflict.value = undefined
    Object.assign(draft, settled)
  }

  async function focusFirstError(): Promise<void> {
    await nextTick()
    const field = SETTINGS_FIELDS.find((each) => errors.value[each] !== undefined)
    if (field !== undefined) document.getElementById(settingsFieldId(field))?.focus()
  }

  return {
    ...{ draft, base, errors, isDirty, isSaving, failure, conflict },
    ...{ touch, reset, save, adopt },
  }
}
