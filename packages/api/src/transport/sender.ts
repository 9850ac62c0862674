import type { Readable } from 'node:stream'
import type { StepFailure } from './step-failure.js'

/** Who sends to whom, as bare addresses; an empty `from` is the null sender of a bounce. */
export interface Envelope {
  readonly from: string
  readonly to: readonly string[]
  /** Whether the header has addresses in UTF-8 of others too: SMTPUTF8 (RFC 6531) is asked for where it is offered. */
  readonly hasUtf8Headers?: boolean
}

/** What became of one recipient. */
export interface RecipientResult {
  /** As given. */
  readonly address: string
  readonly accepted: boolean
  /** Whether a refusal may be gone later (a 4yz reply). */
  readonly isTemporary: boolean
  /** The server's words, secrets out. */
  readonly said: string
}

/**
 * SENT: the server has taken the message for the accepted recipients. FAILED: it has not.
 * UNCONFIRMED: all of it was on its way and no answer came; sending again might make two.
 */
export const SendOutcome = { SENT: 'SENT', FAILED: 'FAILED', UNCONFIRMED: 'UNCONFIRMED' } as const
export type SendOutcome = (typeof SendOutcome)[keyof typeof SendOutcome]

export interface SendResult {
  readonly outcome: SendOutcome
  readonly recipients: readonly RecipientResult[]
  /** The server's last words, secrets out. */
  readonly said: string
  /** Why it is not SENT. */
  readonly failure: StepFailure | undefined
  /** Whether trying again later may help: a 4yz reply, a lost connection, a time-out. */
  readonly isTemporary: boolean
}

export interface SendOrder {
  readonly envelope: Envelope
  /** The message itself (RFC 5322), as it is to arrive. */
  readonly source: Buffer | Readable
  /** Of a stream, where it is known: the server is told before it has to read. */
  readonly sizeBytes?: number | undefined
  /** Awaited between the last byte and the final dot: from there on the outcome may be unknown. */
  readonly beforeFinalDot?: (() => Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
}

/** A signed-in connection that takes messages, one at a time. */
export interface Sender {
  /** Asks whether the server would take mail for this envelope, and sends none. */
  verifyEnvelope(envelope: Envelope, signal?: AbortSignal): Promise<readonly RecipientResult[]>
  /**
   * Sends one message. How the server behaves is the result; rejects only where `signal` aborts before
   * the final dot, or the source breaks. A connection on which something failed is closed.
   */
  send(order: SendOrder): Promise<SendResult>
  /** Says goodbye and leaves no socket, also where the server does not answer. Never rejects. */
  close(): Promise<void>
}
