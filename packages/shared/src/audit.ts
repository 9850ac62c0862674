/** What a memory of every change is made of. Keys equal values, as in mail-server.ts. */

/** What was done. */
export const AuditAction = {
  CREATE: 'CREATE',
  UPDATE: 'UPDATE',
  DELETE: 'DELETE',
  RESTORE: 'RESTORE',
  REORDER: 'REORDER',
  SIGN_IN: 'SIGN_IN',
  SIGN_IN_FAILED: 'SIGN_IN_FAILED',
  SIGN_OUT: 'SIGN_OUT',
  /** Stored credentials were used to try a connection out. */
  DIAGNOSE: 'DIAGNOSE',
  /** Mail was sent from an account by somebody whose it is not. */
  SEND: 'SEND',
  SEND_AGAIN: 'SEND_AGAIN',
  CANCEL_SENDING: 'CANCEL_SENDING',
  /** Somebody said of mail of which nobody knew that it has arrived. */
  CONFIRM_SENT: 'CONFIRM_SENT',
} as const
export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction]

/** What it was done to. */
export const AuditSubject = {
  MAIL_SERVER: 'MAIL_SERVER',
  MAIL_SERVER_ORDER: 'MAIL_SERVER_ORDER',
  MAIL_ACCOUNT: 'MAIL_ACCOUNT',
  USER: 'USER',
  API_TOKEN: 'API_TOKEN',
  OAUTH_PROVIDER: 'OAUTH_PROVIDER',
  OAUTH_GRANT: 'OAUTH_GRANT',
  SETTINGS: 'SETTINGS',
  SECRET_KEY: 'SECRET_KEY',
} as const
export type AuditSubject = (typeof AuditSubject)[keyof typeof AuditSubject]

/** Who did it: a person, a program with a token, Mailroom itself, or somebody who is not signed in. */
export const ActorKind = {
  USER: 'USER',
  TOKEN: 'TOKEN',
  SYSTEM: 'SYSTEM',
  NOBODY: 'NOBODY',
} as const
export type ActorKind = (typeof ActorKind)[keyof typeof ActorKind]
