import { DiagnosisProblem } from '@mailroom/shared'
import type { Socket } from 'node:net'
import { untilAborted } from './deadline.js'
import { toTransportError, TransportError } from './transport-error.js'

/** No reply line of SMTP, POP3 or IMAP comes near; Dovecot takes no more in a command either. */
const LINE_MAX_BYTES = 64 * 1024
/** What may wait unread before the socket is paused. */
const BUFFER_MAX_BYTES = 256 * 1024
const LF = 0x0a
const CR = 0x0d
/** First byte of a TLS record that carries an alert (RFC 8446 section 5.1). */
const TLS_ALERT = 0x15

/** Lines over a socket, both ways; bounded, and every wait ends with the caller's signal. */
export class LineConnection {
  #socket: Socket
  #buffer = Buffer.alloc(0)
  #failure: Error | undefined
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    this.#attach(socket)
  }

  /** The socket below, without our listeners: for the TLS handshake that takes it over. */
  detach(): Socket {
    const socket = this.#socket
    for (const event of ['data', 'end', 'close', 'error']) socket.removeAllListeners(event)
    // Its errors reach the TLS socket too; without a listener here they would end the process.
    return socket.on('error', () => undefined)
  }

  /** The socket below, paused, and what nobody has read of it: for the library that goes on with it. */
  handOver(): { readonly socket: Socket; readonly unread: Buffer } {
    // Without a listener a flowing socket would drop what it reads.
    const socket = this.detach().pause()
    const unread = this.#buffer
    this.#buffer = Buffer.alloc(0)
    return { socket, unread }
  }

  /** Goes on over another socket, the one with TLS; nothing read before may count after it. */
  adopt(socket: Socket): void {
    this.#buffer = Buffer.alloc(0)
    this.#failure = undefined
    this.#socket = socket
    this.#attach(socket)
  }

  /** Whether the peer has said something that nobody has read. */
  get hasUnread(): boolean {
    return this.#buffer.length > 0
  }

  /** Our end's address as SMTP's EHLO names it (RFC 5321 section 4.1.3). */
  get addressLiteral(): string {
    const { localAddress = '127.0.0.1', localFamily } = this.#socket
    return localFamily === 'IPv6' ? `[IPv6:${localAddress}]` : `[${localAddress}]`
  }

  /** The next line without its end. Throws TLS_EXPECTED where the peer answers in TLS. */
  async readLine(signal: AbortSignal): Promise<Buffer> {
    for (;;) {
      if (this.#buffer[0] === TLS_ALERT) throw new TransportError(DiagnosisProblem.TLS_EXPECTED)
      const end = this.#buffer.indexOf(LF)
      if (end > LINE_MAX_BYTES || (end < 0 && this.#buffer.length > LINE_MAX_BYTES)) {
        throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'endless line' })
      }
      if (end >= 0) {
        const line = this.#take(end + 1)
        return line.subarray(0, line[end - 1] === CR ? end - 1 : end)
      }
      await this.#more(signal)
    }
  }

  /** Exactly `count` bytes, for an IMAP literal; the caller has bounded it. */
  async readBytes(count: number, signal: AbortSignal): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more(signal, count)
    return this.#take(count)
  }

  /** Sends one line. A line end inside it would be a second command (RFC 5321 section 4.1.1): refused. */
  writeLine(line: string): void {
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    if (/[\r\n\u0000]/.test(line)) {
      throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, {
        detail: 'a line end or NUL in an argument',
      })
    }
    this.#socket.write(`${line}\r\n`)
  }

  /** Sends bytes as they are, for an IMAP literal. */
  writeBytes(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  destroy(): void {
    this.#socket.on('error', () => undefined).destroy()
  }

  #take(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  async #more(signal: AbortSignal, wanted = 0): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    const arrival = new Promise<void>((resolve) => (this.#wake = resolve))
    if (this.#buffer.length < Math.max(BUFFER_MAX_BYTES, wanted)) this.#socket.resume()
    await untilAborted(signal, arrival)
  }

  #attach(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      if (this.#buffer.length >= BUFFER_MAX_BYTES) socket.pause()
      this.#wake?.()
    })
    socket.on('error', (error) => this.#fail(toTransportError(error)))
    const close = () => this.#fail(new TransportError(DiagnosisProblem.CONNECTION_LOST))
    socket.once('end', close).once('close', close)
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    this.#wake?.()
  }
}
