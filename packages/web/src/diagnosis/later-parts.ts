import { later } from '../ui/later.js'

/** What a run finds, with the words of every problem. */
export const runResults = later(() => import('./RunResults.vue'))
/** Names and passwords, and signing in at a provider. */
export const credentialFields = later(() => import('./CredentialFields.vue'))
