/** Sending mail: what becomes of a message, and the limits of what is written. */

import { BYTES_PER_MIB } from './settings.js'

/**
 * UNCONFIRMED: the connection was lost after the message was handed over and before the server said
 * that it took it; it is not sent again by itself.
 */
export const SendState = {
  QUEUED: 'QUEUED',
  SENDING: 'SENDING',
  SENT: 'SENT',
  FAILED: 'FAILED',
  UNCONFIRMED: 'UNCONFIRMED',
} as const
export type SendState = (typeof SendState)[keyof typeof SendState]

/** PENDING: the server has not answered for this recipient, or asked to try again later. */
export const RecipientState = {
  PENDING: 'PENDING',
  ACCEPTED: 'ACCEPTED',
  REFUSED: 'REFUSED',
} as const
export type RecipientState = (typeof RecipientState)[keyof typeof RecipientState]

/** In which field a recipient was named. */
export const RecipientKind = { TO: 'TO', CC: 'CC', BCC: 'BCC' } as const
export type RecipientKind = (typeof RecipientKind)[keyof typeof RecipientKind]

/** Of one message, all fields together; more is a mass mailing, which is another product. */
export const RECIPIENTS_MAX = 500
export const SUBJECT_MAX_LENGTH = 500
/** With the other, and as the longest characters there are, both fit into one request. */
export const MAIL_TEXT_MAX_LENGTH = 100_000
export const MAIL_HTML_MAX_LENGTH = 200_000
export const IDEMPOTENCY_KEY_MAX_LENGTH = 100
/** For so long at most sending waits for somebody to change his mind. */
export const HOLD_MAX_SECONDS = 30

export const ATTACHMENTS_MAX = 50
export const FILENAME_MAX_LENGTH = 255
/** Of one file, and of all files of one message. */
export const UPLOAD_MAX_MIB = 25
export const UPLOAD_MAX_BYTES = UPLOAD_MAX_MIB * BYTES_PER_MIB
export const ATTACHMENTS_MAX_MIB = 25
export const ATTACHMENTS_MAX_BYTES = ATTACHMENTS_MAX_MIB * BYTES_PER_MIB
/** Of one person's files that no message or draft holds. */
export const UNUSED_UPLOADS_MAX_MIB = 200
/** A file that no message or draft holds goes after this. */
export const UPLOAD_UNUSED_HOURS = 24
/** Where files are uploaded, as a raw body; `?name=` says what it is called. */
export const UPLOADS_PATH = '/uploads'
/** Of one account and person. */
export const DRAFTS_MAX = 200

/** After the first, second … attempt that may go better later; after the last one it is given up. */
export const RETRY_MINUTES = [1, 5, 15, 30, 60, 120, 240, 480] as const
