const LF = 0x0a
/** "{", 19 digits, "}", CR, LF. */
const MARKER_MAX = 24

/** Counts the bytes of literals in what a server says (RFC 3501 section 4.3): the only bytes that are mail. */
export class LiteralMeter {
  #left = 0
  #tail = ''

  /** How many bytes of this chunk are inside literals. */
  read(chunk: Buffer): number {
    let at = 0
    let inside = 0
    while (at < chunk.length) {
      if (this.#left > 0) {
        const count = Math.min(this.#left, chunk.length - at)
        this.#left -= count
        inside += count
        at += count
      } else at = this.#readLine(chunk, at)
    }
    return inside
  }

  #readLine(chunk: Buffer, from: number): number {
    const found = chunk.indexOf(LF, from)
    const end = found < 0 ? chunk.length : found + 1
    const piece = chunk.toString('latin1', Math.max(from, end - MARKER_MAX), end)
    this.#tail = (this.#tail + piece).slice(-MARKER_MAX)
    if (found >= 0) {
      this.#left = Number(/\{(\d{1,19})\}\r?\n$/.exec(this.#tail)?.[1] ?? 0)
      this.#tail = ''
    }
    return end
  }
}
