import { decodeText } from './charset.ts'

/** RFC 2047, with the language of RFC 2231 and a charset that may be missing. */
const WORD = /=\?([^?\s]*)\?([bq])\?([^?]*)\?=/gi

interface Run {
  readonly charset: string
  readonly bytes: Buffer[]
}

/** Reads the encoded words in a text. */
export function decodeWords(text: string): string {
  return replaceWords(text, (decoded) => decoded)
}

/**
 * Writes the encoded words in a text anew in UTF-8, so that what comes next reads every charset
 * as we do, and what they hold is still no syntax.
 */
export function unifyWords(text: string): string {
  return replaceWords(text, (decoded) => `=?utf-8?B?${Buffer.from(decoded).toString('base64')}?=`)
}

/**
 * Neighbouring words of one charset are read as one text: senders cut them within characters, and
 * have the state of ISO-2022-JP go on from one to the next.
 */
function replaceWords(text: string, render: (decoded: string) => string): string {
  const pieces: string[] = []
  let run: Run = { charset: '', bytes: [] }
  let end = 0
  const closeRun = (charset: string) => {
    if (run.bytes.length > 0) pieces.push(render(decodeText(Buffer.concat(run.bytes), run.charset)))
    run = { charset, bytes: [] }
  }
  for (const match of text.matchAll(WORD)) {
    const [word, label = '', encoding = '', payload = ''] = match
    const between = text.slice(end, match.index)
    const charset = label.replace(/\*.*$/, '').toLowerCase()
    const isNeighbour = end > 0 && between.trim() === ''
    if (!isNeighbour || run.charset !== charset) closeRun(charset)
    if (!isNeighbour) pieces.push(between)
    run.bytes.push(decodePayload(encoding, payload))
    end = match.index + word.length
  }
  closeRun('')
  pieces.push(text.slice(end))
  return pieces.join('')
}

function decodePayload(encoding: string, payload: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(payload, 'base64')
  // Characters beyond ASCII have no place here; kept as they stand, as UTF-8.
  const bytes = Buffer.from(payload.replaceAll('_', ' ')).toString('latin1')
  return Buffer.from(
    bytes.replace(/=\s*([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  )
}
