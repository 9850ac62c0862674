import { defineAsyncComponent } from 'vue'
import { withWords } from '../i18n/i18n.js'

/** Comes with the first account whose mail is not received, with the words of every problem. */
export const ReceivingTrouble = defineAsyncComponent(() =>
  withWords('receiving', import('../receiving/ReceivingTrouble.vue')),
)
