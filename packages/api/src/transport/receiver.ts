import type { OnStep } from './open-session.js'
import type { TransportError } from './transport-error.js'

/** A message that lies at the server. */
export interface ListedMessage {
  /** What this connection calls it: POP3's message number, IMAP's UID in decimal. */
  readonly id: string
  /**
   * What the server calls it for good within `identity`: UIDL or UID. Undefined where it has no usable
   * one; two messages may share one (RFC 1939 section 7).
   */
  readonly uniqueId: string | undefined
  /** A hint: servers lie. Undefined where the server does not say. */
  readonly sizeBytes: number | undefined
}

/** A message as it lies at the server, byte for byte. */
export interface ReceivedMessage {
  readonly id: string
  readonly source: Buffer
}

/** The server would not give it (MESSAGE_UNAVAILABLE), or it is longer than the limit (MESSAGE_TOO_LARGE). */
export interface RefusedMessage {
  readonly id: string
  readonly refusal: TransportError
}

/**
 * REMOVED: gone. PENDING: agreed to, and gone only once `finish` is CONFIRMED. MARKED: set to be
 * deleted, and not removed, since that would take others' along. REFUSED: none of it.
 */
export const Removal = {
  REMOVED: 'REMOVED',
  PENDING: 'PENDING',
  MARKED: 'MARKED',
  REFUSED: 'REFUSED',
} as const
export type Removal = (typeof Removal)[keyof typeof Removal]

/** What became of `ids`; those that were asked for and are not among them were refused. */
export interface RemovalResult {
  /** REFUSED only where `ids` is empty and some were asked for. */
  readonly removal: Removal
  readonly ids: readonly string[]
}

/** What the server said to the farewell. */
export const SignOff = { CONFIRMED: 'CONFIRMED', REFUSED: 'REFUSED', UNKNOWN: 'UNKNOWN' } as const
export type SignOff = (typeof SignOff)[keyof typeof SignOff]

export interface ReceiverOptions {
  /** Nothing can change at the server: over IMAP EXAMINE and not SELECT (RFC 3501 section 6.3.2). */
  readonly readOnly: boolean
  /** A longer message is refused. */
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
  readonly onStep?: OnStep | undefined
}

/**
 * A signed-in connection to an inbox. Each method ends within its step's wall clock or by `signal`, and
 * throws a StepFailure where the server fails it; the connection is of no further use then.
 */
export interface Receiver {
  /** Within which unique ids name the same messages: IMAP's UIDVALIDITY, where there is one. POP3 has none. */
  readonly identity: string | undefined
  /** Whether the server lets nothing be changed. */
  readonly isReadOnly: boolean
  /** Whether `list` names all that is in the inbox (POP3) or the unread only (IMAP): what it lacks may be gone, or not. */
  readonly listsAll: boolean
  /** What is to be received: over POP3 all, over IMAP the messages without \Seen. In ascending order. */
  list(signal?: AbortSignal): Promise<readonly ListedMessage[]>
  /** All that is in the inbox, whoever has read it. In ascending order. */
  listAll(signal?: AbortSignal): Promise<readonly ListedMessage[]>
  /**
   * Reads messages, one at a time, without changing them; ask in the order of `list`. What the server
   * does not give is refused or left out; what nobody asked for is dropped. A message over the limit may
   * cost the connection: the StepFailure MESSAGE_TOO_LARGE then speaks of the first id that was not
   * answered, and after a refusal the next step fails. Leaving the loop early may close the connection.
   */
  fetch(
    ids: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ReceivedMessage | RefusedMessage, void>
  /** Whether the server has marked them as read; where it has no such mark, nothing happens. */
  markSeen(ids: readonly string[], signal?: AbortSignal): Promise<boolean>
  /** Over IMAP any message by its UID within `identity`, listed or not. */
  remove(ids: readonly string[], signal?: AbortSignal): Promise<RemovalResult>
  /**
   * Signs off where all went well. What `remove` asked of a POP3 server happens only now (RFC 1939
   * section 6): CONFIRMED; REFUSED, all or some of it was not removed; UNKNOWN, no answer came. IMAP:
   * CONFIRMED. Never rejects; leaves no socket.
   */
  finish(): Promise<SignOff>
  /**
   * Lets go at once and leaves no socket, POP3 without QUIT: nothing that is PENDING is removed. Never
   * rejects; does no harm after `finish`.
   */
  close(): Promise<void>
}
