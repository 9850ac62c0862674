/**
 * When receiving is a person's concern, as SQL on account_receiving: it is paused, or has failed so
 * often in a row that waiting is no longer enough. Its index has the same condition.
 */
export const RECEIVING_NEEDS_ATTENTION = 'paused_at IS NOT NULL OR failures >= 3'
