import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string
  /** One statement, for what a test cannot wait for. */
  query(sql: string): Promise<void>
  /** What is stored, as no answer of the API tells it. */
  rows<Row extends pg.QueryResultRow = Record<string, unknown>>(
    sql: string,
    values?: unknown[],
  ): Promise<Row[]>
  /** One statement of a transaction of somebody else's, which stays open until it is committed. */
  begin(sql: string): Promise<{ commit(): Promise<void> }>
  /** How many sessions wait for a lock. */
  waiting(): Promise<number>
  drop(): Promise<void>
}

const TEMPLATE = 'mailroom_template'

/** Copies the migrated template; with `isEmpty` nothing is in it yet, as at a server of a test's own. */
export async function createTestDatabase({
  isEmpty = false,
  serverUrl = inject('postgresUrl'),
} = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const execute = async (sql: string, address = serverUrl) => {
    await rowsOf(address, sql)
  }
  await execute(`CREATE DATABASE ${name} ${isEmpty ? '' : `TEMPLATE ${TEMPLATE}`}`)
  const url = serverUrl.replace(/\/mailroom$/, `/${name}`)
  return {
    url,
    query: (sql) => execute(sql, url),
    rows: (sql, values) => rowsOf(url, sql, values),
    begin: (sql) => begin(url, sql),
    async waiting() {
      const [row] = await rowsOf<{ count: number }>(url, WAITING)
      return row?.count ?? 0
    },
    drop: () => execute(`DROP DATABASE ${name} WITH (FORCE)`),
  }
}

const WAITING = `SELECT count(*)::int AS count FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

/** One statement and its rows, as whoever the address signs in. */
export async function rowsOf<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<Row>(sql, values).finally(() => client.end())
  return rows
}

async function begin(url: string, sql: string): Promise<{ commit(): Promise<void> }> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('BEGIN')
  await client.query(sql)
  return {
    async commit() {
      await client.query('COMMIT').finally(() => client.end())
    },
  }
}
