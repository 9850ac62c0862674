import { readConfig, ConfigError, type Config } from './config.js'
import { createApp, type App } from './app.js'
import { DataFolderError, lockDataFolder } from './db/data-folder.js'
import { startEmbeddedPostgres } from './db/embedded-postgres.js'
import { DatabaseVersionError } from './db/migrate.js'
import { createLogger, type Logger } from './logger.js'
import { SecretKeyError } from './secret/secret-key.js'

/** Things to undo when the process ends, last first. */
type Closers = (() => Promise<void>)[]

/** A process that has not ended by itself after this is ended. */
const SHUTDOWN_MS = 15_000

/** To the person at the terminal; the structured log goes to standard error. */
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

async function start(config: Config, logger: Logger, closers: Closers): Promise<void> {
  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(config, closers))
  say('Preparing the database …')
  const app = await createApp(databaseUrl, config, logger)
  closers.push(() => app.close())
  await createAdministrator(app, config)
  const setUpToken = await app.auth.createSetUpToken()
  const port = await app.listen(config.port, config.host)
  const address = config.publicUrl?.origin ?? `http://${urlHost(config.host)}:${port}`
  logger.info({ port, host: config.host }, 'listening')
  say(`\nMailroom is ready: ${address}`)
  if (config.isDevelopment) say(`GraphQL explorer:  ${address}/explorer`)
  if (setUpToken !== undefined) {
    // In the fragment, so that it reaches no server's log and no Referer.
    say(
      `\nNobody can sign in yet. Open this link once to make the first administrator:\n  ${address}/setup#token=${setUpToken}`,
    )
  }
  say('\nPress Ctrl-C to stop.')
}

async function startOwnDatabase(config: Config, closers: Closers): Promise<string> {
  const lock = await lockDataFolder(config.dataDir)
  closers.push(() => lock.release())
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: say })
  closers.push(() => postgres.stop())
  return postgres.url
}

async function createAdministrator(app: App, config: Config): Promise<void> {
  if (config.adminPassword === undefined) return
  const user = await app.auth.createFirstAdministrator('admin', config.adminPassword)
  if (user !== undefined) say('Made the administrator "admin" with MAILROOM_ADMIN_PASSWORD.')
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function closeAll(closers: Closers, logger: Logger): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => logger.error({ err: error }, 'shutdown step failed'))
  }
}

/** Sentences for what the person can mend; anything else is logged with its cause. */
function explain(error: unknown, config: Config | undefined, logger: Logger): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (
    error instanceof ConfigError ||
    error instanceof DatabaseVersionError ||
    error instanceof DataFolderError ||
    error instanceof SecretKeyError
  ) {
    process.stderr.write(`${error.message}\n`)
  } else if (code === 'EADDRINUSE') {
    process.stderr.write(
      `Port ${config?.port} is already in use. Stop what listens there, or set PORT to another one.\n`,
    )
  } else if (code === 'EACCES') {
    process.stderr.write(
      `Port ${config?.port} may not be used by this account. Set PORT to one above 1023.\n`,
    )
  } else if (
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === '28P01' ||
    code === '3D000'
  ) {
    process.stderr.write(
      `The database of DATABASE_URL cannot be reached (${code}). Check its address, name and password.\n`,
    )
  } else {
    logger.fatal({ err: error }, 'Mailroom could not start')
    process.stderr.write('Mailroom could not start; the line above says why.\n')
  }
}

async function main(): Promise<void> {
  const closers: Closers = []
  let config: Config | undefined
  let logger = createLogger('info')
  let isStopping = false
  let started: Promise<unknown> = Promise.resolve()
  const stop = (exitCode: number) => {
    if (isStopping) return
    isStopping = true
    say('Stopping …')
    setTimeout(() => process.exit(exitCode === 0 ? 1 : exitCode), SHUTDOWN_MS).unref()
    // What is only being started could not be stopped yet: the database would outlive us.
    started
      .then(() => closeAll(closers, logger))
      .then(
        () => process.exit(exitCode),
        () => process.exit(1),
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  // The launcher (scripts/start.mjs) is gone: a signal to it never reaches this process.
  process.on('disconnect', () => stop(0))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception')
    stop(1)
  })
  try {
    config = readConfig()
    logger = createLogger(config.logLevel)
    const starting = start(config, logger, closers)
    started = starting.catch(() => undefined)
    await starting
  } catch (error) {
    explain(error, config, logger)
    stop(1)
  }
}

await main()
