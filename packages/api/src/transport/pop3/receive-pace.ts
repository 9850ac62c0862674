import { withDeadline } from '../deadline.js'

/** A body that moves slower than this is taken for a stalled one. */
const FLOOR_BYTES_PER_SECOND = 256

/**
 * The clock of something long that a server sends. Each time-out's worth of waiting must bring
 * {@link FLOOR_BYTES_PER_SECOND} on average: a slow line is allowed so, a dripping server is not.
 * Only waiting for the server counts, not what we do with its bytes.
 */
export class ReceivePace {
  readonly #signal: AbortSignal
  readonly #timeoutMs: number | undefined
  #leftMs = 0
  #bytes = 0

  /** Without a time-out only the caller's signal ends a wait. */
  constructor(signal: AbortSignal, timeoutMs: number | undefined) {
    this.#signal = signal
    this.#timeoutMs = timeoutMs
    this.restart()
  }

  /** Begins the time-out anew, for the next step. */
  restart(): void {
    this.#leftMs = this.#timeoutMs ?? 0
    this.#bytes = 0
  }

  /** Waits for something of the server. */
  async wait<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#timeoutMs === undefined) return work(this.#signal)
    const began = performance.now()
    const result = await withDeadline(Math.max(0, this.#leftMs), this.#signal, work)
    this.#leftMs -= performance.now() - began
    return result
  }

  /** Counts what has come. */
  received(bytes: number): void {
    if (this.#timeoutMs === undefined) return
    this.#bytes += bytes
    if (this.#bytes >= (FLOOR_BYTES_PER_SECOND * this.#timeoutMs) / 1_000) this.restart()
  }
}
