import { DiagnosisProblem } from '@mailroom/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Socket } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import { untilAborted } from '../deadline.js'
import { HandedOverSocket } from '../handed-over-socket.js'
import { protocolError } from '../peer-errors.js'
import type { Redact } from '../redact.js'
import type { SendOrder } from '../sender.js'
import { StepClock } from '../step-clock.js'
import { problemOf, TransportError } from '../transport-error.js'
import { messageChunks } from './message-source.js'
import type { PreparedEnvelope } from './prepare-envelope.js'
import { SmtpDialogue, type SmtpExchange } from './smtp-dialogue.js'
import type { SmtpExtensions } from './smtp-reply-parser.js'

/** A body may move slowly, to this end at most; in each time-out at least so much of it. */
const BODY_MAX_MS = 30 * 60_000
const BODY_FLOOR_BYTES = 1

/** Nodemailer on our connection, under our clocks and our reading of what the server says. */
export class SmtpCourier {
  readonly #stream: HandedOverSocket
  readonly #connection: SMTPConnection
  readonly #dialogue: SmtpDialogue
  readonly #clock: StepClock
  /** Aborts with the reason why nothing more may be waited for. */
  readonly #end = new AbortController()
  #violation: TransportError | undefined
  #hasBegunData = false
  #bodyEndMs = 0

  constructor(socket: Socket, extensions: SmtpExtensions, timeoutMs: number, redact: Redact) {
    this.#clock = new StepClock(timeoutMs, () =>
      this.#fail(new TransportError(DiagnosisProblem.TIMEOUT)),
    )
    this.#dialogue = new SmtpDialogue(extensions, {
      onCommand: () => this.#clock.start(),
      onReply: () => this.#clock.stop(),
      onBody: () => {
        this.#hasBegunData = true
        this.#bodyEndMs = performance.now() + BODY_MAX_MS
        this.#clock.startMoving(BODY_FLOOR_BYTES, this.#bodyEndMs)
      },
      onDot: () => this.#clock.start(),
      onViolation: (line) => {
        this.#violation = protocolError(line, redact)
        this.#fail(this.#violation)
      },
    })
    this.#stream = new HandedOverSocket(socket, {
      prologue: Buffer.from('220 handed over\r\n'),
      onWrite: (chunk) => this.#dialogue.written(chunk),
      onRead: (chunk) => this.#dialogue.read(chunk),
      onFlush: (bytes) => this.#clock.moved(bytes),
    })
    this.#connection = new SMTPConnection({
      connection: asSocket(this.#stream),
      // Protected and signed in already, or as clear as was asked for: nodemailer decides neither.
      secure: false,
      ignoreTLS: true,
      logger: false,
    })
    this.#connection.on('error', (error: unknown) => this.#fail(asTransportError(error)))
    this.#connection.on('end', () =>
      this.#fail(new TransportError(DiagnosisProblem.CONNECTION_LOST)),
    )
  }

  get exchanges(): readonly SmtpExchange[] {
    return this.#dialogue.exchanges
  }
  get isDotWritten(): boolean {
    return this.#dialogue.isDotWritten
  }
  get hasBegunData(): boolean {
    return this.#hasBegunData
  }
  /** Where the server has left the protocol: nothing that it said counts. */
  get violation(): TransportError | undefined {
    return this.#violation
  }
  /** What ended the connection, if it has ended. */
  get ending(): { readonly reason: unknown } | undefined {
    const { aborted } = this.#end.signal
    const reason: unknown = this.#end.signal.reason
    return aborted ? { reason } : undefined
  }

  /** Lets nodemailer greet; nothing of it reaches the server. */
  begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#connection.connect((error) => (error ? reject(error) : resolve()))
    })
  }

  /** Sends one message; rejects with whatever ended it, `exchanges` tells what was said. */
  async carry(envelope: PreparedEnvelope, order: SendOrder): Promise<void> {
    this.#dialogue.reset()
    this.#hasBegunData = false
    const cancel = () => this.#fail(order.signal?.reason)
    order.signal?.addEventListener('abort', cancel, { once: true })
    try {
      await untilAborted(this.#end.signal, this.#send(envelope, order))
    } finally {
      order.signal?.removeEventListener('abort', cancel)
      this.#clock.stop()
    }
  }

  #send({ from, to }: PreparedEnvelope, order: SendOrder): Promise<void> {
    const { sizeBytes: size, source, beforeFinalDot } = order
    const envelope = { from, to: [...to], size, use8BitMime: true }
    const body = Readable.from(this.#body(source, beforeFinalDot), { objectMode: false })
    return new Promise((resolve, reject) => {
      this.#connection.send(envelope, body, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** The message, and at its end the mark after which nobody can say that the server has not got it. */
  async *#body(source: SendOrder['source'], beforeFinalDot: SendOrder['beforeFinalDot']) {
    yield* messageChunks(source)
    if (beforeFinalDot !== undefined) {
      this.#clock.stop()
      await beforeFinalDot()
    }
    // Too late: the dot must not follow where the message is known to have failed.
    this.#end.signal.throwIfAborted()
    this.#dialogue.expectDot()
    // What is still in our buffers moves as the rest did; the dot has a clock of its own.
    this.#clock.startMoving(BODY_FLOOR_BYTES, this.#bodyEndMs)
  }

  /** Lets the clock rest between messages. */
  rest(): void {
    this.#clock.stop()
  }

  async quit(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#connection.once('end', () => resolve()))
    this.#connection.quit()
    await ended
  }

  destroy(): void {
    this.#clock.stop()
    this.#connection.close()
    this.#stream.destroy()
  }

  #fail(reason: unknown): void {
    if (this.#end.signal.aborted) return
    this.#end.abort(reason)
    this.destroy()
  }
}

/**
 * Nodemailer's error without the server's words, which may repeat what was sent; the dialogue has
 * them. It names the system's code `originalCode`.
 */
function asTransportError(error: unknown): Error {
  const { code, originalCode } = codesOf(error)
  if (code === 'ESTREAM' && error instanceof Error) return error
  if (code === 'EPROTOCOL') {
    return new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'endless reply' })
  }
  const system = Object.assign(new Error(), { code: originalCode ?? code })
  return new TransportError(problemOf(system) ?? DiagnosisProblem.CONNECTION_LOST)
}

function codesOf(error: unknown): { code?: unknown; originalCode?: unknown } {
  return typeof error === 'object' && error !== null ? error : {}
}

/** Nodemailer wants a net.Socket and uses of it what a HandedOverSocket has. */
function asSocket(stream: Duplex): Socket {
  if (!isSocketEnough(stream)) throw new TypeError('not a socket')
  return stream
}

function isSocketEnough(stream: Duplex): stream is Socket {
  return 'setTimeout' in stream
}
