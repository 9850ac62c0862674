import type { ParseOutcome } from '../parsing/parsed-message.js'

/** What became of a message. */
export interface Parsed {
  readonly id: string
  readonly outcome: ParseOutcome
}

/** So many are written together, and what is fewer waits no longer than this. */
const TOGETHER_MAX = 16
const WAIT_MS = 200

/** Gathers outcomes, so that several are written by one COMMIT: one after the other, while more are parsed. */
export class OutcomeWriter {
  #waiting: Parsed[] = []
  #timer: NodeJS.Timeout | undefined
  #written: Promise<void> = Promise.resolve()

  /** @param write never rejects */
  constructor(private readonly write: (several: readonly Parsed[]) => Promise<void>) {}

  /** Resolves once there is room for the next one. */
  async add(parsed: Parsed): Promise<void> {
    this.#waiting.push(parsed)
    if (this.#waiting.length < TOGETHER_MAX) {
      this.#timer ??= setTimeout(() => this.#send(), WAIT_MS)
      return
    }
    const before = this.#written
    this.#send()
    await before
  }

  /** Resolves once all are written. */
  async flush(): Promise<void> {
    this.#send()
    await this.#written
  }

  #send(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const several = this.#waiting
    this.#waiting = []
    if (several.length > 0) this.#written = this.#written.then(() => this.write(several))
  }
}
