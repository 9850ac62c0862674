import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { PostgresSourceStore, SOURCE_PART_BYTES } from '../../src/message/message-source-store.js'
import { SourceParts1764105000000 } from '../../src/db/migrations/1764105000000-source-parts.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const PART = SOURCE_PART_BYTES
/** None, the borders of a part, the border of what is read at once, and an odd one beyond it. */
const SIZES = [0, 1, PART - 1, PART, PART + 1, 128 * PART, 128 * PART + 1, 3_000_001]

let database: TestDatabase
let dataSource: DataSource
let store: PostgresSourceStore
beforeAll(async () => {
  database = await createTestDatabase()
  dataSource = await createDataSource(database.url).initialize()
  store = new PostgresSourceStore(dataSource)
})
afterAll(async () => {
  await dataSource.destroy()
  await database.drop()
})

/** Bytes of every value, so that none of them is special to the store. */
function bytes(size: number): Buffer {
  const all = Buffer.alloc(size)
  for (let at = 0; at < size; at++) all[at] = (at * 31 + (at >> 8)) & 0xff
  return all
}

async function put(sources: readonly Buffer[]): Promise<string[]> {
  return dataSource.transaction(async (manager) => {
    const ids: string[] = []
    for (const source of sources) {
      const [row] = await manager.query<{ id: string }[]>(
        `INSERT INTO message (account_id, folder, size_bytes, sha256)
         VALUES (gen_random_uuid(), 'INBOX', $1, $2) RETURNING id`,
        [source.length, createHash('sha256').update(source).digest()],
      )
      ids.push(row?.id ?? '')
    }
    const withIds = sources.map((source, n) => ({ messageId: ids[n] ?? '', source }))
    await store.put(manager, withIds)
    return ids
  })
}

async function read(id: string, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of store.stream(id, { start, end })) pieces.push(piece)
  return Buffer.concat(pieces)
}

it('keeps a source of any size byte for byte, an empty one too', async () => {
  const sources = SIZES.map(bytes)
  const ids = await put(sources)
  for (const [n, id] of ids.entries()) {
    expect((await store.read(id))?.equals(sources[n] ?? Buffer.of(0))).toBe(true)
  }
  expect(await store.read('01900000-0000-7000-8000-000000000000')).toBeNull()
})

it('streams any range of it, in pieces of about a megabyte', async () => {
  const source = bytes(3_000_001)
  const [id = ''] = await put([source])
  for (const [start, end] of [
    [0, 1],
    [PART - 1, PART + 1],
    [PART, 2 * PART],
    [1_000_000, 2_500_000],
    [2_999_999, 3_000_001],
    [2_999_999, 9_000_000],
    [3_000_001, 9_000_000],
  ] as const) {
    expect((await read(id, start, end)).equals(source.subarray(start, end))).toBe(true)
  }
  for await (const piece of store.stream(id)) expect(piece.length).toBeLessThan(1.1 * 1024 ** 2)
})

it('nothing of a source outlives its message', async () => {
  const [gone = '', kept = ''] = await put([bytes(20_000), bytes(20_000)])
  await dataSource.query('DELETE FROM message WHERE id = $1', [gone])
  expect(await store.read(gone)).toBeNull()
  expect(await store.read(kept)).toHaveLength(20_000)
})

it('what an earlier version stored as one value is the same afterwards', async () => {
  const sources = SIZES.map(bytes)
  const ids = await put(sources)
  const migration = new SourceParts1764105000000()
  const runner = dataSource.createQueryRunner()
  try {
    await migration.down(runner)
    const [row] = await dataSource.query<{ source: Buffer }[]>(
      'SELECT source FROM message_source WHERE message_id = $1',
      [ids.at(-1)],
    )
    expect(row?.source.equals(sources.at(-1) ?? Buffer.of(0))).toBe(true)
    await migration.up(runner)
  } finally {
    await runner.release()
  }
  for (const [n, id] of ids.entries()) {
    expect((await store.read(id))?.equals(sources[n] ?? Buffer.of(0))).toBe(true)
  }
})
