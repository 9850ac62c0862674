import { DiagnosisProblem } from '@mailroom/shared'
import { isTlsAlert, type LineConnection } from '../line-connection.js'
import { notThisProtocol, protocolError } from '../peer-errors.js'
import type { Redact } from '../redact.js'
import { TransportError } from '../transport-error.js'
import { conceal } from './conceal.js'
import type { Pop3Status } from './pop3-parser.js'
import {
  END,
  Pop3ResponseParser,
  Pop3SyntaxError,
  type Pop3Challenge,
} from './pop3-response-parser.js'
import { RowSplitter } from './pop3-row-splitter.js'

interface ListingLimits {
  readonly maxRows: number
  readonly maxBytes: number
}

/** The content of a response that is still being read. */
export interface OpenContent {
  /** Reads on to its end. */
  skip(): Promise<void>
}

/** Much more than `Redact` lets through: what is cut here must not leave the beginning of a secret in sight. */
const SHOWN_BYTES = 2_048
const outOfTurn = () => new Error('a POP3 command while answers are due')
/** Nobody but `listing` reads its content. */
const LISTING: OpenContent = { skip: () => Promise.reject(outOfTurn()) }

/**
 * Commands out, responses in, in step: it knows how many answers are due. Whatever puts the two sides
 * out of step (an answer to nothing, an abandoned wait, a lost connection) ends it for good; the
 * connection is closed then, and no further command leaves.
 */
export class Pop3Exchange {
  readonly #connection: LineConnection
  readonly #redact: Redact
  #parser = new Pop3ResponseParser()
  #secrets: readonly string[] = []
  /** Answers that have not been read to their end. */
  #due = 0
  #open: OpenContent | undefined
  /** Somebody is about to send a command. */
  #isReserved = false
  #isQuitting = false
  #end: Error | undefined

  constructor(connection: LineConnection, redact: Redact) {
    this.#connection = connection
    this.#redact = redact
  }

  get hasEnded(): boolean {
    return this.#end !== undefined
  }

  /** Whether QUIT has been sent. */
  get isQuitting(): boolean {
    return this.#isQuitting
  }

  /** Answers that are due beyond the one whose content is being read. */
  get dueBeyondContent(): number {
    return this.#due - (this.#open === undefined ? 0 : 1)
  }

  /** What the server said, fit to be shown. */
  readonly show: Redact = (text) => this.#redact(conceal(text, this.#secrets))

  /** Something secret is about to be sent that the caller's redaction does not know. */
  keepSecret(secret: string): void {
    this.#secrets = [...this.#secrets, secret]
  }

  /** The status line with which the server begins. */
  async greeting(signal: AbortSignal): Promise<Pop3Status> {
    return this.#read(signal, () => {
      try {
        return this.#status()
      } catch (error) {
        if (!(error instanceof Pop3SyntaxError) || error.reason !== 'no status line') throw error
        throw notThisProtocol(error.line, this.show)
      }
    })
  }

  /** One command and its status line. */
  async command(line: string, signal: AbortSignal): Promise<Pop3Status> {
    await this.getReady(signal)
    this.send([line])
    return this.status(signal)
  }

  /** QUIT; nothing may follow its answer. */
  async quit(signal: AbortSignal): Promise<Pop3Status> {
    await this.getReady(signal)
    this.#isQuitting = true
    this.send(['QUIT'])
    const status = await this.status(signal)
    this.end(new Error('a POP3 command after QUIT'))
    return status
  }

  /** One line of signing in, and the status or challenge that answers it (RFC 5034 section 4). */
  async converse(line: string, signal: AbortSignal): Promise<Pop3Status | Pop3Challenge> {
    await this.getReady(signal)
    this.send([line])
    const answer = await this.#read(signal, () => {
      this.#refuseTls()
      return this.#parser.statusOrChallenge()
    })
    this.#due -= 1
    return answer
  }

  /** One command and the rows of its answer; none where the status is not OK. */
  async listing(
    line: string,
    limits: ListingLimits,
    signal: AbortSignal,
  ): Promise<{ readonly status: Pop3Status; readonly rows: readonly string[] }> {
    await this.getReady(signal)
    this.send([line])
    const status = await this.status(signal, LISTING)
    const splitter = new RowSplitter(limits)
    if (!status.ok) return { status, rows: [] }
    await this.#read(signal, () => {
      for (;;) {
        const content = this.#parser.content()
        if (content === undefined || content === END) return content
        splitter.push(content)
      }
    })
    this.#closeContent()
    return { status, rows: splitter.rows }
  }

  /** Sends commands without waiting for their answers; each is due from now on. */
  send(lines: readonly string[]): void {
    this.#requireGoing()
    this.#isReserved = false
    for (const line of lines) this.#connection.writeLine(line)
    this.#due += lines.length
  }

  /** The next due status line. Where it is OK and `content` is given, content follows and is read before any other answer. */
  async status(signal: AbortSignal, content?: OpenContent): Promise<Pop3Status> {
    this.#requireGoing()
    if (this.#open !== undefined || this.#due === 0) throw new Error('no status is due')
    const status = await this.#read(signal, () => this.#status())
    if (status.ok && content !== undefined) this.#open = content
    else this.#due -= 1
    return status
  }

  /** The next piece of the open content; undefined at its end. */
  async content(signal: AbortSignal): Promise<Buffer | undefined> {
    this.#requireGoing()
    if (this.#open === undefined) throw new Error('no content is due')
    const piece = await this.#read(signal, () => this.#parser.content())
    if (piece !== END) return piece
    this.#closeContent()
    return undefined
  }

  /** Reads the rest of an open content. */
  async finishContent(): Promise<void> {
    await this.#open?.skip()
  }

  /** Makes sure that the server is waiting for a command: it has answered all and says nothing more. `send` must follow. */
  async getReady(signal: AbortSignal): Promise<void> {
    this.#requireGoing()
    signal.throwIfAborted()
    if (this.#isReserved || this.dueBeyondContent > 0) throw outOfTurn()
    this.#isReserved = true
    try {
      await this.#finishContentUntil(signal)
      this.#requireGoing()
      this.requireSilence()
    } catch (error) {
      this.#isReserved = false
      throw error
    }
  }

  /** Ends the exchange where the server has said what nobody asked for. */
  requireSilence(
    problem: DiagnosisProblem = DiagnosisProblem.PROTOCOL_ERROR,
    what = 'an answer to no command',
  ): void {
    this.#parser.push(this.#connection.takeUnread())
    const { unread } = this.#parser
    if (unread.length === 0) return
    const detail = this.show(`${what} ${unread.toString('utf8', 0, SHOWN_BYTES)}`.trimEnd())
    throw this.end(new TransportError(problem, { detail }))
  }

  /** Ends it and closes the connection; every further command fails for the first such reason. */
  end(reason: Error): Error {
    this.#end ??= reason
    this.#connection.destroy()
    return reason
  }

  async #read<T>(signal: AbortSignal, parse: () => T | undefined): Promise<T> {
    this.#requireGoing()
    const settle = this.#endOnAbort(signal)
    try {
      signal.throwIfAborted()
      for (;;) {
        const value = parse()
        if (value !== undefined) return value
        this.#parser.push(await this.#connection.readChunk(signal))
      }
    } catch (error) {
      throw this.end(this.#toFailure(error))
    } finally {
      settle()
    }
  }

  /** What is left of an earlier answer is waited for only as long as this caller wants. */
  async #finishContentUntil(signal: AbortSignal): Promise<void> {
    if (this.#open === undefined) return
    const settle = this.#endOnAbort(signal)
    try {
      await this.finishContent()
    } catch (error) {
      throw this.#end ?? error
    } finally {
      settle()
    }
  }

  /** Ends the exchange with the signal, at once: whoever else hears of the abort must find it ended. */
  #endOnAbort(signal: AbortSignal): () => void {
    const abandon = () => this.end(this.#toFailure(signal.reason))
    signal.addEventListener('abort', abandon, { once: true })
    return () => signal.removeEventListener('abort', abandon)
  }

  #closeContent(): void {
    this.#open = undefined
    this.#due -= 1
  }

  #status(): Pop3Status | undefined {
    this.#refuseTls()
    return this.#parser.status()
  }

  #refuseTls(): void {
    if (isTlsAlert(this.#parser.unread[0])) throw new TransportError(DiagnosisProblem.TLS_EXPECTED)
  }

  #requireGoing(): void {
    if (this.#end !== undefined) throw this.#end
  }

  #toFailure(error: unknown): Error {
    if (error instanceof Pop3SyntaxError) {
      const { reason, line } = error
      return protocolError(line === '' ? reason : `${reason}: ${line}`, this.show)
    }
    return error instanceof Error ? error : new Error('a wait was abandoned', { cause: error })
  }
}
