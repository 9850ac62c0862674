import {
  MESSAGE_SIZE_LIMIT_MAX_MIB,
  MESSAGE_SIZE_LIMIT_MIN_MIB,
  RECEIVE_INTERVAL_MAX_MINUTES,
  RECEIVE_INTERVAL_MIN_MINUTES,
  toHalfWidth,
  type Language,
} from '@mailroom/shared'
import type { SettingsInput } from '../generated/graphql.js'
import type { MessageKey, MessageValues, Translate } from '../i18n/useText.js'
import { LANGUAGE_NAMES } from '../shell/language-names.js'
import type { ConflictRow } from '../ui/conflict-row.js'

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
  const interval = isNumber(draft, 'receiveIntervalMinutes') ? draft : base
  return {
    ...draft,
    messageSizeLimitMib: numberOf(draft.messageSizeLimitMib),
    receiveIntervalMinutes: numberOf(interval.receiveIntervalMinutes),
  }
}

interface Fault {
  readonly key: MessageKey
  readonly values?: MessageValues
}

/** What can be said before the API is asked. */
export function checkSettings(draft: SettingsDraft): Partial<Record<SettingsField, Fault>> {
  const size = numberFault(draft, 'messageSizeLimitMib')
  const interval = draft.receivesAutomatically
    ? numberFault(draft, 'receiveIntervalMinutes')
    : undefined
  return {
    ...(size === undefined ? {} : { messageSizeLimitMib: size }),
    ...(interval === undefined ? {} : { receiveIntervalMinutes: interval }),
  }
}

function numberFault(draft: SettingsDraft, field: NumberField): Fault | undefined {
  if (isNumber(draft, field)) return undefined
  return toHalfWidth(draft[field]) === ''
    ? { key: 'rules.required' }
    : { key: 'rules.port', values: { ...LIMITS[field] } }
}

function isNumber(draft: SettingsDraft, field: NumberField): boolean {
  const text = toHalfWidth(draft[field])
  const { min, max } = LIMITS[field]
  return /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
}

const numberOf = (text: string) => Number(toHalfWidth(text))

/** Both versions in words, where they differ and somebody else saved first. */
export function settingsConflict(
  base: SettingsDraft,
  mine: SettingsDraft,
  theirs: SettingsDraft,
  t: Translate,
): readonly ConflictRow[] {
  return SETTINGS_FIELDS.filter((field) => mine[field] !== theirs[field]).map((field) => ({
    path: field,
    label: t(`settings.${field}`),
    mine: valueWords(field, mine, t),
    theirs: valueWords(field, theirs, t),
    likely: base[field] === mine[field] ? 'theirs' : 'mine',
  }))
}

/** Theirs, with the fields of mine that were chosen. */
export function settleSettings(
  mine: SettingsDraft,
  theirs: SettingsDraft,
  keepMine: readonly string[],
): SettingsDraft {
  const kept = SETTINGS_FIELDS.filter((field) => keepMine.includes(field))
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) }
}

function valueWords(field: SettingsField, draft: SettingsDraft, t: Translate): string {
  const value = draft[field]
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off')
  if (field === 'messageSizeLimitMib') return t('settings.mib', { count: value })
  if (field === 'receiveIntervalMinutes') return t('settings.everyMinutes', { count: value })
  return LANGUAGE_NAMES[draft.defaultLanguage]
}
