/**
 * The rules of a mail server's settings: kinds, limits, usual ports.
 * Enums are const objects whose keys equal their values, so GraphQL (which shows keys) and
 * PostgreSQL (which stores values) speak one word.
 */

/** POP3: RFC 1939. IMAP4: RFC 9051 and RFC 3501. */
export const MailProtocol = { POP3: 'POP3', IMAP4: 'IMAP4' } as const
export type MailProtocol = (typeof MailProtocol)[keyof typeof MailProtocol]

/** NONE: clear text. SSL: implicit TLS (RFC 8314). TLS: STARTTLS or STLS, required. */
export const EncryptionMode = { NONE: 'NONE', SSL: 'SSL', TLS: 'TLS' } as const
export type EncryptionMode = (typeof EncryptionMode)[keyof typeof EncryptionMode]

/** SASL mechanisms for SMTP AUTH (RFC 4954). The one chosen is the one used. */
export const SmtpAuthMethod = {
  NONE: 'NONE',
  PLAIN: 'PLAIN',
  LOGIN: 'LOGIN',
  CRAM_MD5: 'CRAM_MD5',
  DIGEST_MD5: 'DIGEST_MD5',
  XOAUTH2: 'XOAUTH2',
} as const
export type SmtpAuthMethod = (typeof SmtpAuthMethod)[keyof typeof SmtpAuthMethod]

/** How to sign in to the incoming side: by name and password, or by an OAuth 2.0 token (XOAUTH2, OAUTHBEARER). */
export const IncomingAuthMethod = { PASSWORD: 'PASSWORD', XOAUTH2: 'XOAUTH2' } as const
export type IncomingAuthMethod = (typeof IncomingAuthMethod)[keyof typeof IncomingAuthMethod]

/** Whose name and password authenticate sending: the account's own outgoing ones, or its incoming ones. */
export const SmtpCredentials = { OUTGOING: 'OUTGOING', INCOMING: 'INCOMING' } as const
export type SmtpCredentials = (typeof SmtpCredentials)[keyof typeof SmtpCredentials]

export const CODE_MAX_LENGTH = 100
export const NAME_MAX_LENGTH = 100
export const HOST_MAX_LENGTH = 100
export const PORT_MIN = 1
export const PORT_MAX = 65_535
export const TIMEOUT_MIN_SECONDS = 1
export const TIMEOUT_MAX_SECONDS = 120
export const TIMEOUT_DEFAULT_SECONDS = 30
export const POP_BEFORE_SMTP_WAIT_MIN_SECONDS = 0
export const POP_BEFORE_SMTP_WAIT_MAX_SECONDS = 10
/** A SHA-256 fingerprint as 64 hex digits. */
export const FINGERPRINT_PATTERN = /^[0-9a-f]{64}$/
/** A private authority's certificates in PEM; a chain of a dozen fits. */
export const CA_CERTIFICATE_MAX_LENGTH = 32_768
/** More servers than this in one reorder is refused; the product is measured with 10,000. */
export const MAIL_SERVERS_MAX = 20_000

const INCOMING_PORTS: Record<MailProtocol, Record<EncryptionMode, number>> = {
  POP3: { NONE: 110, TLS: 110, SSL: 995 },
  IMAP4: { NONE: 143, TLS: 143, SSL: 993 },
}
const OUTGOING_PORTS: Record<EncryptionMode, number> = { NONE: 25, TLS: 587, SSL: 465 }

/** The port that a protocol and encryption usually have (RFC 8314 section 3, RFC 6409). */
export function usualIncomingPort(protocol: MailProtocol, encryption: EncryptionMode): number {
  return INCOMING_PORTS[protocol][encryption]
}

/** The port that sending usually has: 25 in clear text, 587 for STARTTLS, 465 for implicit TLS. */
export function usualOutgoingPort(encryption: EncryptionMode): number {
  return OUTGOING_PORTS[encryption]
}

/**
 * What two mail server codes are compared by: NFKC without regard to case, so that
 * "ＭＡＩＬ０１" and "mail01" are one code. Upper case first folds ß and the like.
 */
export function codeKey(code: string): string {
  return code.trim().normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}
