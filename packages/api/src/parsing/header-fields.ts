import libmime from 'libmime'
import type { MimeNode } from '@zone-eu/mailsplit'
import { decodeText } from './charset.ts'
import { toDbText } from './db-text.ts'
import { decodeWords } from './encoded-words.ts'
import { HEADER_FIELD_MAX_LENGTH, HEADER_REPEATS_MAX } from './parsing-limits.ts'
import type { Bounds } from './bounds.ts'

/** The header of a message or a part, with every field as text, whatever charset it was sent in. */
export class HeaderFields {
  readonly #lines: ReadonlyMap<string, readonly string[]>
  readonly #charset: string | null
  readonly #bounds: Bounds

  constructor(node: MimeNode, bounds: Bounds) {
    const lines = new Map<string, string[]>()
    for (const { key, line } of node.headers === false ? [] : node.headers.getList()) {
      const same = lines.get(key)
      if (same === undefined) lines.set(key, [line])
      else if (same.length < HEADER_REPEATS_MAX) same.push(line)
    }
    this.#lines = lines
    this.#charset = node.charset === false ? null : node.charset
    this.#bounds = bounds
  }

  /** The value of the first field of a name, encoded words as they are; empty where there is none. */
  first(key: string): string {
    return this.#read(this.#lines.get(key)?.[0] ?? '', false)
  }

  /** The same of a field whose end says more than its beginning. */
  firstFromItsEnd(key: string): string {
    return this.#read(this.#lines.get(key)?.[0] ?? '', true)
  }

  all(key: string): string[] {
    return (this.#lines.get(key) ?? []).map((line) => this.#read(line, false))
  }

  /** A parameter as in `Content-Type: text/plain; name="…"`, read by RFC 2231 or as people send it. */
  parameter(key: string, name: string): string {
    const value = this.first(key)
    if (value === '') return ''
    const { params, decodedParams } = libmime.parseHeaderValue(value, { stripComments: true })
    const parameter = params[name] ?? ''
    return decodedParams.includes(name) ? parameter : decodeWords(parameter)
  }

  #read(line: string, keepsEnd: boolean): string {
    const raw = line.slice(line.indexOf(':') + 1)
    const isLong = raw.length > HEADER_FIELD_MAX_LENGTH
    if (isLong) this.#bounds.isCut = true
    const kept = keepsEnd ? raw.slice(-HEADER_FIELD_MAX_LENGTH) : cutAtComma(raw, isLong)
    // mailsplit gives each byte as one character.
    const text = decodeHeaderBytes(Buffer.from(kept, 'latin1'), this.#charset)
    // Before the address parser sees it: a NUL that it leaves out makes another address.
    return toDbText(text.replace(/(?:\r?\n|\r)[ \t]*/g, ' ').trim())
  }
}

/** UTF-8 is what RFC 6532 allows in a header; anything else is what the body is in, or is guessed. */
function decodeHeaderBytes(bytes: Buffer, charset: string | null): string {
  const asUtf8 = decodeText(bytes, null)
  return charset === null || asUtf8 === bytes.toString() ? asUtf8 : decodeText(bytes, charset)
}

/** Half an address would be another address. */
function cutAtComma(raw: string, isLong: boolean): string {
  if (!isLong) return raw
  const comma = raw.lastIndexOf(',', HEADER_FIELD_MAX_LENGTH)
  return raw.slice(0, comma === -1 ? HEADER_FIELD_MAX_LENGTH : comma)
}
