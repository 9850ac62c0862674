import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { useUnsavedEntries } from './unsaved-entries.js'

/** Asks before unsaved changes are lost: by a dialog inside the product, by the browser's own when the tab closes. */
export function useLeaveGuard(isDirty: Readonly<Ref<boolean>>) {
  const isUnsaved = useUnsavedEntries(isDirty)
  const isAsking = ref(false)
  let answer: (mayLeave: boolean) => void = () => {}

  onBeforeRouteLeave(() => {
    if (!isUnsaved()) return true
    isAsking.value = true
    // A second way out, such as "back" pressed twice, is the same question.
    answer(false)
    return new Promise<boolean>((resolve) => (answer = resolve))
  })

  useEventListener(window, 'beforeunload', (event) => {
    if (isUnsaved()) event.preventDefault()
  })

  function decide(mayLeave: boolean): void {
    isAsking.value = false
    answer(mayLeave)
  }
  return { isAsking, decide }
}
