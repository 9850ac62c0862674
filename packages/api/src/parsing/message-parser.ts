import { ParseProblem } from '@mailroom/shared'
import type { ParseJob } from './parse-job.ts'
import { failure, ParseThread } from './parse-thread.ts'
import { SAFE_HTML_TIMEOUT_MS } from './parsing-limits.ts'
import type { AttachmentOutcome, HtmlOutcome, ParseOutcome } from './parsed-message.ts'

/** The parser was closed before the message's turn was over; nothing is known of the message. */
export class ParserClosedError extends Error {
  constructor() {
    super('The message parser is closed.')
  }
}

export interface MessageParserOptions {
  /** Messages parsed at the same time. [1] */
  readonly threads?: number
  /** What one message may take; then its thread is ended and another one started. [10 000] */
  readonly timeoutMs?: number
  /** What one message may take of a thread's heap; its bytes are beside the heap. [512] */
  readonly heapMb?: number
}

/** One of the threads, started when it is first needed and again after it has ended. */
interface Seat {
  thread: ParseThread | null
}

/**
 * Parses messages in threads of their own, so that the worst of them costs its time and nothing
 * else: not the event loop, not the process, not the message after it.
 *
 * Calls wait for a free thread in their order; a waiting one holds no copy of its source. Nothing
 * keeps the process alive while no message is parsed.
 */
export class MessageParser {
  readonly #timeoutMs: number
  readonly #heapMb: number
  readonly #seats: readonly Seat[]
  readonly #free: Seat[]
  readonly #waiting: PromiseWithResolvers<Seat>[] = []
  #isClosed = false

  constructor({ threads = 1, timeoutMs = 10_000, heapMb = 512 }: MessageParserOptions = {}) {
    this.#timeoutMs = timeoutMs
    this.#heapMb = heapMb
    this.#seats = Array.from({ length: threads }, () => ({ thread: null }))
    this.#free = [...this.#seats]
  }

  /**
   * Parses a message; the caller keeps its source. Whatever the message is, the promise is
   * fulfilled.
   *
   * @throws ParserClosedError after `close`; and when no thread can be started
   */
  async parse(source: Buffer): Promise<ParseOutcome> {
    const answer = await this.#run(() => ({ kind: 'message', source: new Uint8Array(source) }))
    if ('ok' in answer) return answer
    if (answer.kind === 'message') return { ok: true, message: answer.message }
    return failure(ParseProblem.PARSE_FAILED, 'another answer than was asked for')
  }

  /**
   * Reads the attachment that `parse` described at a position of the same source.
   *
   * @throws as `parse` does
   */
  async readAttachment(source: Buffer, position: number): Promise<AttachmentOutcome> {
    const answer = await this.#run(() => ({
      kind: 'attachment',
      source: new Uint8Array(source),
      position,
    }))
    if ('ok' in answer) return answer
    if (answer.kind === 'attachment')
      return { ok: true, content: Buffer.from(answer.content.buffer) }
    return failure(ParseProblem.PARSE_FAILED, 'another answer than was asked for')
  }

  /**
   * Makes HTML safe to be shown (safe-html.ts), in less time than a message may take: somebody waits.
   *
   * @param source whose pictures it may show
   * @throws as `parse` does
   */
  async sanitise(html: string, source: Buffer | null, showsRemote: boolean): Promise<HtmlOutcome> {
    const answer = await this.#run(
      () => ({
        ...{ kind: 'html', html, showsRemote },
        source: source && new Uint8Array(source),
      }),
      SAFE_HTML_TIMEOUT_MS,
    )
    if ('ok' in answer) return answer
    if (answer.kind === 'html') return { ok: true, html: answer.html }
    return failure(ParseProblem.PARSE_FAILED, 'another answer than was asked for')
  }

  /** Ends the threads, in the middle of a message too; calls that are not done reject with ParserClosedError. */
  async close(): Promise<void> {
    this.#isClosed = true
    const reason = new ParserClosedError()
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason)
    await Promise.all(this.#seats.map(async ({ thread }) => thread?.stop(reason)))
  }

  async #run(prepare: () => ParseJob, timeoutMs = this.#timeoutMs): ReturnType<ParseThread['run']> {
    const seat = await this.#takeSeat()
    try {
      if (this.#isClosed) throw new ParserClosedError()
      if (seat.thread === null || seat.thread.isEnded) seat.thread = new ParseThread(this.#heapMb)
      return await seat.thread.run(prepare(), timeoutMs)
    } finally {
      this.#leaveSeat(seat)
    }
  }

  #takeSeat(): Promise<Seat> {
    if (this.#isClosed) return Promise.reject(new ParserClosedError())
    const seat = this.#free.pop()
    if (seat !== undefined) return Promise.resolve(seat)
    const waiting = Promise.withResolvers<Seat>()
    this.#waiting.push(waiting)
    return waiting.promise
  }

  #leaveSeat(seat: Seat): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(seat)
    else next.resolve(seat)
  }
}
