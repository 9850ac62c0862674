import { reactive } from 'vue'
import type { SettingsPartsFragment } from '../generated/graphql.js'
import { settleFields } from '../ui/conflict-row.js'
import { useEntryForm } from '../ui/useEntryForm.js'
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

/** The form's draft, what is wrong with it, and saving it. */
export function useSettingsForm(stored: SettingsPartsFragment) {
  const first = toSettingsDraft(stored)
  const draft: SettingsDraft = reactive({ ...first })
  const form = useEntryForm({
    ...{ draft, first, version: stored.version, fields: SETTINGS_FIELDS, idOf: settingsFieldId },
    ...{ toDraft: toSettingsDraft, check: checkSettings, fetchCurrent: fetchSettings },
    compared: (each: SettingsDraft) => each,
    valueOf: (each: SettingsDraft, field: SettingsField) => each[field],
    send: (version = stored.version): Promise<SettingsPartsFragment> =>
      updateSettings(version, toSettingsInput(draft, form.base.value)),
  })

  function reset(): void {
    Object.assign(draft, form.base.value)
    form.forget()
    form.failure.value = ''
  }

  /** Goes on from their version with what was chosen of both. */
  function settle(keepMine: readonly string[]): void {
    const theirs = form.conflict.value?.theirs
    if (theirs !== undefined) form.adopt(settleFields(draft, theirs, keepMine))
  }
  return { ...form, draft, reset, settle }
}
