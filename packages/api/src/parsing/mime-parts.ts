import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Splitter, type MimeNode, type SplitterChunk } from '@zone-eu/mailsplit'
import { HEAD_MAX_BYTES, PARTS_MAX } from './parsing-limits.ts'

const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a

/** One part of a message; the first one is the message itself. */
export interface MimePart {
  readonly node: MimeNode
  /** As sent, in pieces of the source: of a leaf its content, of a multipart what is outside of its parts. */
  readonly pieces: Buffer[]
}

export interface MimeParts {
  readonly parts: readonly MimePart[]
  readonly isCut: boolean
}

/**
 * Takes a message apart at its boundaries, copying nothing. A message within it is one part.
 *
 * @throws what mailsplit throws where not even the header of the message can be read
 */
export async function splitIntoParts(source: Buffer): Promise<MimeParts> {
  const parts = new Map<MimeNode, MimePart>()
  const splitter = new Splitter({
    ignoreEmbedded: true,
    maxHeadSize: HEAD_MAX_BYTES,
    maxChildNodes: PARTS_MAX,
  })
  const sink = new Writable({
    objectMode: true,
    write(chunk: SplitterChunk, _encoding, done) {
      if (chunk.type === 'node') parts.set(chunk, { node: chunk, pieces: [] })
      else parts.get(chunk.node)?.pieces.push(chunk.value)
      done()
    },
  })
  try {
    await pipeline([withLineFeeds(source)], splitter, sink)
    return { parts: [...parts.values()], isCut: false }
  } catch (error) {
    // Too many parts: those until here can be shown.
    if (parts.size > 0 && isTooLong(error)) return { parts: [...parts.values()], isCut: true }
    throw error
  }
}

/** The content of a part, base64 and quoted-printable undone. */
export async function decodeTransfer(part: MimePart): Promise<Buffer> {
  const decoder = part.node.getDecoder()
  const decoded = buffer(decoder)
  for (const piece of part.pieces) {
    if (!decoder.write(piece)) await new Promise((resolve) => decoder.once('drain', resolve))
  }
  decoder.end()
  return decoded
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EMAXLEN'
}

/** Old Macintosh programs end lines with CR alone, which the splitter takes for one endless line. */
function withLineFeeds(source: Buffer): Buffer {
  if (source.includes(LINE_FEED) || !source.includes(CARRIAGE_RETURN)) return source
  return Buffer.from(source.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte)))
}
