import type { DataSource, EntityManager } from 'typeorm'
import { copyRows } from '../db/copy-rows.js'

/** A source on its way into the store. */
export interface NewSource {
  readonly messageId: string
  readonly source: Buffer
}

/** Bytes from `start`, and as far as before `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Where the sources of messages are kept, byte for byte: behind this they can move to another store. */
export interface MessageSourceStore {
  /** Durable once the transaction of `manager` has committed. */
  put(manager: EntityManager, sources: readonly NewSource[]): Promise<void>
  /** Null where the message is gone. */
  read(messageId: string): Promise<Buffer | null>
  /**
   * A source, or the part of it that is asked for, in pieces that are small in memory. Yields nothing
   * where the message is gone; one that goes meanwhile ends early.
   */
  stream(messageId: string, range?: ByteRange): AsyncGenerator<Buffer, void, undefined>
}

/**
 * As much as fits into one row of a page of 8 kB (24 bytes of header, 16 of id, 4 of part, 4 of
 * length). Fixed: what is stored has been cut so. PostgreSQL's own cutting of large values makes
 * pieces of 2 kB and takes twice the time (bench/README.md).
 */
export const SOURCE_PART_BYTES = 8_100
/** So few are quicker by one statement than by the conversation that COPY is. */
const PARTS_INSERTED = 8
/** Read at once: about 1 MB. */
const PARTS_AT_ONCE = 128

/** In the database, with the rest: one COMMIT covers all of it, and one backup. */
export class PostgresSourceStore implements MessageSourceStore {
  constructor(private readonly dataSource: DataSource) {}

  async put(manager: EntityManager, sources: readonly NewSource[]): Promise<void> {
    const parts = [...partsOf(sources)]
    if (parts.length === 0) return
    if (parts.length > PARTS_INSERTED) {
      return copyRows(manager, 'message_source_part (message_id, part, bytes)', parts.map(binary))
    }
    const values = parts.map(
      (_each, at) => `($${3 * at + 1}::uuid, $${3 * at + 2}::int, $${3 * at + 3})`,
    )
    await manager.query(
      `INSERT INTO message_source_part (message_id, part, bytes) VALUES ${values.join(', ')}`,
      parts.flatMap(({ messageId, part, bytes }) => [messageId, part, bytes]),
    )
  }

  async read(messageId: string): Promise<Buffer | null> {
    const pieces: Buffer[] = []
    for await (const piece of this.stream(messageId)) pieces.push(piece)
    return pieces.length === 0 ? null : Buffer.concat(pieces)
  }

  async *stream(
    messageId: string,
    { start, end }: ByteRange = { start: 0, end: Number.MAX_SAFE_INTEGER },
  ): AsyncGenerator<Buffer, void, undefined> {
    const last = Math.ceil(end / SOURCE_PART_BYTES)
    let first = Math.floor(start / SOURCE_PART_BYTES)
    while (first < last) {
      const rows: { bytes: Buffer }[] = await this.dataSource.query(
        `SELECT bytes FROM message_source_part WHERE message_id = $1 AND part >= $2
         ORDER BY part LIMIT $3`,
        [messageId, first, Math.min(PARTS_AT_ONCE, last - first)],
      )
      if (rows.length === 0) return
      const from = first * SOURCE_PART_BYTES
      const piece = Buffer.concat(rows.map(({ bytes }) => bytes))
      yield piece.subarray(Math.max(0, start - from), end - from)
      if (rows.length < PARTS_AT_ONCE) return
      first += rows.length
    }
  }
}

interface Part {
  readonly messageId: string
  readonly part: number
  readonly bytes: Buffer
}

/** An empty message has a part too: it is there. */
function* partsOf(sources: readonly NewSource[]): Generator<Part> {
  for (const { messageId, source } of sources) {
    for (let part = 0; part === 0 || part * SOURCE_PART_BYTES < source.length; part++) {
      const at = part * SOURCE_PART_BYTES
      yield { messageId, part, bytes: source.subarray(at, at + SOURCE_PART_BYTES) }
    }
  }
}

const binary = ({ messageId, part, bytes }: Part): readonly Buffer[] => [
  Buffer.from(messageId.replaceAll('-', ''), 'hex'),
  int4(part),
  bytes,
]

function int4(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
