import { PASSWORD_MIN_LENGTH, textLength, type UserRole } from '@mailroom/shared'
import type { UserInput, UserRowFragment } from '../generated/graphql.js'
import type { ConflictFields } from '../ui/conflict-row.js'
import type { FieldFault } from '../ui/useFieldErrors.js'
import { ROLE_WORDS, USER_LABELS } from './user-words.js'

/** What stands in the form of a person. */
export interface UserDraft {
  displayName: string
  loginName: string
  role: UserRole
  /** Only where a person is added: afterwards it is reset by itself. */
  password: string
}
type UserField = keyof UserDraft
export const USER_FIELDS = ['displayName', 'loginName', 'role', 'password'] as const

/** How a person is compared and worded, where somebody else saved first: without the password. */
export const USER_CONFLICT: ConflictFields<UserDraft, Exclude<UserField, 'password'>> = {
  fields: ['displayName', 'loginName', 'role'],
  valueOf: (draft, field) => draft[field],
  labelOf: (field, t) => t(USER_LABELS[field]),
  wordsOf: (draft, field, t) => (field === 'role' ? t(ROLE_WORDS[draft.role]) : draft[field]),
}

export function toUserDraft(stored: UserRowFragment | undefined): UserDraft {
  if (stored === undefined) return { displayName: '', loginName: '', role: 'USER', password: '' }
  const { displayName, loginName, role } = stored
  return { displayName, loginName, role, password: '' }
}

/**
 * What can be said before the API is asked.
 *
 * @param needsPassword there is no other way in
 */
export function checkUser(
  draft: UserDraft,
  needsPassword: boolean,
): Partial<Record<UserField, FieldFault>> {
  const { displayName, loginName, password } = draft
  return {
    ...(displayName.trim() === '' ? { displayName: { key: 'rules.required' } } : {}),
    ...(loginName.trim() === '' ? { loginName: { key: 'rules.required' } } : {}),
    ...(password === '' && !needsPassword ? {} : checkPassword(password)),
  }
}

function checkPassword(password: string): { password?: FieldFault } {
  if (password === '') return { password: { key: 'rules.required' } }
  if (isLongEnough(password)) return {}
  return { password: { key: 'rules.minLength', values: { limit: PASSWORD_MIN_LENGTH } } }
}

export const isLongEnough = (password: string) => textLength(password) >= PASSWORD_MIN_LENGTH

export function toUserInput({ displayName, loginName, role, password }: UserDraft): UserInput {
  const own = { displayName: displayName.trim(), loginName: loginName.trim(), role }
  return password === '' ? own : { ...own, password }
}
