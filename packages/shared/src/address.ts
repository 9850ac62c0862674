/** What an e-mail address is: one rule for the screen that takes it and the API that sends to it. */

import { isBlank, isPlainText, textLength } from './text.js'

/** RFC 5321 sections 4.5.3.1.1 to 4.5.3.1.3; a path is 256 with its angle brackets. */
const LOCAL_MAX_BYTES = 64
const DOMAIN_MAX = 255
const ADDRESS_MAX_BYTES = 254
/** Longer is not even looked at: 64 + "@" + 255. */
const INPUT_MAX = 320
const NAME_MAX_LENGTH = 100
/** With its quotes, a space and angle brackets. */
export const RECIPIENT_MAX_LENGTH = INPUT_MAX + NAME_MAX_LENGTH + 5

/** An address fit for MAIL FROM and RCPT TO. */
export interface EnvelopeAddress {
  /** Local part as given, domain in ASCII. */
  readonly address: string
  /** Whether the local part is beyond ASCII: the server must offer SMTPUTF8 (RFC 6531). */
  readonly needsSmtpUtf8: boolean
}

/** Somebody to whom a message goes, with what he is called, if anything. */
export interface Recipient {
  readonly name: string
  readonly address: string
}

/** Why a text is no address. */
export const AddressFault = {
  NAME: 'NAME',
  NO_AT: 'NO_AT',
  INVISIBLE: 'INVISIBLE',
  LOCAL_PART: 'LOCAL_PART',
  DOMAIN: 'DOMAIN',
  TOO_LONG: 'TOO_LONG',
} as const
export type AddressFault = (typeof AddressFault)[keyof typeof AddressFault]

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
 * control or invisible character. Every address that reaches a server has passed here, so that the
 * recipient is the one that the person saw and no line can be smuggled in.
 *
 * @param toAscii turns a domain beyond ASCII into its ASCII form; an empty text where it has none
 */
export function readAddress(
  text: string,
  toAscii: (domain: string) => string,
): EnvelopeAddress | AddressFault {
  if (text.length > INPUT_MAX) return AddressFault.TOO_LONG
  if (INVISIBLE.test(text)) return AddressFault.INVISIBLE
  const at = text.lastIndexOf('@')
  if (at === -1) return AddressFault.NO_AT
  const local = text.slice(0, at)
  if (!DOT_STRING.test(local)) return AddressFault.LOCAL_PART
  const domain = readDomain(text.slice(at + 1), toAscii)
  if (domain === undefined) return AddressFault.DOMAIN
  const address = `${local}@${domain}`
  const localBytes = utf8Length(local)
  if (localBytes > LOCAL_MAX_BYTES || utf8Length(address) > ADDRESS_MAX_BYTES) {
    return AddressFault.TOO_LONG
  }
  return { address, needsSmtpUtf8: localBytes !== local.length }
}

/** A name in front of an address in angle brackets (RFC 5322 section 3.4 name-addr), plain or in quotes. */
const NAMED = /^(?:"([^"]*)"|([^"<>]*))<([^<>]*)>$/u
/** In any width: what an address is made of, and the beginning of an encoded word (RFC 2047), which shows another name. */
const LIKE_AN_ADDRESS = /[<>@"\\]|=\?/
/** What would take the name apart in a list of recipients. */
const NEEDS_QUOTES = /[,;:，；、]/

/** Takes a recipient apart; neither part has been looked at. */
export function splitRecipient(text: string): Recipient {
  const [, quoted, plain, address] = NAMED.exec(text.trim().replace(/"\s+</, '"<')) ?? []
  if (address === undefined) return { name: '', address: text.trim() }
  return { name: tidyName(quoted ?? plain ?? ''), address: address.trim() }
}

/** Puts a recipient together; without a name that would not be taken ({@link readRecipient}). */
export function joinRecipient({ name, address }: Recipient): string {
  const called = tidyName(name)
  if (called === address || !isName(called)) return address
  return NEEDS_QUOTES.test(called) ? `"${called}" <${address}>` : `${called} <${address}>`
}

/** Reads an address ({@link readAddress}), bare or in angle brackets behind a name. */
export function readRecipient(
  text: string,
  toAscii: (domain: string) => string,
): (EnvelopeAddress & Recipient) | AddressFault {
  if (textLength(text) > RECIPIENT_MAX_LENGTH) return AddressFault.TOO_LONG
  const { name, address } = splitRecipient(text)
  const read = readAddress(address, toAscii)
  if (typeof read === 'string') return read
  return name === '' || isName(name) ? { ...read, name } : AddressFault.NAME
}

/** Whether a name can neither be taken for an address, nor hide one, nor be unseen. */
function isName(text: string): boolean {
  return (
    !isBlank(text) &&
    isPlainText(text) &&
    textLength(text) <= NAME_MAX_LENGTH &&
    !LIKE_AN_ADDRESS.test(text.normalize('NFKC'))
  )
}

/** A header is folded at spaces: many of them would be a line of nothing else (RFC 5322 section 3.2.2). */
const tidyName = (text: string) => text.trim().replace(/\s{2,}/g, ' ')

/** What two spellings of one mailbox have in common: a domain has no case, the rest may. */
export function mailboxKey(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at) + address.slice(at).toLowerCase()
}

function readDomain(text: string, toAscii: (domain: string) => string): string | undefined {
  if (LITERAL.test(text)) return text
  // Conversions read "1" as 0.0.0.1 and drop "%41": only what is a name before may be one after.
  // eslint-disable-next-line no-control-regex -- all of ASCII is what it takes
  const ascii = /^[\u0000-\u007f]*$/.test(text) ? text : toAscii(text)
  if (ascii === '' || ascii.length > DOMAIN_MAX) return undefined
  return ascii.split('.').every((label) => LABEL.test(label)) ? ascii : undefined
}

const LAST_OF_BYTES = [0x7f, 0x7ff, 0xffff]

/** Without half characters, which are refused before. */
function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += 1 + LAST_OF_BYTES.filter((last) => point > last).length
  }
  return bytes
}
