/** Downloads under way of all people, and of one; each holds its bytes until they are sent. */
const TOTAL_MAX = 8
const EACH_MAX = 3

interface Waiting {
  readonly whose: string
  readonly begin: () => void
}

/** Lets a few downloads at a time hold their bytes in memory; the others wait, a person's behind his own. */
export class DownloadSlots {
  readonly #running = new Map<string, number>()
  #waiting: Waiting[] = []

  /**
   * Resolves once there is room, to what gives it back.
   *
   * @param signal whoever asked has gone away: rejects with its reason
   */
  take(whose: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        whose,
        begin: () => {
          signal.removeEventListener('abort', leave)
          resolve(() => this.#give(whose))
        },
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiting)
      this.#beginNext()
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
    if (running >= TOTAL_MAX) return
    const next = this.#waiting.find(({ whose }) => this.#of(whose) < EACH_MAX)
    if (next === undefined) return
    this.#waiting = this.#waiting.filter((each) => each !== next)
    this.#running.set(next.whose, this.#of(next.whose) + 1)
    next.begin()
  }

  #of(whose: string): number {
    return this.#running.get(whose) ?? 0
  }
}
