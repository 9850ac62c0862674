import { AuditSubject, OIDC_PROBLEM_FIELD } from '@mailroom/shared'
import type { AuditChangeItemFragment } from '../generated/graphql.js'
import { i18n } from '../i18n/i18n.js'
import type { Translate } from '../i18n/useText.js'
import { choiceWords } from '../mail-server/field-words.js'
import { newDraft } from '../mail-server/mail-server-draft.js'
import { ALL_FIELDS, type FieldDescriptor } from '../mail-server/mail-server-fields.js'

/** A change as it is read. */
export interface WordedChange {
  readonly field: string
  readonly label: string
  readonly old: string
  readonly now: string
  readonly isSecret: boolean
  /** Digits and letters to compare rather than to read. */
  readonly isCode: boolean
  /** Many lines of it. */
  readonly isLong: boolean
}

/** Fields of people, accounts, grants and settings whose values are words of ours, not of whoever typed them. */
const WORDED_FIELDS = new Set([
  'role',
  'state',
  'deactivated',
  'leaveOnServer',
  'enabled',
  'usersManageAccounts',
  'usersLeaveMail',
  'receivesAutomatically',
  'allowsPrivateNetworks',
  'defaultLanguage',
])

/** Fields that hold a moment, recorded in UTC. */
const MOMENT_FIELDS = new Set(['expiresAt', 'revokedAt'])

/** What a sentence has told already, or what only the screens need. */
const TOLD_BY_THE_SENTENCE = new Set(['retryAfterSeconds', OIDC_PROBLEM_FIELD])

/** An event's changes in words, in the order in which they were recorded. */
export function wordedChanges(
  subject: AuditSubject,
  changes: readonly AuditChangeItemFragment[],
  t: Translate,
  dateTime: (instant: string) => string,
): WordedChange[] {
  return changes
    .filter(({ field }) => !TOLD_BY_THE_SENTENCE.has(field))
    .map((change) => wordedChange(subject, change, t, dateTime))
}

function wordedChange(
  subject: AuditSubject,
  { field, old, new: now, isSecret }: AuditChangeItemFragment,
  t: Translate,
  dateTime: (instant: string) => string,
): WordedChange {
  const common = { field, isSecret, isCode: false, isLong: false }
  if (subject === AuditSubject.MAIL_SERVER_ORDER) {
    const position = (value: string | null | undefined) =>
      value == null ? t('audit.noValue') : t('audit.position', { position: value })
    return { ...common, label: field, old: position(old), now: position(now) }
  }
  const known =
    subject === AuditSubject.MAIL_SERVER
      ? ALL_FIELDS.find(({ path }) => path === field)?.field
      : undefined
  const valueOf = (value: string | null | undefined) =>
    known === undefined ? plainValue(field, value, t, dateTime) : settingValue(known, value, t)
  return {
    ...common,
    label: known === undefined ? plainLabel(field) : `${sideOf(field, t)}${t(known.label)}`,
    old: valueOf(old),
    now: valueOf(now),
    isCode: known?.control.kind === 'certificate' || known?.control.kind === 'pem',
    isLong: known?.control.kind === 'pem',
  }
}

/** Both sides have a port: which one is told before the label. */
function sideOf(path: string, t: Translate): string {
  if (path.startsWith('outgoing.')) return `${t('diagnosis.sideOutgoing')} / `
  return path.startsWith('incoming.') ? `${t('diagnosis.sideIncoming')} / ` : ''
}

function settingValue(
  field: FieldDescriptor,
  value: string | null | undefined,
  t: Translate,
): string {
  if (value == null || value === '') return t('audit.noValue')
  const { control, unit } = field
  if (unit !== undefined) return t('details.withSeconds', { count: Number(value) })
  if (control.kind === 'switch') return t(value === 'true' ? 'common.use' : 'common.notUse')
  if (control.kind !== 'radio' && control.kind !== 'select') return value
  const option = control.options(newDraft()).find((each) => each.value === value)
  return option === undefined ? value : choiceWords(option.label, t)
}

function plainLabel(field: string): string {
  const key = `audit.fields.${field}`
  // A field that came after these words is shown by its own name.
  return i18n.global.te(key) ? i18n.global.t(key) : field
}

function plainValue(
  field: string,
  value: string | null | undefined,
  t: Translate,
  dateTime: (instant: string) => string,
): string {
  if (value == null || value === '') return t('audit.noValue')
  if (MOMENT_FIELDS.has(field) && !Number.isNaN(Date.parse(value))) return dateTime(value)
  const key = `audit.values.${value}`
  return WORDED_FIELDS.has(field) && i18n.global.te(key) ? i18n.global.t(key) : value
}
