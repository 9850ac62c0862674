import { DiagnosisProblem } from '@mailroom/shared'
import { TransportError } from '../transport-error.js'
import type { OpenContent, Pop3Exchange } from './pop3-exchange.js'
import type { ReceivePace } from './receive-pace.js'

export interface BodyLimits {
  /** A message may have so many bytes. */
  readonly maxBytes: number
  /**
   * POP3 cannot break off an answer: one over the limit is read on and thrown away up to this many
   * bytes; where it is longer the connection is closed.
   */
  readonly skipUpToBytes: number
}

/** A message has more bytes than the caller allows. */
export class MessageTooLarge extends Error {
  override name = 'MessageTooLarge'

  constructor(
    /** How many bytes it has, or were read before the connection was closed. */
    readonly bytesRead: number,
    readonly sessionEnded: boolean,
  ) {
    super('the message is over the limit')
  }
}

/**
 * The bytes of a message as they come, dots unstuffed; whoever does not read holds the server up.
 * Read it once, as an iterable or collected. Only an iteration that ends without an error was the
 * whole message.
 */
export class Pop3Body implements OpenContent, AsyncIterable<Buffer> {
  #bytesRead = 0
  #isDone = false
  #failure: MessageTooLarge | undefined

  constructor(
    private readonly exchange: Pop3Exchange,
    private readonly pace: ReceivePace,
    private readonly limits: BodyLimits,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    for (let piece = await this.#read(); piece !== undefined; piece = await this.#read()) {
      yield piece
    }
  }

  /** The whole message in one buffer. */
  async collect(): Promise<Buffer> {
    // Grown by doubling: pieces kept one by one would cost a hundred times the bytes of the smallest.
    let collected = Buffer.alloc(0)
    let size = 0
    for await (const piece of this) {
      if (size + piece.length > collected.length) {
        const grown = Buffer.allocUnsafe(Math.max(collected.length * 2, size + piece.length))
        collected.copy(grown, 0, 0, size)
        collected = grown
      }
      piece.copy(collected, size)
      size += piece.length
    }
    return size === collected.length ? collected : Buffer.from(collected.subarray(0, size))
  }

  /** Reads what is left of it and throws it away. */
  async skip(): Promise<void> {
    try {
      while ((await this.#read()) !== undefined);
    } catch (error) {
      if (!(error instanceof MessageTooLarge)) throw error
    }
  }

  async #read(): Promise<Buffer | undefined> {
    if (this.#failure !== undefined) throw this.#failure
    const piece = await this.#next()
    if (piece === undefined || this.#bytesRead <= this.limits.maxBytes) return piece
    this.#failure = await this.#skipRest()
    throw this.#failure
  }

  async #skipRest(): Promise<MessageTooLarge> {
    while (this.#bytesRead <= this.limits.skipUpToBytes) {
      if ((await this.#next()) === undefined) return new MessageTooLarge(this.#bytesRead, false)
    }
    const detail = 'closed behind a message over the limit'
    this.exchange.end(new TransportError(DiagnosisProblem.CONNECTION_LOST, { detail }))
    return new MessageTooLarge(this.#bytesRead, true)
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.#isDone) return undefined
    const piece = await this.pace.wait((signal) => this.exchange.content(signal))
    if (piece === undefined) this.#isDone = true
    else {
      this.#bytesRead += piece.length
      this.pace.received(piece.length)
    }
    return piece
  }
}
