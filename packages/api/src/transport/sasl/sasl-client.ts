/**
 * The client's side of one SASL exchange (RFC 4422), whatever protocol carries it. Messages are in
 * base64 as SMTP, IMAP4 and POP3 all send them; a client serves one exchange only.
 */
export interface SaslClient {
  /** As the server names it. */
  readonly mechanism: string
  /** What the client says first; undefined where the server begins. */
  readonly initialResponse?: string | undefined
  /**
   * The answer to one challenge. Throws a TransportError where there is none to give: the exchange is
   * then cancelled, and nothing that the server says afterwards counts.
   */
  respond(challenge: string): string
  /** Throws where the server said yes without the proof of itself that the mechanism demands. */
  assertProven?(): void
  /** What the server told of its refusal within the exchange. */
  readonly complaint?: string | undefined
  /** The exchange to try instead, once, after a refusal that another reading of the RFC may explain. */
  readonly alternative?: (() => SaslClient) | undefined
}

/** More challenges than any mechanism here has; an exchange is bounded so that an endless one ends. */
export const SASL_ROUNDS_MAX = 8
/** A challenge is a time stamp or a few names; RFC 4422 sets no limit, so we do. */
const CHALLENGE_MAX = 4_096

/** UTF-8 text in base64. */
export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** A challenge's bytes; undefined for what is no base64, or too much of it. */
export function decodeChallenge(challenge: string): Buffer | undefined {
  const isBase64 = challenge.length <= CHALLENGE_MAX && /^[A-Za-z0-9+/]*={0,2}$/.test(challenge)
  return isBase64 ? Buffer.from(challenge, 'base64') : undefined
}

/** Whether a name or password can be sent at all: NUL separates PLAIN's parts, line ends end commands. */
export function isSendable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return !/[\u0000\r\n]/.test(text)
}
