import { CsvEncoding, FieldRule } from '@mailroom/shared'
import { badUserInput } from '../errors.js'

/** In the order in which they are tried: Shift_JIS would take nearly any text in UTF-8 for its own. */
const LABELS = [
  [CsvEncoding.UTF_8, 'utf-8'],
  // Windows-31J, as the Encoding Standard has it: what Japanese Excel writes.
  [CsvEncoding.SHIFT_JIS, 'shift_jis'],
] as const

const UTF_8_MARK = [0xef, 0xbb, 0xbf]

/**
 * A file's bytes as text: UTF-8, with or without a byte order mark, where they are that without a
 * fault, otherwise Shift_JIS. Throws BAD_USER_INPUT where they are neither: a name read half would be
 * stored half.
 */
export function decodeCsv(bytes: Uint8Array): { text: string; encoding: CsvEncoding } {
  for (const [encoding, label] of LABELS) {
    if (encoding !== CsvEncoding.UTF_8 && isMarkedUtf8(bytes)) break
    const text = decode(bytes, label)
    if (text !== undefined) return { text, encoding }
  }
  throw badUserInput([{ path: 'file', rule: FieldRule.csvEncoding }])
}

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Whether a byte order mark says that it is UTF-8, whatever faults there are. */
const isMarkedUtf8 = (bytes: Uint8Array): boolean =>
  UTF_8_MARK.every((byte, place) => bytes[place] === byte)
