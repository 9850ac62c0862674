import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { EntityManager } from 'typeorm'

/** Signature, flags, and no extension of the header (PostgreSQL's manual, "COPY", binary format). */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])

/**
 * Adds rows of binary values by COPY, within the transaction of `manager`. A statement with its values
 * as parameters is put together by the driver, and again by PostgreSQL, before a byte of it is stored:
 * for large values that takes five times as much (bench/README.md).
 *
 * @param target the table and its columns, such as "message_source (message_id, source)"
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
  await pipeline(Readable.from(binary(rows), { objectMode: true }), copying)
}

function* binary(rows: Iterable<readonly Buffer[]>): Generator<Buffer> {
  yield HEADER
  for (const values of rows) {
    const count = Buffer.alloc(2)
    count.writeInt16BE(values.length)
    yield count
    for (const value of values) {
      const length = Buffer.alloc(4)
      length.writeInt32BE(value.length)
      yield length
      yield value
    }
  }
  yield TRAILER
}
