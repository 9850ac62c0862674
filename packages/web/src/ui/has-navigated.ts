import { ref } from 'vue'

/** Whether a page was opened from another one, and not by the browser. */
export const hasNavigated = ref(false)
