/** What a server turned out to speak, by its first words. */
export type PeerProtocol = 'SMTP' | 'IMAP4' | 'POP3' | 'HTTP' | 'SSH' | 'FTP'

const FIRST_WORDS: readonly (readonly [RegExp, PeerProtocol])[] = [
  // RFC 9051 section 7.1.
  [/^\* (OK|PREAUTH|BYE)\b/i, 'IMAP4'],
  // RFC 1939 section 4.
  [/^(\+OK|-ERR)\b/i, 'POP3'],
  // RFC 4253 section 4.2.
  [/^SSH-\d/, 'SSH'],
  [/^HTTP\/\d/, 'HTTP'],
  // RFC 959 greets as SMTP does; only its words tell.
  [/^220[ -].*\bFTP\b/i, 'FTP'],
  [/^[245]\d\d[ -]/, 'SMTP'],
]

/** The protocol of a greeting, undefined where it is none that we know. */
export function peerProtocol(greeting: string): PeerProtocol | undefined {
  return FIRST_WORDS.find(([pattern]) => pattern.test(greeting))?.[1]
}
