import type { IncomingHttpHeaders } from 'node:http'
import type { ByteRange } from '../message/message-source-store.js'

/** What is answered of something that never changes (RFC 9110 sections 13 and 14). */
export type Answered =
  | { readonly status: 200 }
  | { readonly status: 206; readonly range: ByteRange }
  | { readonly status: 304 | 416 }

/** One range of bytes; several at once are nobody's right, and would make much of little. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/**
 * What a request wants of bytes that have this tag and size.
 *
 * @param etag strong, with its quotes
 */
export function answerTo(headers: IncomingHttpHeaders, etag: string, size: number): Answered {
  const { range, 'if-none-match': known, 'if-range': onlyOf } = headers
  if (known !== undefined && namesTag(known, etag)) return { status: 304 }
  const [, from = '', to = ''] = RANGE.exec(range?.trim() ?? '') ?? []
  if (from + to === '' || (typeof onlyOf === 'string' && onlyOf.trim() !== etag)) {
    return { status: 200 }
  }
  // Without a beginning it is the last so many bytes.
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from)
  const end = from === '' || to === '' ? size : Math.min(Number(to) + 1, size)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return { status: 200 }
  return start < end ? { status: 206, range: { start, end } } : { status: 416 }
}

const namesTag = (known: string, etag: string) =>
  known.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()))
