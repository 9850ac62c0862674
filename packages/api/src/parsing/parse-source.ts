import { SNIPPET_MAX_LENGTH } from '@mailroom/shared'
import { parseAddresses } from './addresses.ts'
import { contentIdOf, contentIdsIn, describeAttachments } from './attachments.ts'
import { Bounds } from './bounds.ts'
import { toDbLine } from './db-text.ts'
import { decodeWords } from './encoded-words.ts'
import { HeaderFields } from './header-fields.ts'
import { readBody } from './message-body.ts'
import { parseMessageDate } from './message-date.ts'
import { decodeTransfer, splitIntoParts, type MimePart } from './mime-parts.ts'
import type { ParsedMessage } from './parsed-message.ts'
import { searchTerms } from './search-terms.ts'
import { MESSAGE_ID_MAX_LENGTH, REFERENCES_MAX, SUBJECT_MAX_LENGTH } from './parsing-limits.ts'

const BODY_TYPES: readonly (string | false)[] = [
  'text/plain',
  'text/html',
  'message/delivery-status',
]
/** Of people, and of files' names. */
const PEOPLE_SEARCHED = 4_000
/** Line breaks and indentation come before the first words. */
const SNIPPET_LOOKED_AT = 2_000
const MESSAGE_ID = /<[^<>]+>/g

/** Parses a message where it stands; MessageParser has it done in a thread. */
export async function parseSource(source: Buffer): Promise<ParsedMessage> {
  const bounds = new Bounds()
  const { parts, isCut } = await splitIntoParts(source)
  const { bodies, attached } = sortParts(parts)
  const { text, html } = await readBody(bodies, bounds)
  const attachments = await describeAttachments(attached, html, bounds)
  const envelope = readEnvelope(parts[0], bounds)
  const body = {
    text,
    html,
    snippet: toDbLine((text ?? '').slice(0, SNIPPET_LOOKED_AT), SNIPPET_MAX_LENGTH),
  }
  const terms = searchTerms(searchedOf({ ...envelope, text, attachments }))
  return { ...envelope, ...body, searchTerms: terms, attachments, isCut: isCut || bounds.isCut }
}

/** The content of the attachment at a position, or null where there is none. */
export async function readAttachmentOf(source: Buffer, position: number): Promise<Buffer | null> {
  const { parts } = await splitIntoParts(source)
  const part = sortParts(parts).attached[position]
  return part === undefined ? null : decodeTransfer(part)
}

/** The content of the pictures that HTML shows, by Content-ID. */
export async function readPicturesOf(source: Buffer, html: string): Promise<Map<string, Buffer>> {
  const shown = contentIdsIn(html)
  const pictures = new Map<string, Buffer>()
  if (shown.size === 0) return pictures
  const { parts } = await splitIntoParts(source)
  const bounds = new Bounds()
  for (const part of sortParts(parts).attached) {
    const id = contentIdOf(new HeaderFields(part.node, bounds), bounds)
    if (shown.has(id) && !pictures.has(id)) pictures.set(id, await decodeTransfer(part))
  }
  return pictures
}

/** What is searched; the subject and people first, should the text be long. */
function searchedOf({
  subject,
  from,
  to,
  cc,
  text,
  attachments,
}: Pick<ParsedMessage, 'subject' | 'from' | 'to' | 'cc' | 'text' | 'attachments'>): string[] {
  const people = [...(from === null ? [] : [from]), ...to, ...cc].map(
    ({ name, address }) => `${name ?? ''} ${address}`,
  )
  const files = attachments.map(({ filename }) => filename ?? '')
  return [subject, bounded(people), bounded(files), text ?? '']
}

/** A thousand recipients leave room for the text. */
const bounded = (texts: readonly string[]) => texts.join(' ').slice(0, PEOPLE_SEARCHED)

function readEnvelope(
  root: MimePart | undefined,
  bounds: Bounds,
): Omit<ParsedMessage, 'text' | 'html' | 'snippet' | 'searchTerms' | 'attachments' | 'isCut'> {
  const fields = root === undefined ? null : new HeaderFields(root.node, bounds)
  const addresses = (key: string) => parseAddresses(fields?.all(key) ?? [], bounds)
  const ids = (value = '') => messageIds(value, bounds)
  return {
    messageId: ownId(fields?.first('message-id') ?? '', bounds),
    inReplyTo: ids(fields?.first('in-reply-to'))[0] ?? null,
    references: bounds.last(ids(fields?.firstFromItsEnd('references')), REFERENCES_MAX),
    subject: bounds.line(decodeWords(fields?.first('subject') ?? ''), SUBJECT_MAX_LENGTH),
    from: parseAddresses(fields?.all('from').slice(0, 1) ?? [], bounds)[0] ?? null,
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    date: parseMessageDate(fields?.first('date') ?? ''),
  }
}

/** Whatever stands there, in the brackets that it should have: some programs send it without. */
function ownId(value: string, bounds: Bounds): string | null {
  const [id = value === '' ? null : `<${value}>`] = value.match(MESSAGE_ID) ?? []
  return id === null ? null : bounds.line(id, MESSAGE_ID_MAX_LENGTH)
}

/** The ids of a field among whatever else is said there ("Your message of Monday"). */
function messageIds(value: string, bounds: Bounds): string[] {
  const bare = value.split(/\s+/).filter((word) => word.includes('@'))
  const ids = value.match(MESSAGE_ID) ?? bare.map((word) => `<${word}>`)
  return ids.map((id) => bounds.line(id, MESSAGE_ID_MAX_LENGTH))
}

interface SortedParts {
  readonly bodies: readonly MimePart[]
  readonly attached: readonly MimePart[]
}

/** What is read, and what is carried along. A text with a file's name is read only where there is nothing else to read. */
function sortParts(parts: readonly MimePart[]): SortedParts {
  const bodies: MimePart[] = []
  const attached: MimePart[] = []
  const parents = new Set(parts.map(({ node }) => node.parentNode))
  for (const part of parts) {
    const { node } = part
    if (node.multipart !== false) {
      // Without a boundary, or with one that never comes, what there is is text.
      if (!parents.has(node)) bodies.push(part)
    } else if (isBody(part) && (node.filename === false || bodies.length === 0)) {
      bodies.push(part)
    } else {
      attached.push(part)
    }
  }
  return { bodies, attached }
}

function isBody({ node }: MimePart): boolean {
  const isShown = node.disposition === false || node.disposition === 'inline'
  return isShown && BODY_TYPES.includes(node.contentType)
}
