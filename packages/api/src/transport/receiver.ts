/** A message that lies at the server: its id there, and its size as the server says. */
export interface ListedMessage {
  /** POP3's UIDL; IMAP's UID in decimal, good within one `identity`. */
  readonly id: string
  /** A hint: servers lie. Undefined where the server does not say. */
  readonly sizeBytes: number | undefined
}

/** A message as it lies at the server, byte for byte. */
export interface ReceivedMessage {
  readonly id: string
  readonly source: Buffer
}

/** REMOVED: gone. MARKED: set to be deleted, and not removed, since that would take others' along. REFUSED: neither. */
export const Removal = { REMOVED: 'REMOVED', MARKED: 'MARKED', REFUSED: 'REFUSED' } as const
export type Removal = (typeof Removal)[keyof typeof Removal]

/** A signed-in connection to an inbox. Each method ends within its step's wall clock or by `signal`. */
export interface Receiver {
  /** Within which ids name the same messages (IMAP's UIDVALIDITY); undefined where the server gives none. */
  readonly identity: string | undefined
  /** Whether the server lets nothing be changed. */
  readonly isReadOnly: boolean
  /** What is to be received: over IMAP the messages without \Seen. */
  list(signal?: AbortSignal): Promise<readonly ListedMessage[]>
  /**
   * Reads messages, one at a time, without changing them. What the server does not give is left out;
   * what nobody asked for is dropped. Leaving the loop early closes the connection.
   */
  fetch(ids: readonly string[], signal?: AbortSignal): AsyncGenerator<ReceivedMessage, void>
  /** Whether the server has marked them as read; where it has no such mark, nothing happens. */
  markSeen(ids: readonly string[], signal?: AbortSignal): Promise<boolean>
  remove(ids: readonly string[], signal?: AbortSignal): Promise<Removal>
  /** The ids of messages with this Message-ID. */
  findByMessageId(messageId: string, signal?: AbortSignal): Promise<readonly string[]>
  /** Says goodbye and leaves no socket, also where the server does not answer. Never rejects. */
  close(): Promise<void>
}
