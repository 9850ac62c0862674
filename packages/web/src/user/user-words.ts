import type { UserRole } from '@mailroom/shared'
import type { MessageKey } from '../i18n/useText.js'

export const ROLE_WORDS: Record<UserRole, MessageKey> = {
  ADMIN: 'users.roleADMIN',
  USER: 'users.roleUSER',
}
export const ROLE_HINTS: Record<UserRole, MessageKey> = {
  ADMIN: 'users.roleHintADMIN',
  USER: 'users.roleHintUSER',
}
export const USER_LABELS = {
  displayName: 'users.columnName',
  loginName: 'users.columnLoginName',
  role: 'users.columnRole',
} as const satisfies Record<string, MessageKey>
