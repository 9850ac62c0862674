import { withWords } from '../i18n/i18n.js'
import { later } from '../ui/later.js'

/** What a run finds, with the words of every problem. */
export const runResults = later(() => import('./RunResults.vue'))
/** Names and passwords, and signing in at a provider. */
export const credentialFields = later(() => import('./CredentialFields.vue'))
/** Somebody's account, whose stored name and password are used. */
export const accountChoice = later(() =>
  withWords('account', import('../account/AccountChoice.vue')),
)
