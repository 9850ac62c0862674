import './quiet-libraries.js'
import { SYSTEM } from './audit/actor.js'
import { recordAudit } from './audit/record-audit.js'
import { keyRetired, keyTaken } from './audit/secret-key-records.js'
import { readConfig, type Config } from './config.js'
import { DataFolderError, lockDataFolder } from './db/data-folder.js'
import { createDataSource } from './db/data-source.js'
import {
  findRunningPostgres,
  hasEmbeddedPostgres,
  startEmbeddedPostgres,
} from './db/embedded-postgres.js'
import { requireMigrated } from './db/migrate.js'
import { explain } from './explain.js'
import { createLogger } from './logger.js'
import { rotateSecrets } from './secret/rotate-secrets.js'

/**
 * The command `rotate-secrets`: encrypts every stored secret with another key, beside a Mailroom that
 * runs or without one. The same environment as Mailroom's own tells it where everything is.
 */

const FAILURE = 'The secrets could not be rotated'
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

/** Things to undo at the end, last first. */
type Closers = (() => Promise<unknown>)[]

async function rotate(config: Config, closers: Closers, signal: AbortSignal): Promise<void> {
  const dataSource = createDataSource(config.databaseUrl ?? (await ownDatabase(config, closers)))
  await dataSource.initialize()
  closers.push(() => dataSource.destroy())
  await requireMigrated(dataSource)
  await rotateSecrets({
    dataSource,
    source: config,
    say,
    signal,
    record: (manager, event) =>
      recordAudit(
        manager,
        SYSTEM,
        event.kind === 'taken'
          ? keyTaken(event.keyId)
          : keyRetired(event.keyId, event.by, event.count),
      ),
  })
}

/** That of the Mailroom that runs; where none does, it is started for as long as this takes. */
async function ownDatabase({ dataDir }: Config, closers: Closers): Promise<string> {
  if (!(await hasEmbeddedPostgres(dataDir))) {
    throw new DataFolderError(
      `There is no database in ${dataDir}. Set MAILROOM_DATA_DIR or DATABASE_URL as Mailroom itself has it.`,
    )
  }
  const running = await findRunningPostgres(dataDir)
  if (running !== undefined) return running
  const lock = await lockDataFolder(dataDir)
  closers.push(() => lock.release())
  const postgres = await startEmbeddedPostgres({ dataDir, log: say })
  closers.push(() => postgres.stop())
  return postgres.url
}

async function main(): Promise<void> {
  const closers: Closers = []
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort())
  }
  let config: Config | undefined
  let logger = createLogger('info')
  try {
    config = readConfig()
    logger = createLogger(config.logLevel)
    await rotate(config, closers, stopping.signal)
  } catch (error) {
    process.exitCode = 1
    if (stopping.signal.aborted) say('Stopped. Run it again, and it goes on where it stopped.')
    else explain(error, FAILURE, config, logger)
  }
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => {
      process.exitCode = 1
      logger.error({ err: error }, 'something could not be closed')
    })
  }
}

await main()
