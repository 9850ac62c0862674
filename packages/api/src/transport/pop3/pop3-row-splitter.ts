import { Pop3SyntaxError } from './pop3-response-parser.js'

const CRLF = Buffer.from('\r\n')
/** What is kept of a row: more than the longest unique id that is accepted. */
const ROW_KEPT_BYTES = 2_048
const FILLER = Buffer.from([0])

interface RowLimits {
  readonly maxRows: number
  readonly maxBytes: number
}

/** Cuts the content of a listing into rows, however it comes in pieces; only CRLF ends one. No I/O. */
export class RowSplitter {
  readonly rows: string[] = []
  readonly #limits: RowLimits
  #bytes = 0
  #begun: Buffer = Buffer.alloc(0)

  constructor(limits: RowLimits) {
    this.#limits = limits
  }

  push(content: Buffer): void {
    this.#bytes += content.length
    if (this.#bytes > this.#limits.maxBytes) throw new Pop3SyntaxError('endless listing')
    const input = this.#begun.length === 0 ? content : Buffer.concat([this.#begun, content])
    let at = 0
    for (let end = input.indexOf(CRLF); end >= 0; end = input.indexOf(CRLF, at)) {
      if (this.rows.length >= this.#limits.maxRows) throw new Pop3SyntaxError('too many rows')
      // The bytes as they are: a unique id that is no ASCII must not look like one.
      this.rows.push(input.toString('latin1', at, Math.min(end, at + ROW_KEPT_BYTES)))
      at = end + CRLF.length
    }
    this.#begun = shorten(input.subarray(at))
  }
}

/** An endless row is not kept; its last byte may be the CR of its end. */
function shorten(begun: Buffer): Buffer {
  if (begun.length <= ROW_KEPT_BYTES + 2) return begun
  return Buffer.concat([begun.subarray(0, ROW_KEPT_BYTES), FILLER, begun.subarray(-1)])
}
