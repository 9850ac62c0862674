/** Bytes that have arrived and that nobody has read: kept as they came, joined only when they are taken. */
export class ChunkQueue {
  #chunks: Buffer[] = []
  #size = 0
  /** So many bytes from the front hold no LF; they are not looked through again. */
  #searched = 0

  get size(): number {
    return this.#size
  }

  get first(): number | undefined {
    return this.#chunks[0]?.[0]
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  /** Where the first `byte` is; -1 without one. Always ask for the same one. */
  indexOf(byte: number): number {
    let start = 0
    for (const chunk of this.#chunks) {
      const from = Math.max(0, this.#searched - start)
      const found = from < chunk.length ? chunk.indexOf(byte, from) : -1
      if (found >= 0) return start + found
      start += chunk.length
    }
    this.#searched = this.#size
    return -1
  }

  /** The first `count` bytes, which must be there. */
  take(count: number): Buffer {
    const taken: Buffer[] = []
    let missing = count
    let whole = 0
    for (const chunk of this.#chunks) {
      if (missing === 0) break
      taken.push(chunk.subarray(0, missing))
      if (chunk.length > missing) {
        this.#chunks[whole] = chunk.subarray(missing)
        missing = 0
      } else {
        missing -= chunk.length
        whole += 1
      }
    }
    this.#chunks.splice(0, whole)
    this.#size -= count
    this.#searched = Math.max(0, this.#searched - count)
    const [only, ...more] = taken
    return only !== undefined && more.length === 0 ? only : Buffer.concat(taken)
  }

  /** All bytes. */
  takeAll(): Buffer {
    return this.take(this.#size)
  }
}
