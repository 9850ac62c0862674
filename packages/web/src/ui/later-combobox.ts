import { later } from './later.js'

/** The list that opens under a field, and all that places it. */
export const combobox = later(() => import('./AppCombobox.vue'))
