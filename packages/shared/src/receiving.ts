/** Receiving mail: what a run can be, and its limits. */

/** QUEUED: waits for a worker. RUNNING: under way. DONE and FAILED: over. */
export const RunState = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
} as const
export type RunState = (typeof RunState)[keyof typeof RunState]

/** Why a run was started. */
export const RunReason = { MANUAL: 'MANUAL', SCHEDULE: 'SCHEDULE' } as const
export type RunReason = (typeof RunReason)[keyof typeof RunReason]

/** Where a message lies in Mailroom. */
export const MessageFolder = { INBOX: 'INBOX', SENT: 'SENT', OUTBOX: 'OUTBOX' } as const
export type MessageFolder = (typeof MessageFolder)[keyof typeof MessageFolder]

/** PENDING: to be parsed. FAILED: kept and shown as its source. */
export const ParseState = { PENDING: 'PENDING', PARSED: 'PARSED', FAILED: 'FAILED' } as const
export type ParseState = (typeof ParseState)[keyof typeof ParseState]

/** So many refusals of name and password in a row pause an account, before a server locks it. */
export const AUTH_FAILURES_MAX = 3
/** A longer unique id (RFC 1939 section 7 allows 70 characters) is none: the content tells then. */
export const UNIQUE_ID_MAX_LENGTH = 1_000
