import { ref, shallowRef } from 'vue'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from './error-message.js'

/** Asks before something of a list goes, and keeps the reason where it could not. */
export function useRemoval<Item>(remove: (item: Item) => Promise<void>) {
  const { t } = useText()
  const doomed = shallowRef<Item>()
  const isAsking = ref(false)
  const failure = ref('')

  function ask(item: Item): void {
    failure.value = ''
    doomed.value = item
    isAsking.value = true
  }

  async function confirm(): Promise<void> {
    const item = doomed.value
    isAsking.value = false
    if (item === undefined) return
    try {
      await remove(item)
    } catch (reason) {
      failure.value = problemText(readProblem(reason), t)
    }
  }
  return { doomed, isAsking, failure, ask, confirm }
}
