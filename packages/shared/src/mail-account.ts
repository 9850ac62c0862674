/** The rules of a mail account: one person's address at one mail server. */

/** What signs in at a mail server: an address, or a domain, a name and a shared mailbox. */
export const USERNAME_MAX_LENGTH = 320
export const DELETE_AFTER_MIN_DAYS = 1
export const DELETE_AFTER_MAX_DAYS = 3_650
/** Of one page of a list that is read page by page. */
export const PAGE_MAX = 500
export const PAGE_USUAL = 50
export const SEARCH_MAX_LENGTH = 200
