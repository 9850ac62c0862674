import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** Stands between a connection and the library that goes on with it. */
export interface HandOver {
  /** What the library reads first: a greeting, since the server's own has been read. */
  readonly prologue: Buffer
  /** Sees each write first; answers it itself by returning bytes, refuses it by throwing, else it goes to the server. */
  readonly onWrite: (chunk: Buffer) => Buffer | undefined
  /** Sees what the server has said before the library does. */
  readonly onRead: (chunk: Buffer) => void
  /** Hears that bytes have left. */
  readonly onFlush?: ((bytes: number) => void) | undefined
}

/**
 * An open, protected and signed-in connection as nodemailer and imapflow take one over. They believe
 * in a connection that has just begun; what has been said is not said again. Their inactivity timers
 * have no say here: each step has our clock.
 */
export class HandedOverSocket extends Duplex {
  readonly #socket: Socket
  readonly #handOver: HandOver

  constructor(socket: Socket, handOver: HandOver) {
    super({ allowHalfOpen: true, emitClose: true })
    this.#socket = socket
    this.#handOver = handOver
    this.push(handOver.prologue)
    socket.on('data', (chunk: Buffer) => {
      handOver.onRead(chunk)
      if (!this.destroyed && !this.push(chunk)) socket.pause()
    })
    socket.once('end', () => this.push(null))
    socket.once('error', (error) => this.destroy(error))
    socket.once('close', () => this.destroy())
    // A socket whose end came before we listened says no more.
    if (socket.destroyed) this.destroy()
  }

  /** Nothing: see above. */
  setTimeout(): this {
    return this
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    let answer: Buffer | undefined
    try {
      answer = this.#handOver.onWrite(chunk)
    } catch (error) {
      return done(error instanceof Error ? error : new Error('refused', { cause: error }))
    }
    if (answer !== undefined) {
      this.push(answer)
      return done()
    }
    this.#socket.write(chunk, (error) => {
      if (!error) this.#handOver.onFlush?.(chunk.length)
      done(error)
    })
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}
