import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string
  /** One statement, for what a test cannot wait for. */
  query(sql: string): Promise<void>
  /** What is stored, as no answer of the API tells it. */
  rows(sql: string): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

const TEMPLATE = 'mailroom_template'

/** Copies the migrated template; with `isEmpty` nothing is in it yet. */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const read = async (sql: string, address = serverUrl) => {
    const client = new pg.Client(address)
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
    return rows
  }
  const execute = async (sql: string, address?: string) => {
    await read(sql, address)
  }
  await execute(`CREATE DATABASE ${name} ${isEmpty ? '' : `TEMPLATE ${TEMPLATE}`}`)
  const url = serverUrl.replace(/\/mailroom$/, `/${name}`)
  return {
    url,
    query: (sql) => execute(sql, url),
    rows: (sql) => read(sql, url),
    drop: () => execute(`DROP DATABASE ${name} WITH (FORCE)`),
  }
}
