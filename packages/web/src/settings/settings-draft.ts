import {
  MESSAGE_SIZE_LIMIT_MAX_MIB,
  MESSAGE_SIZE_LIMIT_MIN_MIB,
  RECEIVE_INTERVAL_MAX_MINUTES,
  RECEIVE_INTERVAL_MIN_MINUTES,
  toHalfWidth,
  type Language,
} from '@mailroom/shared'
import type { SettingsInput } from '../generated/graphql.js'
import type { Translate } from '../i18n/useText.js'
import { LANGUAGE_NAMES } from '../shell/language-names.js'
import { checkWholeNumber } from '../ui/check-whole-number.js'
import type { ConflictFields } from '../ui/conflict-row.js'
import type { FieldFault } from '../ui/useFieldErrors.js'

/** What stands in the form: numbers as they are typed. */
export interface SettingsDraft {
  usersManageAccounts: boolean
  usersLeaveMail: boolean
  messageSizeLimitMib: string
  receivesAutomatically: boolean
  receiveIntervalMinutes: string
  allowsPrivateNetworks: boolean
  defaultLanguage: Language
}
export type SettingsField = keyof SettingsDraft
type NumberField = 'messageSizeLimitMib' | 'receiveIntervalMinutes'

/** In the order in which they stand on the page. */
export const SETTINGS_FIELDS = [
  'usersManageAccounts',
  'usersLeaveMail',
  'messageSizeLimitMib',
  'receivesAutomatically',
  'receiveIntervalMinutes',
  'allowsPrivateNetworks',
  'defaultLanguage',
] as const satisfies readonly SettingsField[]

export const LIMITS: Readonly<Record<NumberField, { readonly min: number; readonly max: number }>> =
  {
    messageSizeLimitMib: { min: MESSAGE_SIZE_LIMIT_MIN_MIB, max: MESSAGE_SIZE_LIMIT_MAX_MIB },
    receiveIntervalMinutes: {
      min: RECEIVE_INTERVAL_MIN_MINUTES,
      max: RECEIVE_INTERVAL_MAX_MINUTES,
    },
  }

/** The id of a field's control, for its label and for focus. */
export const settingsFieldId = (field: SettingsField) => `settings-${field}`

export function toSettingsDraft(stored: SettingsInput): SettingsDraft {
  return {
    usersManageAccounts: stored.usersManageAccounts,
    usersLeaveMail: stored.usersLeaveMail,
    messageSizeLimitMib: String(stored.messageSizeLimitMib),
    receivesAutomatically: stored.receivesAutomatically,
    receiveIntervalMinutes: String(stored.receiveIntervalMinutes),
    allowsPrivateNetworks: stored.allowsPrivateNetworks,
    defaultLanguage: stored.defaultLanguage,
  }
}

/** @param base what a hidden field keeps where no valid number stands in it */
export function toSettingsInput(draft: SettingsDraft, base: SettingsDraft): SettingsInput {
  const interval = numberFault(draft, 'receiveIntervalMinutes') === undefined ? draft : base
  return {
    ...draft,
    messageSizeLimitMib: numberOf(draft.messageSizeLimitMib),
    receiveIntervalMinutes: numberOf(interval.receiveIntervalMinutes),
  }
}

/** What can be said before the API is asked. */
export function checkSettings(draft: SettingsDraft): Partial<Record<SettingsField, FieldFault>> {
  const size = numberFault(draft, 'messageSizeLimitMib')
  const interval = draft.receivesAutomatically
    ? numberFault(draft, 'receiveIntervalMinutes')
    : undefined
  return {
    ...(size === undefined ? {} : { messageSizeLimitMib: size }),
    ...(interval === undefined ? {} : { receiveIntervalMinutes: interval }),
  }
}

function numberFault(draft: SettingsDraft, field: NumberField): FieldFault | undefined {
  return checkWholeNumber(draft[field], LIMITS[field])
}

const numberOf = (text: string) => Number(toHalfWidth(text))

/** How the settings are compared and worded, where somebody else saved first. */
export const SETTINGS_CONFLICT: ConflictFields<SettingsDraft, SettingsField> = {
  fields: SETTINGS_FIELDS,
  valueOf: (draft, field) => draft[field],
  labelOf: (field, t) => t(`settings.${field}`),
  wordsOf: valueWords,
}

function valueWords(draft: SettingsDraft, field: SettingsField, t: Translate): string {
  const value = draft[field]
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off')
  if (field === 'messageSizeLimitMib') return t('settings.mib', { count: value })
  if (field === 'receiveIntervalMinutes') return t('settings.everyMinutes', { count: value })
  return LANGUAGE_NAMES[draft.defaultLanguage]
}
