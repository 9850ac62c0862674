import { TooManyRequests } from '../auth/request-limit.service.js'

/** Downloads under way of all people, and of one. */
interface Slots {
  readonly total: number
  readonly each: number
}

const WAIT_MAX_MS = 30_000

interface Waiting {
  readonly whose: string
  readonly begin: () => void
}

/** Lets a few downloads at a time hold bytes in memory; the others wait, a person's behind his own. */
export class DownloadSlots {
  readonly #running = new Map<string, number>()
  #waiting: Waiting[] = []

  constructor(private readonly slots: Slots) {}

  /**
   * Does what holds the bytes, once there is room. Throws TOO_MANY_REQUESTS where none has come for long.
   *
   * @param signal whoever asked has gone away: while waiting rejects with its reason
   */
  async hold<T>(whose: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#take(whose, signal)
    try {
      return await work()
    } finally {
      this.#give(whose)
    }
  }

  #take(whose: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting: Waiting = { whose, begin: resolve }
    const leave = (reason: Error) => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting)
      reject(reason)
    }
    const abort = () => leave(new Error('gone', { cause: signal.reason }))
    const timer = setTimeout(() => leave(new TooManyRequests(WAIT_MAX_MS)), WAIT_MAX_MS)
    signal.addEventListener('abort', abort, { once: true })
    this.#waiting.push(waiting)
    if (signal.aborted) abort()
    else this.#beginNext()
    return promise.finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    })
  }

  #give(whose: string): void {
    const left = this.#of(whose) - 1
    if (left > 0) this.#running.set(whose, left)
    else this.#running.delete(whose)
    this.#beginNext()
  }

  #beginNext(): void {
    const running = [...this.#running.values()].reduce((sum, count) => sum + count, 0)
    if (running >= this.slots.total) return
    const next = this.#waiting.find(({ whose }) => this.#of(whose) < this.slots.each)
    if (next === undefined) return
    this.#waiting = this.#waiting.filter((each) => each !== next)
    this.#running.set(next.whose, this.#of(next.whose) + 1)
    next.begin()
  }

  #of(whose: string): number {
    return this.#running.get(whose) ?? 0
  }
}
