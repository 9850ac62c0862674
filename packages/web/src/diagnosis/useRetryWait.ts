import { ErrorCode } from '@mailroom/shared'
import { useIntervalFn } from '@vueuse/core'
import { ref, watch } from 'vue'
import type { RequestProblem } from '../ui/error-message.js'

/** Seconds that are left until a refused request may be tried again; counts down. */
export function useRetryWait(problem: () => RequestProblem | undefined) {
  const seconds = ref(0)
  const { pause, resume } = useIntervalFn(
    () => {
      seconds.value -= 1
      if (seconds.value <= 0) pause()
    },
    1_000,
    { immediate: false },
  )
  watch(problem, (found) => {
    pause()
    seconds.value = found?.code === ErrorCode.TOO_MANY_REQUESTS ? (found.retryAfterSeconds ?? 0) : 0
    if (seconds.value > 0) resume()
  })
  return seconds
}
