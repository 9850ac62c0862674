import { DiagnosisProblem, type DiagnosisStepKind } from '@mailroom/shared'
import { ImapFlow } from 'imapflow'
import { withDeadline } from '../deadline.js'
import { HandedOverSocket } from '../handed-over-socket.js'
import type { OpenedSession } from '../open-session.js'
import type { Redact } from '../redact.js'
import { asStepFailure } from '../step-failure.js'
import { TransportError } from '../transport-error.js'
import { imapFailure } from './imap-failure.js'
import type { ImapSession } from './imap-session.js'
import { ResponseWatch } from './response-watch.js'

/** What a message may be over the limit to be refused alone, and what a response has around it. */
const LITERAL_SLACK_BYTES = 64 * 1024
const RESPONSE_SLACK_BYTES = 2 * 1024 * 1024
const LINE_MAX_BYTES = 1024 * 1024
/** A list of 200,000 UIDs is no tokens; all else is small. */
const TOKENS_MAX = 100_000
/** Imapflow's own timers measure inactivity and are the second line: ours strike first. */
const IDLE_MAX_MS = 60 * 60_000

/**
 * Imapflow on our connection: it finds itself signed in (PREAUTH, RFC 3501 section 7.1.4), asks for
 * the capabilities anew, since they differ after signing in, and never sees credentials.
 */
export class ImapLink {
  readonly client: ImapFlow
  readonly #redact: Redact
  readonly #stream: HandedOverSocket
  readonly #watch = new ResponseWatch((uidValidity) => this.#meet(uidValidity))
  #uidValidity = 0n
  /** UIDs are in use: no other mailbox may take the place of this one. */
  #isSettled = false
  /** Aborts with the reason why nothing more may be waited for. */
  readonly #end = new AbortController()
  #onLiteral: ((bytes: number) => void) | undefined

  constructor(
    { connection, redact }: OpenedSession<ImapSession>,
    private readonly limits: { readonly timeoutMs: number; readonly maxBytes: number },
  ) {
    this.#redact = redact
    const { socket, unread } = connection.handOver()
    this.#stream = new HandedOverSocket(socket, {
      prologue: Buffer.concat([Buffer.from('* PREAUTH handed over\r\n'), unread]),
      onWrite: (chunk) => this.#refuseExpunge(chunk),
      onRead: (chunk) => {
        const bytes = this.#watch.read(chunk)
        this.#onLiteral?.(bytes)
      },
    })
    this.client = new ImapFlow({
      host: 'localhost',
      port: 143,
      secure: false,
      doSTARTTLS: false,
      logger: false,
      clientInfo: { name: 'Mailroom', version: false, vendor: false, 'support-url': false },
      disableAutoIdle: true,
      disableCompression: true,
      disableAutoEnable: true,
      disableBinary: true,
      disableIMAP4rev2: true,
      maxLiteralSize: limits.maxBytes + LITERAL_SLACK_BYTES,
      maxLineLength: LINE_MAX_BYTES,
      maxResponseSize: limits.maxBytes + RESPONSE_SLACK_BYTES,
      maxResponseTokens: TOKENS_MAX,
      socketTimeout: IDLE_MAX_MS,
      maxLockHoldTime: 0,
      transport: {
        connect: (_options, onConnect) => {
          setImmediate(onConnect)
          return this.#stream
        },
      },
    })
    // Without a listener it would end the process; and only it knows why a command was given up.
    this.client.on('error', (error) => this.fail(error))
    this.client.on('close', () =>
      this.fail(
        new TransportError(DiagnosisProblem.CONNECTION_LOST, { detail: this.#byeReason() }),
      ),
    )
  }

  /** Runs one step under its wall clock; whatever fails ends the connection. */
  async step<T>(
    kind: DiagnosisStepKind,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      const result = await withDeadline(this.limits.timeoutMs, signal, work)
      // Imapflow answers "no" where the connection has gone in the midst of a command.
      this.#end.signal.throwIfAborted()
      return result
    } catch (error) {
      this.fail(error)
      signal?.throwIfAborted()
      throw this.failureOf(kind, error)
    }
  }

  /** Why it failed: the reason that ended the connection, where there is one, tells more than `error`. */
  failureOf(kind: DiagnosisStepKind, error: unknown): Error {
    const { aborted } = this.#end.signal
    const reason: unknown = aborted ? this.#end.signal.reason : error
    return asStepFailure(kind, imapFailure(reason, this.#redact))
  }

  /**
   * The UIDVALIDITY of the mailbox that has been opened, undefined where the server gives none. From now
   * on another one ends the connection: the UIDs that we know name other messages there (RFC 3501
   * section 2.3.1.1), and must be neither marked nor removed.
   */
  settleIdentity(): string | undefined {
    this.#isSettled = true
    return this.#uidValidity === 0n ? undefined : String(this.#uidValidity)
  }

  /** Hears of bytes of mail that arrive, until told otherwise. */
  listen(onLiteral: ((bytes: number) => void) | undefined): void {
    this.#onLiteral = onLiteral
  }

  /** Ends the connection for a reason; the first one counts. */
  fail(reason: unknown): void {
    if (!this.#end.signal.aborted) this.#end.abort(reason)
    this.#close()
  }

  #meet(uidValidity: bigint): void {
    if (this.#isSettled && uidValidity !== this.#uidValidity) {
      this.fail(new TransportError(DiagnosisProblem.MAILBOX_CHANGED))
    }
    this.#uidValidity = uidValidity
  }

  #byeReason(): string | undefined {
    const { byeReason } = this.client
    return typeof byeReason === 'string' ? this.#redact(byeReason) : undefined
  }

  #close(): void {
    this.client.close()
    this.#stream.destroy()
  }

  /** Imapflow sends a plain EXPUNGE where UIDPLUS is gone; it would take what others have marked. */
  #refuseExpunge(chunk: Buffer): undefined {
    if (/^\S+ EXPUNGE\r\n/i.test(chunk.toString('latin1', 0, 64))) {
      this.fail(
        new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'UIDPLUS withdrawn' }),
      )
      throw new Error('a plain EXPUNGE was refused')
    }
    return undefined
  }
}
