import { mailboxKey, readAddress, toHalfWidth, type AddressFault } from '@mailroom/shared'

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
  const read = readAddress(text, domainToAscii)
  return typeof read === 'string' ? read : undefined
}

/** Whether two spellings mean one mailbox. */
export const isSameRecipient = (one: string, other: string) => mailboxKey(one) === mailboxKey(other)

/**
 * Takes a text of any number of recipients apart: bare addresses, and those in angle brackets behind a
 * name. What is no address stays as it was typed.
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
  const text = piece.trim()
  const bracketed = /<([^<>]*)>\s*$/.exec(text)?.[1]?.trim()
  const candidates = [bracketed, text.replace(/^mailto:/i, ''), toHalfWidth(text)]
  return candidates.find((each) => each !== undefined && recipientFault(each) === undefined) ?? text
}
