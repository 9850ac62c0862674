const LF = 0x0a
const CR = 0x0d
const DOT = 0x2e
/** What stands before the only dots that mean something. */
const LINE_END_DOT = Buffer.from('\r\n.')

/** What a piece of a multi-line response holds. */
export interface DotDecoded {
  /** Content with the dots put before dots taken out; may be empty. */
  readonly content: Buffer
  /** How many bytes of the piece belong to the response; fewer than it has only where that ends. */
  readonly consumed: number
  readonly isEnd: boolean
}

/** Where in the response the next byte stands. */
type Place = 'LINE_START' | 'IN_LINE' | 'AFTER_CR' | 'AFTER_DOT' | 'AFTER_DOT_CR'

/**
 * Takes the content out of a multi-line response (RFC 1939 section 3) that comes in pieces, cut
 * anywhere. Only CRLF ends a line: a dot behind a bare LF or CR is content, and only CRLF "." CRLF,
 * or "." CRLF at the very beginning, is the end. The content keeps the CRLF before that dot.
 */
export class DotDecoder {
  #place: Place = 'LINE_START'

  /** Reads the next piece; after the end, a new response begins. */
  decode(piece: Buffer): DotDecoded {
    const output = new PieceWriter(piece)
    let at = 0
    while (at < piece.length) {
      const byte = piece[at]
      switch (this.#place) {
        case 'LINE_START':
          // The dot is held back until what follows tells what it is.
          if (byte === DOT) output.cut(at, at + 1)
          this.#place = byte === DOT ? 'AFTER_DOT' : byte === CR ? 'AFTER_CR' : 'IN_LINE'
          at += 1
          break
        case 'AFTER_DOT':
          if (byte === CR) output.cut(at, at + 1)
          this.#place = byte === CR ? 'AFTER_DOT_CR' : 'IN_LINE'
          at += 1
          break
        case 'AFTER_DOT_CR':
          if (byte === LF) {
            output.cut(at, piece.length)
            this.#place = 'LINE_START'
            return { content: output.end(), consumed: at + 1, isEnd: true }
          }
          // The line begins with a stuffed dot and a bare CR: the CR was content after all.
          output.insertCr(at)
          this.#place = 'AFTER_CR'
          break
        case 'AFTER_CR':
          this.#place = byte === LF ? 'LINE_START' : byte === CR ? 'AFTER_CR' : 'IN_LINE'
          at += 1
          break
        case 'IN_LINE':
          at = this.#skipLines(piece, at)
      }
    }
    return { content: output.end(), consumed: piece.length, isEnd: false }
  }

  /** Goes on to the next dot at the start of a line, or to the end of the piece. */
  #skipLines(piece: Buffer, from: number): number {
    const found = piece.indexOf(LINE_END_DOT, from)
    if (found >= 0) {
      this.#place = 'LINE_START'
      return found + 2
    }
    const last = piece.at(-1)
    const endsLine = last === LF && piece.length - from >= 2 && piece.at(-2) === CR
    this.#place = endsLine ? 'LINE_START' : last === CR ? 'AFTER_CR' : 'IN_LINE'
    return piece.length
  }
}

const ONE_CR = Buffer.from('\r')

/** The parts of a piece that are content, in one buffer: a copy only where something was cut out. */
class PieceWriter {
  readonly #parts: Buffer[] = []
  #from = 0

  constructor(private readonly piece: Buffer) {}

  cut(from: number, to: number): void {
    if (from > this.#from) this.#parts.push(this.piece.subarray(this.#from, from))
    this.#from = to
  }

  insertCr(at: number): void {
    this.cut(at, at)
    this.#parts.push(ONE_CR)
  }

  end(): Buffer {
    this.cut(this.piece.length, this.piece.length)
    const [only = this.piece.subarray(0, 0), ...more] = this.#parts
    return more.length === 0 ? only : Buffer.concat(this.#parts)
  }
}
