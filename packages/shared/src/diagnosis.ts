/** The words of a connection diagnosis (product: "Diagnosis"). */

export const DiagnosisSide = { OUTGOING: 'OUTGOING', INCOMING: 'INCOMING' } as const
export type DiagnosisSide = (typeof DiagnosisSide)[keyof typeof DiagnosisSide]

/** In the order in which one side's steps can come. ENVELOPE, SEND and RECEIVE only where they are asked for. */
export const DiagnosisStepKind = {
  RESOLVE: 'RESOLVE',
  CONNECT: 'CONNECT',
  TLS: 'TLS',
  GREETING: 'GREETING',
  CAPABILITIES: 'CAPABILITIES',
  AUTHENTICATE: 'AUTHENTICATE',
  MAILBOX: 'MAILBOX',
  ENVELOPE: 'ENVELOPE',
  SEND: 'SEND',
  RECEIVE: 'RECEIVE',
} as const
export type DiagnosisStepKind = (typeof DiagnosisStepKind)[keyof typeof DiagnosisStepKind]

export const DiagnosisOutcome = {
  OK: 'OK',
  WARNING: 'WARNING',
  FAILED: 'FAILED',
  SKIPPED: 'SKIPPED',
} as const
export type DiagnosisOutcome = (typeof DiagnosisOutcome)[keyof typeof DiagnosisOutcome]

/** How far a diagnosis goes: to signing in, on to naming sender and recipient, or to a message there and back. */
export const DiagnosisDepth = {
  SIGN_IN: 'SIGN_IN',
  ENVELOPE: 'ENVELOPE',
  ROUND_TRIP: 'ROUND_TRIP',
} as const
export type DiagnosisDepth = (typeof DiagnosisDepth)[keyof typeof DiagnosisDepth]

/** What went wrong in a step, or keeps an account from its mail; stable, worded by the screens, explained in docs/diagnosis.md. */
export const DiagnosisProblem = {
  NAME_NOT_FOUND: 'NAME_NOT_FOUND',
  RESOLVE_FAILED: 'RESOLVE_FAILED',
  ADDRESS_FORBIDDEN: 'ADDRESS_FORBIDDEN',
  CONNECT_REFUSED: 'CONNECT_REFUSED',
  CONNECT_UNREACHABLE: 'CONNECT_UNREACHABLE',
  CONNECTION_LOST: 'CONNECTION_LOST',
  TIMEOUT: 'TIMEOUT',
  TLS_NOT_OFFERED: 'TLS_NOT_OFFERED',
  TLS_FAILED: 'TLS_FAILED',
  TLS_VERSION_TOO_OLD: 'TLS_VERSION_TOO_OLD',
  TLS_ON_PLAIN_PORT: 'TLS_ON_PLAIN_PORT',
  TLS_EXPECTED: 'TLS_EXPECTED',
  TLS_CERTIFICATE_UNTRUSTED: 'TLS_CERTIFICATE_UNTRUSTED',
  TLS_CERTIFICATE_SELF_SIGNED: 'TLS_CERTIFICATE_SELF_SIGNED',
  TLS_CERTIFICATE_EXPIRED: 'TLS_CERTIFICATE_EXPIRED',
  TLS_CERTIFICATE_NOT_YET_VALID: 'TLS_CERTIFICATE_NOT_YET_VALID',
  TLS_CERTIFICATE_WRONG_NAME: 'TLS_CERTIFICATE_WRONG_NAME',
  TLS_CERTIFICATE_WEAK: 'TLS_CERTIFICATE_WEAK',
  TLS_CERTIFICATE_CHANGED: 'TLS_CERTIFICATE_CHANGED',
  /** A warning: it is still valid, not for long. */
  TLS_CERTIFICATE_EXPIRES_SOON: 'TLS_CERTIFICATE_EXPIRES_SOON',
  NOT_THIS_PROTOCOL: 'NOT_THIS_PROTOCOL',
  PROTOCOL_ERROR: 'PROTOCOL_ERROR',
  GREETING_REFUSED: 'GREETING_REFUSED',
  AUTH_METHOD_NOT_OFFERED: 'AUTH_METHOD_NOT_OFFERED',
  AUTH_NEEDS_ENCRYPTION: 'AUTH_NEEDS_ENCRYPTION',
  /** A warning: it worked, and everybody on the way could read the password. */
  AUTH_IN_CLEAR_TEXT: 'AUTH_IN_CLEAR_TEXT',
  APOP_NOT_OFFERED: 'APOP_NOT_OFFERED',
  AUTH_REJECTED: 'AUTH_REJECTED',
  AUTH_TEMPORARY: 'AUTH_TEMPORARY',
  AUTH_SERVER_UNPROVEN: 'AUTH_SERVER_UNPROVEN',
  APP_PASSWORD_REQUIRED: 'APP_PASSWORD_REQUIRED',
  OAUTH_REQUIRED: 'OAUTH_REQUIRED',
  OAUTH_TOKEN_REJECTED: 'OAUTH_TOKEN_REJECTED',
  OAUTH_GRANT_ENDED: 'OAUTH_GRANT_ENDED',
  MAILBOX_FAILED: 'MAILBOX_FAILED',
  MAILBOX_CHANGED: 'MAILBOX_CHANGED',
  MESSAGE_TOO_LARGE: 'MESSAGE_TOO_LARGE',
  MESSAGE_UNAVAILABLE: 'MESSAGE_UNAVAILABLE',
  POP_BEFORE_SMTP_NEEDED: 'POP_BEFORE_SMTP_NEEDED',
  POP_BEFORE_SMTP_FAILED: 'POP_BEFORE_SMTP_FAILED',
  AUTH_NEEDED: 'AUTH_NEEDED',
  SENDER_REFUSED: 'SENDER_REFUSED',
  RECIPIENT_REFUSED: 'RECIPIENT_REFUSED',
  MESSAGE_REFUSED: 'MESSAGE_REFUSED',
  MESSAGE_NOT_RECEIVED: 'MESSAGE_NOT_RECEIVED',
  /** The account still names a server that has been deleted: nothing is sent or received through it. */
  MAIL_SERVER_DELETED: 'MAIL_SERVER_DELETED',
  MAIL_ACCOUNT_DISABLED: 'MAIL_ACCOUNT_DISABLED',
  /** Whose account it is may not sign in: what is stored for it is not used either. */
  USER_DEACTIVATED: 'USER_DEACTIVATED',
  /** The account has no password to sign in with. */
  PASSWORD_MISSING: 'PASSWORD_MISSING',
  /** All mail is here, and the server would not mark it as read. */
  MARKING_REFUSED: 'MARKING_REFUSED',
  /** All mail is here, and the server would not, or did not say that it would, remove it. */
  REMOVAL_REFUSED: 'REMOVAL_REFUSED',
  /** Somebody has stopped it. */
  CANCELLED: 'CANCELLED',
  STORAGE_FULL: 'STORAGE_FULL',
  STORAGE_UNAVAILABLE: 'STORAGE_UNAVAILABLE',
  /** A fault of Mailroom; the log says more. */
  INTERNAL: 'INTERNAL',
} as const
export type DiagnosisProblem = (typeof DiagnosisProblem)[keyof typeof DiagnosisProblem]
