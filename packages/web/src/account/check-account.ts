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
} from '@mailroom/shared'
import { checkWholeNumber } from '../ui/check-whole-number.js'
import type { FieldFault } from '../ui/useFieldErrors.js'
import { accountNeeds, Leaving, type AccountDraft } from './account-draft.js'
import type { AccountPath } from './account-fields.js'

const DAYS = { min: DELETE_AFTER_MIN_DAYS, max: DELETE_AFTER_MAX_DAYS }

type AccountFaults = Readonly<Partial<Record<AccountPath, FieldFault>>>

/** What can be said before the API is asked; its verdict is the one that counts. */
export function checkAccount(draft: AccountDraft): AccountFaults {
  const found: Partial<Record<AccountPath, FieldFault | undefined>> = {
    code: required(draft.code, CODE_MAX_LENGTH),
    name: optional(draft.name, NAME_MAX_LENGTH),
    email: checkEmail(draft.email),
    userId: draft.owner === null ? { key: 'accounts.choosePerson' } : undefined,
    mailServerId: draft.server === null ? { key: 'accounts.chooseServer' } : undefined,
    incomingUsername: required(draft.incomingUsername, USERNAME_MAX_LENGTH),
    outgoingUsername: accountNeeds(draft).outgoing
      ? optional(draft.outgoingUsername, USERNAME_MAX_LENGTH)
      : undefined,
    deleteAfterDays:
      draft.leaving === Leaving.AFTER ? checkWholeNumber(draft.deleteAfterDays, DAYS) : undefined,
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([path, fault]) => (fault === undefined ? [] : [[path, fault]])),
  )
}

function required(text: string, limit: number): FieldFault | undefined {
  return isBlank(text) ? { key: 'rules.required' } : optional(text, limit)
}

function optional(text: string, limit: number): FieldFault | undefined {
  const trimmed = text.trim()
  if (textLength(trimmed) > limit) return { key: 'rules.maxLength', values: { limit } }
  return isPlainText(trimmed) ? undefined : { key: 'rules.plainText' }
}

function checkEmail(text: string): FieldFault | undefined {
  if (isBlank(text)) return { key: 'rules.required' }
  return parseEmail(text) === undefined ? { key: 'accounts.emailRule' } : undefined
}
