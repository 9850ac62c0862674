import { later } from './later.js'

/** The dialog for the case that somebody else saved first. */
export const conflictDialog = later(() => import('./ConflictDialog.vue'))
