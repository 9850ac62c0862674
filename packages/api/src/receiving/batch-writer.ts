/** What a message weighs in memory until it is stored. */
interface Sized {
  readonly sizeBytes: number
}

/** So many are stored by one COMMIT, which is the dear part; whichever comes first. */
const BATCH_MESSAGES = 500
const BATCH_BYTES = 8 * 1024 * 1024

/**
 * Stores batches while the next messages are fetched. At most two batches are in memory: one that is
 * being committed and one that fills. Each is stored in its turn.
 */
export class BatchWriter<T extends Sized> {
  #batch: T[] = []
  #batchBytes = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(private readonly write: (batch: readonly T[]) => Promise<void>) {}

  /** Resolves once there is room for more; rejects where an earlier batch could not be stored. */
  async add(item: T): Promise<void> {
    this.#batch.push(item)
    this.#batchBytes += item.sizeBytes
    if (this.#batch.length >= BATCH_MESSAGES || this.#batchBytes >= BATCH_BYTES) await this.#next()
  }

  /** Resolves once all of it is stored. */
  async flush(): Promise<void> {
    await this.#next()
    await this.#writing
  }

  /** Resolves once what is being stored is stored, or could not be; the rest is let go. */
  async abandon(): Promise<void> {
    this.#batch = []
    await this.#writing.catch(() => undefined)
  }

  async #next(): Promise<void> {
    await this.#writing
    const batch = this.#batch
    this.#batch = []
    this.#batchBytes = 0
    if (batch.length === 0) return
    this.#writing = this.write(batch)
    // Whoever adds or flushes next hears of it; nobody may be listening before.
    this.#writing.catch(() => undefined)
  }
}
