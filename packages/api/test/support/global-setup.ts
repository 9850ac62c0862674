import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createDataSource } from '../../src/db/data-source.js'
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.js'
import { migrate } from '../../src/db/migrate.js'
import { JobBoss } from '../../src/jobs/job-boss.js'
import { createLogger } from '../../src/logger.js'
import { ReceiveQueue } from '../../src/receiving/receive-queue.js'
import { SendQueue } from '../../src/sending/send-queue.js'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

const TEMPLATE = 'mailroom_template'

/** One real PostgreSQL for the whole run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mailroom-test-'))
  await chmod(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  const admin = new pg.Client(postgres.url)
  await admin.connect()
  // Nothing here outlives its own crash: the tests of those have servers of their own (database.test.ts).
  for (const setting of ['fsync', 'full_page_writes']) {
    await admin.query(`ALTER SYSTEM SET ${setting} = off`)
  }
  await admin.query('SELECT pg_reload_conf()')
  await admin.query(`CREATE DATABASE ${TEMPLATE}`)
  await admin.end()
  const templateUrl = postgres.url.replace(/\/mailroom$/, `/${TEMPLATE}`)
  const template = createDataSource(templateUrl)
  await template.initialize()
  await migrate(template)
  await template.destroy()
  // The queue's own tables too, which every API would otherwise make anew.
  const boss = new JobBoss(templateUrl, createLogger('error'), false)
  await boss.open()
  await new ReceiveQueue(boss).open()
  await new SendQueue(boss).open()
  await boss.close(0)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
