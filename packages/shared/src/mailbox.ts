/** Reading kept mail: the limits of its lists, and how long what was deleted can come back. */

/** Of one page of messages. */
export const MESSAGES_PAGE_MAX = 200
/** Of messages that are marked, deleted or brought back at once. */
export const MESSAGES_AT_ONCE_MAX = 500
/** The beginning of a message's text, as lists show it. */
export const SNIPPET_MAX_LENGTH = 200
/** A deleted message can be brought back for so long; then it is removed for good. */
export const DELETED_MESSAGES_KEPT_DAYS = 30
/** Of an address, as messages name it. */
export const SENDER_MAX_LENGTH = 320
/** Of those whose images somebody wants to see. */
export const REMOTE_SENDERS_MAX = 1_000
/** Of the people who are suggested to somebody who writes. */
export const CORRESPONDENTS_MAX = 50
export const CORRESPONDENTS_USUAL = 8
