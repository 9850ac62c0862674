import type { MessageKey, Translate } from '../i18n/useText.js'
import { Leaving, type AccountDraft } from './account-draft.js'
import { serverLabel } from './server-label.js'

/** The fields as the API names them. */
export const ACCOUNT_PATHS = [
  'code',
  'name',
  'email',
  'userId',
  'mailServerId',
  'incomingUsername',
  'incomingPassword',
  'outgoingUsername',
  'outgoingPassword',
  'oauthGrantId',
  'leaveOnServer',
  'deleteAfterDays',
  'enabled',
] as const
export type AccountPath = (typeof ACCOUNT_PATHS)[number]

export const ACCOUNT_LABELS: Record<AccountPath, MessageKey> = {
  code: 'accounts.code',
  name: 'accounts.name',
  email: 'accounts.email',
  userId: 'accounts.person',
  mailServerId: 'accounts.server',
  incomingUsername: 'diagnosis.incomingUsername',
  incomingPassword: 'diagnosis.incomingPassword',
  outgoingUsername: 'diagnosis.outgoingUsername',
  outgoingPassword: 'diagnosis.outgoingPassword',
  oauthGrantId: 'oauth.mailbox',
  leaveOnServer: 'accounts.leaving',
  deleteAfterDays: 'accounts.deleteAfterDays',
  enabled: 'accounts.disabled',
}

export const LEAVING_WORDS: Record<Leaving, MessageKey> = {
  KEEP: 'accounts.leavingKeep',
  REMOVE: 'accounts.leavingRemove',
  AFTER: 'accounts.leavingAfter',
}

/** The id of a field's control, for its label and for focus. */
export const accountFieldId = (path: AccountPath) => `account-${path}`

/** What a field holds, for telling whether it has changed. */
export function fieldValue(draft: AccountDraft, path: AccountPath): string {
  switch (path) {
    case 'userId':
      return draft.owner?.id ?? ''
    case 'mailServerId':
      return draft.server?.id ?? ''
    case 'incomingPassword':
    case 'outgoingPassword':
      return draft[path].text
    case 'leaveOnServer':
      return draft.leaving
    case 'deleteAfterDays':
      return draft.leaving === Leaving.AFTER ? draft.deleteAfterDays : ''
    case 'enabled':
      return String(draft.isEnabled)
    default:
      return draft[path]
  }
}

/** A field's value in words; never a password. */
export function fieldWords(draft: AccountDraft, path: AccountPath, t: Translate): string {
  switch (path) {
    case 'name':
      return draft.name || draft.email
    case 'userId':
      return draft.owner?.displayName ?? t('common.none')
    case 'mailServerId':
      return draft.server === null ? t('common.none') : serverLabel(draft.server, t)
    case 'oauthGrantId':
      return t(draft.oauthGrantId === '' ? 'common.none' : 'accounts.grantChosen')
    case 'leaveOnServer':
      return t(LEAVING_WORDS[draft.leaving])
    case 'deleteAfterDays':
      return draft.leaving === Leaving.AFTER
        ? t('accounts.days', { count: Number(draft.deleteAfterDays) })
        : t('common.none')
    case 'enabled':
      return t(draft.isEnabled ? 'accounts.isEnabled' : 'accounts.isDisabled')
    default:
      return fieldValue(draft, path) || t('common.none')
  }
}
