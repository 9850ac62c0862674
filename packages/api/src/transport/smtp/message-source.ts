import type { Readable } from 'node:stream'

/** Small enough that a slow server is seen to move. */
const CHUNK_BYTES = 16 * 1024
const CR = 0x0d
const LF = 0x0a

/** The message in small pieces. */
export async function* messageChunks(source: Buffer | Readable): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(source)) {
    yield* slices(source)
    return
  }
  for await (const chunk of source) {
    if (typeof chunk === 'string') yield* slices(Buffer.from(chunk))
    else if (chunk instanceof Uint8Array) yield* slices(Buffer.from(chunk))
    else throw new TypeError('a message is made of bytes')
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield bytes.subarray(at, at + CHUNK_BYTES)
  }
}

/** How many bytes the server counts (RFC 1870 section 3): line ends as CRLF, without the stuffed dots. */
export function sizeOnTheWire(message: Buffer): number {
  let size = message.length
  for (let at = 0; at < message.length; at++) {
    if (message[at] === CR && message[at + 1] === LF) at += 1
    else if (message[at] === CR || message[at] === LF) size += 1
  }
  const last = message.at(-1)
  return last === CR || last === LF ? size : size + 2
}
