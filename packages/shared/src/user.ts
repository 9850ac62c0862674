/** What a person who signs in may do. */
export const UserRole = { ADMIN: 'ADMIN', USER: 'USER' } as const
export type UserRole = (typeof UserRole)[keyof typeof UserRole]

export const LOGIN_NAME_MAX_LENGTH = 100
/** NIST SP 800-63B section 5.1.1.2: length over composition. */
export const PASSWORD_MIN_LENGTH = 8
/** Bounds the work of hashing, not the strength. */
export const PASSWORD_MAX_LENGTH = 1_000
/** For the credentials of a mail server typed into a diagnosis. */
export const CREDENTIAL_MAX_LENGTH = 1_000

/** What two login names are compared by. */
export function loginNameKey(loginName: string): string {
  return loginName.trim().normalize('NFKC').toLowerCase()
}
