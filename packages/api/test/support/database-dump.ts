import pg from 'pg'
import type { Place } from './canary.js'

/** All that is stored, table by table: as text, and once more with its bytes as they are. */
export async function dumpDatabase(url: string): Promise<Place[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
    )
    const places: Place[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${name} AS t`,
      )
      const text = rows.map(({ row }) => row).join('\n')
      places.push({ name: `table ${name}`, bytes: Buffer.from(text + bytesIn(text)) })
    }
    return places
  } finally {
    await client.end()
  }
}

/** What stands there in hex, decoded. */
const bytesIn = (text: string) =>
  [...text.matchAll(/\\\\x([0-9a-f]+)/g)]
    .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
    .join('\n')
