import { DiagnosisProblem } from '@mailroom/shared'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { ChunkQueue } from './chunk-queue.js'
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

/** Hears all that passes, as it is on the wire: secrets are still in it. */
export type WireListener = (from: 'client' | 'server', bytes: Buffer) => void

/** Lines, or bytes as they come, over a socket, both ways; bounded, and every wait ends with the caller's signal. */
export class LineConnection {
  #socket: Socket
  #unread = new ChunkQueue()
  #failure: Error | undefined
  #wake: (() => void) | undefined

  constructor(
    socket: Socket,
    private readonly onWire: WireListener = () => undefined,
  ) {
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
    return { socket, unread: this.takeUnread() }
  }

  /** Goes on over another socket, the one with TLS; nothing read before may count after it. */
  adopt(socket: Socket): void {
    this.#unread = new ChunkQueue()
    this.#failure = undefined
    this.#socket = socket
    this.#attach(socket)
  }

  /** Whether the peer has said something that nobody has read. */
  get hasUnread(): boolean {
    return this.#unread.size > 0
  }

  /** Whether what is said here travels in TLS. */
  get isSecured(): boolean {
    return this.#socket instanceof TLSSocket
  }

  /** Our end's address as SMTP's EHLO names it (RFC 5321 section 4.1.3). */
  get addressLiteral(): string {
    const { localAddress = '127.0.0.1', localFamily } = this.#socket
    return localFamily === 'IPv6' ? `[IPv6:${localAddress}]` : `[${localAddress}]`
  }

  /** The next line without its end. Throws TLS_EXPECTED where the peer answers in TLS. */
  async readLine(signal: AbortSignal): Promise<Buffer> {
    for (;;) {
      if (isTlsAlert(this.#unread.first)) throw new TransportError(DiagnosisProblem.TLS_EXPECTED)
      const end = this.#unread.indexOf(LF)
      if (end > LINE_MAX_BYTES || (end < 0 && this.#unread.size > LINE_MAX_BYTES)) {
        throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'endless line' })
      }
      if (end >= 0) {
        const line = this.#unread.take(end + 1)
        return line.subarray(0, line[end - 1] === CR ? end - 1 : end)
      }
      await this.#more(signal)
    }
  }

  /** Exactly `count` bytes, for an IMAP literal; the caller has bounded it. */
  async readBytes(count: number, signal: AbortSignal): Promise<Buffer> {
    while (this.#unread.size < count) await this.#more(signal, count)
    return this.#unread.take(count)
  }

  /** The bytes that have come, at least one, for a parser of its own. The socket waits while nobody reads. */
  async readChunk(signal: AbortSignal): Promise<Buffer> {
    signal.throwIfAborted()
    while (this.#unread.size === 0) await this.#more(signal)
    return this.takeUnread()
  }

  /** What has come and nobody has read; may be empty. */
  takeUnread(): Buffer {
    return this.#unread.takeAll()
  }

  /** Sends one line. A line end inside it would be a second command (RFC 5321 section 4.1.1): refused. */
  writeLine(line: string): void {
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    if (/[\r\n\u0000]/.test(line)) {
      throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, {
        detail: 'a line end or NUL in an argument',
      })
    }
    this.writeBytes(Buffer.from(`${line}\r\n`))
  }

  /** Sends bytes as they are, for an IMAP literal. */
  writeBytes(bytes: Buffer): void {
    this.onWire('client', bytes)
    this.#socket.write(bytes)
  }

  destroy(): void {
    this.#socket.on('error', () => undefined).destroy()
  }

  async #more(signal: AbortSignal, wanted = 0): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    const arrival = new Promise<void>((resolve) => (this.#wake = resolve))
    if (this.#unread.size < Math.max(BUFFER_MAX_BYTES, wanted)) this.#socket.resume()
    await untilAborted(signal, arrival)
  }

  #attach(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.onWire('server', chunk)
      this.#unread.push(chunk)
      if (this.#unread.size >= BUFFER_MAX_BYTES) socket.pause()
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

/** Whether the first byte of an answer begins a TLS alert: the port wants TLS from the first byte on. */
export function isTlsAlert(first: number | undefined): boolean {
  return first === TLS_ALERT
}
