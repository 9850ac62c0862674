/** A wall clock for a step that a library runs: wound up as the step begins, and once it strikes all is over. */
export class StepClock {
  #timer: NodeJS.Timeout | undefined
  #progress = 0

  constructor(
    private readonly timeoutMs: number,
    private readonly strike: () => void,
  ) {}

  /** Begins a step that ends within the time-out, whatever comes. */
  start(): void {
    this.stop()
    this.#timer = setTimeout(this.strike, this.timeoutMs)
  }

  /**
   * Begins a step in which a body moves: each time-out must bring `floorBytes` of it, and the whole
   * ends at `endMs` (performance.now()). Slow is allowed so, dripping is not.
   */
  startMoving(floorBytes: number, endMs: number): void {
    this.stop()
    this.#progress = 0
    const check = () => {
      if (this.#progress < floorBytes || performance.now() > endMs) return this.strike()
      this.#progress = 0
      this.#timer = setTimeout(check, this.timeoutMs)
    }
    this.#timer = setTimeout(check, this.timeoutMs)
  }

  /** Counts bytes of the body that has moved. */
  moved(bytes: number): void {
    this.#progress += bytes
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
