import type { Bounds } from './bounds.ts'
import { decodePercent } from './decode-percent.ts'
import { HeaderFields } from './header-fields.ts'
import { decodeTransfer, type MimePart } from './mime-parts.ts'
import type { ParsedAttachment } from './parsed-message.ts'
import {
  ATTACHMENTS_MAX,
  CONTENT_ID_MAX_LENGTH,
  CONTENT_TYPE_MAX_LENGTH,
  FILENAME_MAX_LENGTH,
} from './parsing-limits.ts'

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/
const EXTENSION = /\.[^.\s]{1,20}$/
const UNKNOWN_TYPE = 'application/octet-stream'

/** What a message carries, described; `html` tells which of it is shown there. */
export async function describeAttachments(
  parts: readonly MimePart[],
  html: string | null,
  bounds: Bounds,
): Promise<ParsedAttachment[]> {
  const shown = contentIdsIn(html ?? '')
  const attachments: ParsedAttachment[] = []
  for (const [position, part] of bounds.first(parts, ATTACHMENTS_MAX).entries()) {
    const { length } = await decodeTransfer(part)
    attachments.push(describe(part, position, length, shown, bounds))
  }
  return attachments
}

function describe(
  { node }: MimePart,
  position: number,
  sizeBytes: number,
  shown: ReadonlySet<string>,
  bounds: Bounds,
): ParsedAttachment {
  const fields = new HeaderFields(node, bounds)
  const contentId = contentIdOf(fields, bounds)
  return {
    position,
    filename: toFilename(
      fields.parameter('content-disposition', 'filename') ||
        fields.parameter('content-type', 'name'),
      bounds,
    ),
    contentType: toContentType(node.contentType),
    sizeBytes,
    contentId: contentId === '' ? null : contentId,
    isInline: node.disposition === 'inline' || shown.has(contentId),
  }
}

/** Without its brackets; empty where there is none. */
export function contentIdOf(fields: HeaderFields, bounds: Bounds): string {
  return bounds.line(fields.first('content-id').replace(/^<|>$/g, ''), CONTENT_ID_MAX_LENGTH)
}

/** The Content-IDs whose pictures HTML shows. */
export function contentIdsIn(html: string): ReadonlySet<string> {
  return new Set(
    [...html.matchAll(/\bcid:([^"'\s<>)]{1,998})/gi)].map(([, id = '']) => decodePercent(id)),
  )
}

/** Without the folders it had at the sender's; its ending, which says what it is, outlasts a cut. */
function toFilename(given: string, bounds: Bounds): string | null {
  const name = bounds.line(
    given.slice(1 + Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'))),
    Infinity,
  )
  if (/^\.*$/.test(name)) return null
  if (name.length <= FILENAME_MAX_LENGTH) return name
  const extension = EXTENSION.exec(name)?.[0] ?? ''
  return bounds.line(name, FILENAME_MAX_LENGTH - extension.length) + extension
}

function toContentType(contentType: string | false): string {
  if (contentType === false || contentType.length > CONTENT_TYPE_MAX_LENGTH) return UNKNOWN_TYPE
  return MEDIA_TYPE.test(contentType) ? contentType : UNKNOWN_TYPE
}
