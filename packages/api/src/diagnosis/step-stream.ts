import type { StepReport } from './diagnosis-report.js'

/** Runs until its signal aborts or it is done; tells each step as it ends. */
type Run = (onStep: (step: StepReport) => void, signal: AbortSignal) => Promise<unknown>

/**
 * A run's steps as they end. No generator function: its `return()` would wait for the step under way,
 * and whoever stops listening has cancelled the diagnosis at once.
 */
export function streamSteps(run: Run, caller: AbortSignal): AsyncIterableIterator<StepReport> {
  const controller = new AbortController()
  const signal = AbortSignal.any([controller.signal, caller])
  const ready: StepReport[] = []
  let waiting: PromiseWithResolvers<IteratorResult<StepReport>> | undefined
  let ending: { readonly error?: unknown } | undefined

  const end = (how: { readonly error?: unknown }) => {
    ending ??= how
    if ('error' in ending) waiting?.reject(ending.error)
    else waiting?.resolve({ done: true, value: undefined })
    waiting = undefined
  }
  const hear = (step: StepReport) => {
    if (ending !== undefined) return
    if (waiting === undefined) ready.push(step)
    else waiting.resolve({ done: false, value: step })
    waiting = undefined
  }
  run(hear, signal).then(
    () => end({}),
    (error: unknown) => end({ error }),
  )

  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next() {
      const step = ready.shift()
      if (step !== undefined) return Promise.resolve({ done: false, value: step })
      if (ending === undefined) {
        waiting = Promise.withResolvers<IteratorResult<StepReport>>()
        return waiting.promise
      }
      if ('error' in ending) {
        const failure = new Error('the diagnosis failed', { cause: ending.error })
        return Promise.reject(ending.error instanceof Error ? ending.error : failure)
      }
      return Promise.resolve({ done: true, value: undefined })
    },
    return() {
      ready.length = 0
      controller.abort()
      end({})
      return Promise.resolve({ done: true, value: undefined })
    },
  }
}
