import { later } from '../ui/later.js'

/** What the user menu opens, with all that places it on the screen. */
export const userMenuContent = later(() => import('./UserMenuContent.vue'))
