import {
  joinRecipient,
  mailboxKey,
  readRecipient,
  splitRecipient,
  toHalfWidth,
  type AddressFault,
} from '@mailroom/shared'

/** What separates recipients in lists that people paste: commas and semicolons of both widths, and line ends. */
const SEPARATORS = /[,;，；、\r\n\t]/
/** Characters that a browser reads as the end of a host. */
const NO_HOST = /[/\\?#@:[\]%\s]/

/** As browsers do for addresses of pages. */
function domainToAscii(domain: string): string {
  if (NO_HOST.test(domain)) return ''
  try {
    return new URL(`http://${domain}/`).hostname
  } catch {
    return ''
  }
}

/** Why a recipient cannot be sent to; undefined where he can. */
export function recipientFault(text: string): AddressFault | undefined {
  const read = readRecipient(text, domainToAscii)
  return typeof read === 'string' ? read : undefined
}

/** Whether two spellings mean one mailbox. */
export const isSameRecipient = (one: string, other: string) => keyOf(one) === keyOf(other)
const keyOf = (text: string) => mailboxKey(splitRecipient(text).address)

/**
 * Takes a text of any number of recipients apart: bare addresses, and those in angle brackets behind a
 * name, which goes where it could not be sent. What is no address stays as it was typed.
 */
export function splitRecipients(text: string): string[] {
  return pieces(text)
    .map(tidy)
    .filter((piece) => piece !== '')
}

/** Commas within quotes belong to a name ("Yamada, Taro" <taro@example.jp>). */
function pieces(text: string): string[] {
  const found: string[] = []
  let piece = ''
  let isQuoted = false
  for (const [at, character] of [...text].entries()) {
    if (character === '"') isQuoted = isQuoted ? false : [...text].indexOf('"', at + 1) !== -1
    if (isQuoted || !SEPARATORS.test(character)) {
      piece += character
      continue
    }
    found.push(piece)
    piece = ''
  }
  return [...found, piece]
}

function tidy(piece: string): string {
  const text = piece.trim().replace(/^mailto:/i, '')
  const variants = [text, toHalfWidth(text)]
  const bare = variants.find((each) => isFine(each) && splitRecipient(each).name === '')
  if (bare !== undefined) return splitRecipient(bare).address
  return variants.map(withSafeName).find(isFine) ?? piece.trim()
}

/** Behind whatever stands before it, the address in angle brackets at the end. */
function withSafeName(text: string): string {
  const [, before = '', address = ''] = /^([^]*)<([^<>]*)>$/.exec(text) ?? []
  return joinRecipient({ name: before.replace(/"/g, ''), address: address.trim() })
}

const isFine = (text: string) => recipientFault(text) === undefined
