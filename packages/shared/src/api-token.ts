/** What programs sign in with. */

/** How a token begins, so that people and secret scanners know one when they see it. */
export const API_TOKEN_PREFIX = 'mrm_'
export const API_TOKEN_NAME_MAX_LENGTH = 100
/** None is for ever: a forgotten one ends by itself. */
export const API_TOKEN_DAYS_MAX = 365
/** What screens offer. */
export const API_TOKEN_DAYS = [30, 90, API_TOKEN_DAYS_MAX] as const
/** Those that can be used, of everybody together. */
export const API_TOKENS_MAX = 500

/** Whether a token can be used. Keys equal values, as in mail-server.ts. */
export const ApiTokenState = {
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
} as const
export type ApiTokenState = (typeof ApiTokenState)[keyof typeof ApiTokenState]
