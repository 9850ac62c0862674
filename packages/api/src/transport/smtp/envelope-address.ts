import { domainToASCII } from 'node:url'

/** RFC 5321 sections 4.5.3.1.1 to 4.5.3.1.3; a path is 256 with its angle brackets. */
const LOCAL_MAX_BYTES = 64
const DOMAIN_MAX = 255
const ADDRESS_MAX_BYTES = 254
/** Longer is not even looked at: 64 + "@" + 255. */
const INPUT_MAX = 320

/** An address fit for MAIL FROM and RCPT TO. */
export interface EnvelopeAddress {
  /** Local part as given, domain in ASCII. */
  readonly address: string
  /** Whether the local part is beyond ASCII: the server must offer SMTPUTF8 (RFC 6531). */
  readonly needsSmtpUtf8: boolean
}

/** Atoms joined by dots (RFC 5321 section 4.1.2 Dot-string), and UTF-8 beyond ASCII (RFC 6531 section 3.3). */
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
const DOT_STRING = new RegExp(
  `^(?:${ATOM}|[^\\u0000-\\u009f])+(?:\\.(?:${ATOM}|[^\\u0000-\\u009f])+)*$`,
  'u',
)
/** Spaces, line separators, format characters (bidi, zero width) and lone surrogates: never part of a name that a person means. */
const INVISIBLE = /[\p{Z}\p{C}]/u
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
/** An address literal (RFC 5321 section 4.1.3). */
const LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]$/i

/**
 * Reads one bare address: no display name, comment, group, source route or quoted local part, no
 * control or invisible character. Undefined for anything else. Every address that reaches a server
 * has passed here, so that the recipient is the one that the person saw and no line can be smuggled in.
 */
export function parseEnvelopeAddress(text: string): EnvelopeAddress | undefined {
  if (text.length > INPUT_MAX) return undefined
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || INVISIBLE.test(text) || !DOT_STRING.test(local)) return undefined
  const domain = parseDomain(text.slice(at + 1))
  if (domain === undefined || Buffer.byteLength(local) > LOCAL_MAX_BYTES) return undefined
  const address = `${local}@${domain}`
  if (Buffer.byteLength(address) > ADDRESS_MAX_BYTES) return undefined
  return { address, needsSmtpUtf8: Buffer.byteLength(local) !== local.length }
}

function parseDomain(text: string): string | undefined {
  if (LITERAL.test(text)) return text
  // domainToASCII reads "1" as 0.0.0.1 and drops "%41": only what is a name before may be one after.
  // eslint-disable-next-line no-control-regex -- all of ASCII is what it takes
  const ascii = /^[\u0000-\u007f]*$/.test(text) ? text : domainToASCII(text)
  if (ascii === '' || ascii.length > DOMAIN_MAX) return undefined
  return ascii.split('.').every((label) => LABEL.test(label)) ? ascii : undefined
}
