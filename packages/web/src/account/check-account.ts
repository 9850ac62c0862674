import {
  CODE_MAX_LENGTH,
  DELETE_AFTER_MAX_DAYS,
  DELETE_AFTER_MIN_DAYS,
  NAME_MAX_LENGTH,
  USERNAME_MAX_LENGTH,
  isBlank,
  isPlainText,
  parseEmail,
  textLength,
  toHalfWidth,
} from '@mailroom/shared'
import type { MessageKey, MessageValues } from '../i18n/useText.js'
import { accountNeeds, Leaving, type AccountDraft } from './account-draft.js'
import type { AccountPath } from './account-fields.js'

interface AccountFault {
  readonly key: MessageKey
  readonly values?: MessageValues
}
type AccountFaults = Readonly<Partial<Record<AccountPath, AccountFault>>>

/** What can be said before the API is asked; its verdict is the one that counts. */
export function checkAccount(draft: AccountDraft): AccountFaults {
  const found: Partial<Record<AccountPath, AccountFault | undefined>> = {
    code: required(draft.code, CODE_MAX_LENGTH),
    name: optional(draft.name, NAME_MAX_LENGTH),
    email: checkEmail(draft.email),
    userId: draft.owner === null ? { key: 'accounts.choosePerson' } : undefined,
    mailServerId: draft.server === null ? { key: 'accounts.chooseServer' } : undefined,
    incomingUsername: required(draft.incomingUsername, USERNAME_MAX_LENGTH),
    outgoingUsername: accountNeeds(draft).outgoing
      ? optional(draft.outgoingUsername, USERNAME_MAX_LENGTH)
      : undefined,
    deleteAfterDays: draft.leaving === Leaving.AFTER ? checkDays(draft.deleteAfterDays) : undefined,
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([path, fault]) => (fault === undefined ? [] : [[path, fault]])),
  )
}

function required(text: string, limit: number): AccountFault | undefined {
  return isBlank(text) ? { key: 'rules.required' } : optional(text, limit)
}

function optional(text: string, limit: number): AccountFault | undefined {
  const trimmed = text.trim()
  if (textLength(trimmed) > limit) return { key: 'rules.maxLength', values: { limit } }
  return isPlainText(trimmed) ? undefined : { key: 'rules.plainText' }
}

function checkEmail(text: string): AccountFault | undefined {
  if (isBlank(text)) return { key: 'rules.required' }
  return parseEmail(text) === undefined ? { key: 'accounts.emailRule' } : undefined
}

function checkDays(text: string): AccountFault | undefined {
  const digits = toHalfWidth(text)
  if (digits === '') return { key: 'rules.required' }
  const [min, max] = [DELETE_AFTER_MIN_DAYS, DELETE_AFTER_MAX_DAYS]
  const days = Number(digits)
  return /^\d+$/.test(digits) && days >= min && days <= max
    ? undefined
    : { key: 'rules.port', values: { min, max } }
}
