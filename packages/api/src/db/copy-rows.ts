import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { EntityManager } from 'typeorm'

/** Signature, flags, and no extension of the header (PostgreSQL's manual, "COPY", binary format). */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])
/** Each piece is a message to PostgreSQL and two writes to its socket: thousands of small ones are slow. */
const PIECE_BYTES = 256 * 1024

/**
 * Adds rows of binary values by COPY, within the transaction of `manager`. A statement with its values
 * as parameters is put together by the driver, and again by PostgreSQL, before a byte of it is stored:
 * for large values that takes five times as much (bench/README.md).
 *
 * @param target the table and its columns, such as "message_source_part (message_id, part, bytes)"
 * @param rows each value as PostgreSQL's binary form of its type: of a uuid 16 bytes, of a bytea itself
 */
export async function copyRows(
  manager: EntityManager,
  target: string,
  rows: Iterable<readonly Buffer[]>,
): Promise<void> {
  const client: unknown = await manager.queryRunner?.connect()
  if (!(client instanceof pg.Client)) throw new TypeError('COPY needs a transaction')
  const copying = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`))
  await pipeline(Readable.from(inPieces(binary(rows)), { objectMode: true }), copying)
}

function* binary(rows: Iterable<readonly Buffer[]>): Generator<Buffer> {
  yield HEADER
  for (const values of rows) {
    const head = Buffer.allocUnsafe(2)
    head.writeInt16BE(values.length)
    yield head
    for (const value of values) {
      const length = Buffer.allocUnsafe(4)
      length.writeInt32BE(value.length)
      yield length
      yield value
    }
  }
  yield TRAILER
}

function* inPieces(chunks: Iterable<Buffer>): Generator<Buffer> {
  let piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let used = 0
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const copied = chunk.copy(piece, used, at)
      at += copied
      used += copied
      if (used < PIECE_BYTES) continue
      yield piece
      // The last one is still on its way.
      piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
      used = 0
    }
  }
  if (used > 0) yield piece.subarray(0, used)
}
