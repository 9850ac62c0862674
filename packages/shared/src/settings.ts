/** The limits of what an administrator sets for the whole installation, and what holds until then. */

import { LANGUAGES, type Language } from './error-code.js'

export const BYTES_PER_MIB = 1024 * 1024

/** A message is held in memory once while it is fetched; few servers take more than this. */
export const MESSAGE_SIZE_LIMIT_MAX_MIB = 256
export const MESSAGE_SIZE_LIMIT_MIN_MIB = 1
export const RECEIVE_INTERVAL_MIN_MINUTES = 1
/** Once a day. */
export const RECEIVE_INTERVAL_MAX_MINUTES = 1_440

/** As a new installation has it. */
export const SETTINGS_DEFAULTS = {
  usersManageAccounts: true,
  usersLeaveMail: true,
  messageSizeLimitMib: 50,
  receivesAutomatically: false,
  receiveIntervalMinutes: 10,
  allowsPrivateNetworks: true,
  defaultLanguage: LANGUAGES[0],
} as const satisfies Record<string, boolean | number | Language>
