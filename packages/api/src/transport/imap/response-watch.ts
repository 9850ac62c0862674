const LF = 0x0a
/** "{", 19 digits, "}", CR, LF. */
const MARKER_MAX = 24
/** A tag and a response code with a number. */
const START_MAX = 128

/**
 * Reads along with what a server says. Counts the bytes of literals (RFC 3501 section 4.3), the only
 * bytes that are mail, and hears of what is announced outside of them.
 */
export class ResponseWatch {
  #left = 0
  #start = ''
  #tail = ''

  constructor(
    /** Hears of each OK with a UIDVALIDITY (RFC 3501 section 7.1), which names the mailbox. */
    private readonly onIdentity: (uidValidity: bigint) => void,
  ) {}

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
    const room = START_MAX - this.#start.length
    if (room > 0) this.#start += chunk.toString('latin1', from, Math.min(end, from + room))
    if (found >= 0) this.#endLine()
    return end
  }

  #endLine(): void {
    this.#left = Number(/\{(\d{1,19})\}\r?\n$/.exec(this.#tail)?.[1] ?? 0)
    const identity = /^\S+ OK \[UIDVALIDITY (\d{1,19})\b/i.exec(this.#start)?.[1]
    this.#tail = ''
    this.#start = ''
    if (identity !== undefined) this.onIdentity(BigInt(identity))
  }
}
