import { DotDecoder } from './pop3-dot-decoder.js'
import { parsePop3Challenge, parsePop3Status, type Pop3Status } from './pop3-parser.js'

/** RFC 2449 section 4: 512 octets with the line end. Greetings in the world are longer now and then. */
const STATUS_LINE_MAX = 2_048
/** RFC 5034 section 4 lets challenges be longer than any other line; RFC 4954's figure for SMTP bounds them. */
const CHALLENGE_LINE_MAX = 12_288
const LF = 0x0a
const CR = 0x0d

/** The server says what POP3 does not allow; `line` is what it said, as far as that is known. */
export class Pop3SyntaxError extends Error {
  override name = 'Pop3SyntaxError'

  constructor(
    readonly reason: string,
    readonly line = '',
  ) {
    super(reason)
  }
}

/** A prompt or challenge of SASL (RFC 5034 section 4). */
export interface Pop3Challenge {
  readonly challenge: string
}

/** The end of a multi-line response. */
export const END = Symbol('end of response')

/**
 * Reads a server's responses out of bytes that come in any pieces; no I/O. The caller knows which
 * commands he has sent and so what comes next: he asks for it, and pushes more bytes where the answer
 * is undefined. Throws a {@link Pop3SyntaxError} for what is no POP3; nothing may be read after that.
 */
export class Pop3ResponseParser {
  #input: Buffer = Buffer.alloc(0)
  readonly #dots = new DotDecoder()
  #isEnd = false
  #lastLineEndedInCrlf = true

  /** What has been pushed and not read: where no response is awaited, something the server should not have said. */
  get unread(): Buffer {
    return this.#input
  }

  push(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#input = this.#input.length === 0 ? bytes : Buffer.concat([this.#input, bytes])
  }

  /** A status line. */
  status(): Pop3Status | undefined {
    const line = this.#line(STATUS_LINE_MAX)
    if (line === undefined) return undefined
    const status = parsePop3Status(line)
    if (status === undefined) throw new Pop3SyntaxError('no status line', line)
    return status
  }

  /** A status line, or the challenge that comes instead of one while signing in. */
  statusOrChallenge(): Pop3Status | Pop3Challenge | undefined {
    const line = this.#line(CHALLENGE_LINE_MAX)
    if (line === undefined) return undefined
    const challenge = parsePop3Challenge(line)
    if (challenge !== undefined) return { challenge }
    const status = parsePop3Status(line)
    if (status === undefined) throw new Pop3SyntaxError('no status line', line)
    return status
  }

  /** The next piece of a multi-line response, not empty, dots unstuffed; END behind the last. */
  content(): Buffer | typeof END | undefined {
    // Such a server will not end the response with CRLF either: better an error than a wait.
    if (!this.#lastLineEndedInCrlf) throw new Pop3SyntaxError('lines end with LF alone')
    if (this.#isEnd) {
      this.#isEnd = false
      return END
    }
    if (this.#input.length === 0) return undefined
    const { content, consumed, isEnd } = this.#dots.decode(this.#input)
    this.#input = this.#input.subarray(consumed)
    if (content.length === 0) return isEnd ? END : undefined
    this.#isEnd = isEnd
    return content
  }

  /** A line without its end. LF alone is understood as one; a CR elsewhere is not. */
  #line(maxBytes: number): string | undefined {
    const end = this.#input.indexOf(LF)
    if (end >= maxBytes || (end < 0 && this.#input.length >= maxBytes)) {
      throw new Pop3SyntaxError('endless line', this.#input.toString('utf8', 0, STATUS_LINE_MAX))
    }
    if (end < 0) return undefined
    const isCrlf = this.#input[end - 1] === CR
    const line = this.#input.toString('utf8', 0, isCrlf ? end - 1 : end)
    this.#input = this.#input.subarray(end + 1)
    this.#lastLineEndedInCrlf = isCrlf
    if (line.includes('\r')) throw new Pop3SyntaxError('a bare CR', line)
    return line
  }
}
