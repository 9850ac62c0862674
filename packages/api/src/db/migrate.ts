import type { DataSource } from 'typeorm'
import { guardSecretColumns } from '../secret/guard-secret-columns.js'

/** "mailroom" as the namespace of our advisory locks, and what each guards. */
export const LOCK_NAMESPACE = 0x6d61696c
export const Lock = {
  migrate: 1,
  mailServerOrder: 2,
  firstUser: 3,
  secretKey: 4,
  people: 5,
  secretRotation: 6,
  receiveSchedule: 7,
  sendSchedule: 8,
} as const

/** A database that this version must not touch; the message is a sentence for whoever started it. */
export class DatabaseVersionError extends Error {
  override name = 'DatabaseVersionError'
}

const POSTGRES_MIN_VERSION = 180_000

/**
 * Brings the database up to this version, one process at a time: others wait at the lock and then
 * find nothing to do. Throws {@link DatabaseVersionError} where a newer version has been here.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner()
  try {
    await requirePostgresVersion(runner)
    await runner.query('SELECT pg_advisory_lock($1, $2)', [LOCK_NAMESPACE, Lock.migrate])
    try {
      await refuseNewer(dataSource, runner)
      await dataSource.runMigrations()
      await guardSecretColumns(dataSource, runner)
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_NAMESPACE, Lock.migrate])
    }
  } finally {
    await runner.release()
  }
}

/** For commands beside a running Mailroom: throws {@link DatabaseVersionError} where the database is not at this very version. */
export async function requireMigrated(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner()
  try {
    await refuseNewer(dataSource, runner)
  } finally {
    await runner.release()
  }
  if (await dataSource.showMigrations()) {
    throw new DatabaseVersionError(
      'This data has not been upgraded to this version of Mailroom yet. Start Mailroom once, then run this again.',
    )
  }
}

type Runner = ReturnType<DataSource['createQueryRunner']>

async function requirePostgresVersion(runner: Runner): Promise<void> {
  const [row] = await rows<{ version: number; name: string }>(
    runner.query(
      "SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name",
    ),
  )
  if (row !== undefined && row.version < POSTGRES_MIN_VERSION) {
    throw new DatabaseVersionError(
      `Mailroom needs PostgreSQL 18 or newer; this database is PostgreSQL ${row.name}.`,
    )
  }
}

async function refuseNewer(dataSource: DataSource, runner: Runner): Promise<void> {
  const [table] = await rows<{ present: boolean }>(
    runner.query("SELECT to_regclass('migration') IS NOT NULL AS present"),
  )
  if (table?.present !== true) return
  const known = new Set(dataSource.migrations.map((migration) => migration.name))
  const ran = await rows<{ name: string }>(runner.query('SELECT name FROM migration ORDER BY id'))
  const unknown = ran.filter(({ name }) => !known.has(name))
  if (unknown.length > 0) {
    throw new DatabaseVersionError(
      'A newer version of Mailroom has already upgraded this data. Start that version, or restore a backup made before the upgrade.',
    )
  }
}

async function rows<Row>(result: Promise<unknown>): Promise<Row[]> {
  // The driver's rows are untyped; the statements above name the columns of Row.
  return (await result) as Row[]
}
