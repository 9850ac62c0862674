import libmime from 'libmime'
import type { MimeNode } from '@zone-eu/mailsplit'
import type { Bounds } from './bounds.ts'
import { decodeText } from './charset.ts'
import { escapeHtml } from './escape-html.ts'
import { htmlToText } from './html-text.ts'
import { decodeTransfer, type MimePart } from './mime-parts.ts'
import { HTML_MAX_BYTES, TEXT_MAX_BYTES } from './parsing-limits.ts'

/** Enough for the longest text that is kept, in any charset. */
const READ_MAX_BYTES = 2 * Math.max(TEXT_MAX_BYTES, HTML_MAX_BYTES)
const META_SEARCHED_BYTES = 4_096

interface BodyText {
  readonly isHtml: boolean
  readonly text: string
  /** The multipart/alternative that offers it beside others. */
  readonly alternative: MimeNode | null
}

export interface MessageBody {
  readonly text: string | null
  readonly html: string | null
}

/** The text of a message out of the parts that make it up: of each alternative the fitting one, the rest in order. */
export async function readBody(parts: readonly MimePart[], bounds: Bounds): Promise<MessageBody> {
  const texts: BodyText[] = []
  let left = READ_MAX_BYTES
  for (const part of parts) {
    if (left <= 0) bounds.isCut = true
    if (left <= 0) break
    const content = await decodeTransfer(part)
    if (content.length > left) bounds.isCut = true
    texts.push(toBodyText(part.node, content.subarray(0, left)))
    left -= content.length
  }
  return {
    text: joined(composeText(texts), (text) => bounds.text(text, TEXT_MAX_BYTES)),
    html: joined(composeHtml(texts), (html) => bounds.text(html, HTML_MAX_BYTES)),
  }
}

function toBodyText(node: MimeNode, content: Buffer): BodyText {
  const isHtml = node.contentType === 'text/html'
  const charset = node.charset === false ? (isHtml ? metaCharset(content) : null) : node.charset
  const decoded = decodeText(content, charset).replace(/\r\n?/g, '\n')
  return {
    isHtml,
    text: node.flowed ? libmime.decodeFlowed(decoded, node.delSp) : decoded,
    alternative: alternativeOf(node),
  }
}

/** What a page says of itself; mail programs that make HTML of files leave it at that. */
function metaCharset(content: Buffer): string | null {
  const head = content.toString('latin1', 0, META_SEARCHED_BYTES)
  return /<meta\s[^<>]*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? null
}

function alternativeOf(node: MimeNode): MimeNode | null {
  let found: MimeNode | null = null
  for (let above = node.parentNode; above !== false; above = above.parentNode) {
    if (above.contentType === 'multipart/alternative') found = above
  }
  return found
}

function composeText(texts: readonly BodyText[]): string[] {
  return texts
    .filter((text) => !text.isHtml || !isOfferedAs(texts, text, false))
    .map(({ isHtml, text }) => (isHtml ? htmlToText(text) : text))
}

/** Of a message with HTML, all of it: what is plain text between and after it is set as it stands. */
function composeHtml(texts: readonly BodyText[]): string[] {
  if (!texts.some(({ isHtml }) => isHtml)) return []
  return texts
    .filter((text) => text.isHtml || !isOfferedAs(texts, text, true))
    .map(({ isHtml, text }) =>
      isHtml ? text : `<pre style="white-space: pre-wrap">${escapeHtml(text)}</pre>`,
    )
}

function isOfferedAs(texts: readonly BodyText[], text: BodyText, isHtml: boolean): boolean {
  if (text.alternative === null) return false
  return texts.some((other) => other.alternative === text.alternative && other.isHtml === isHtml)
}

function joined(texts: readonly string[], bound: (text: string) => string): string | null {
  return texts.length === 0 ? null : bound(texts.join('\n'))
}
