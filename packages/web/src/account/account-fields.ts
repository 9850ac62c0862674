import { toHalfWidth } from '@mailroom/shared'
import type { MessageKey, Translate } from '../i18n/useText.js'
import { Leaving, type AccountDraft } from './account-draft.js'
import { serverLabel } from './server-label.js'

/** The fields as the API names them, in the order in which they stand in the form. */
export const ACCOUNT_PATHS = [
  'userId',
  'email',
  'name',
  'code',
  'mailServerId',
  'oauthGrantId',
  'incomingUsername',
  'incomingPassword',
  'outgoingUsername',
  'outgoingPassword',
  'leaveOnServer',
  'deleteAfterDays',
  'enabled',
] as const
export type AccountPath = (typeof ACCOUNT_PATHS)[number]

/** The fields as they are shown and compared: no password, and the days with what they are about. */
export const WORDED_PATHS = ACCOUNT_PATHS.filter(
  (path) =>
    path !== 'incomingPassword' && path !== 'outgoingPassword' && path !== 'deleteAfterDays',
)
export type WordedPath = (typeof WORDED_PATHS)[number]

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
      return draft.leaving === Leaving.AFTER ? `AFTER ${days(draft)}` : draft.leaving
    case 'enabled':
      return String(draft.isEnabled)
    default:
      return draft[path]
  }
}

const days = ({ deleteAfterDays }: AccountDraft) => Number(toHalfWidth(deleteAfterDays))

/** A field's value in words. */
export function fieldWords(draft: AccountDraft, path: WordedPath, t: Translate): string {
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
      return draft.leaving === Leaving.AFTER
        ? t('accounts.leavingFor', { count: days(draft) })
        : t(LEAVING_WORDS[draft.leaving])
    case 'enabled':
      return t(draft.isEnabled ? 'accounts.isEnabled' : 'accounts.isDisabled')
    default:
      return fieldValue(draft, path) || t('common.none')
  }
}
