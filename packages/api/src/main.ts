import './quiet-libraries.js'
import './thread-pool.js'
import { setTimeout as pause } from 'node:timers/promises'
import { SYSTEM } from './audit/actor.js'
import { readConfig, type Config } from './config.js'
import { createApp, type App } from './app.js'
import { lockDataFolder } from './db/data-folder.js'
import { startEmbeddedPostgres } from './db/embedded-postgres.js'
import { keepPostgresRunning } from './db/keep-postgres-running.js'
import { explain } from './explain.js'
import { createLogger, type Logger } from './logger.js'

/** Things to undo when the process ends, last first. */
type Closers = (() => Promise<void>)[]

/** What everything that is started gets: where to put its end, whether it should go on, whom to tell that it cannot. */
interface Run {
  readonly closers: Closers
  readonly signal: AbortSignal
  readonly fail: (error: unknown) => void
}

/** What has not ended by itself after this is left to the end of the process; never PostgreSQL, which would outlive it. */
const SHUTDOWN_MS = 15_000

/** To the person at the terminal; the structured log goes to standard error. */
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

async function start(config: Config, logger: Logger, run: Run): Promise<void> {
  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(config, logger, run))
  run.signal.throwIfAborted()
  say('Preparing the database …')
  const app = await createApp(databaseUrl, config, logger)
  run.closers.push(() => atMost(SHUTDOWN_MS, app.close()))
  run.signal.throwIfAborted()
  if (config.role === 'worker') {
    say('\nMailroom receives mail.\n\nPress Ctrl-C to stop.')
    return
  }
  await createAdministrator(app, config)
  const setUpToken = await app.auth.createSetUpToken()
  run.signal.throwIfAborted()
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

async function startOwnDatabase(config: Config, logger: Logger, run: Run): Promise<string> {
  const { closers, signal, fail } = run
  const lock = await lockDataFolder(config.dataDir)
  closers.push(() => lock.release())
  const starting = startEmbeddedPostgres({ dataDir: config.dataDir, log: say, signal })
  // Before it runs: what is only being started is waited for, and stops by itself or here.
  closers.push(() =>
    starting.then(
      (postgres) => postgres.stop(),
      () => undefined,
    ),
  )
  const postgres = await starting
  const watching = keepPostgresRunning(postgres, logger, signal).catch(fail)
  closers.push(() => watching)
  return postgres.url
}

async function createAdministrator(app: App, config: Config): Promise<void> {
  if (config.adminPassword === undefined) return
  const user = await app.auth.createFirstAdministrator(SYSTEM, 'admin', config.adminPassword)
  if (user !== undefined) say('Made the administrator "admin" with MAILROOM_ADMIN_PASSWORD.')
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Whether everything ended as it should. */
async function closeAll(closers: Closers, logger: Logger): Promise<boolean> {
  let isClean = true
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => {
      isClean = false
      logger.error({ err: error }, 'shutdown step failed')
    })
  }
  return isClean
}

const atMost = (ms: number, work: Promise<unknown>) =>
  Promise.race([work.then(() => undefined), pause(ms, undefined, { ref: false })])

async function main(): Promise<void> {
  const closers: Closers = []
  const stopping = new AbortController()
  let config: Config | undefined
  let logger = createLogger('info')
  let started: Promise<unknown> = Promise.resolve()
  const end = async (exitCode: number) => {
    await atMost(SHUTDOWN_MS, started)
    const isClean = await closeAll(closers, logger)
    process.exit(isClean ? exitCode : exitCode || 1)
  }
  // Once: a terminal and the launcher (scripts/start.mjs) both pass on a Ctrl-C.
  const stop = (exitCode: number) => {
    if (stopping.signal.aborted) return
    say('Stopping …')
    stopping.abort()
    end(exitCode).catch(() => process.exit(1))
  }
  const fail = (error: unknown) => {
    if (!stopping.signal.aborted) explain(error, 'Mailroom could not start', config, logger)
    stop(1)
  }
  // The terminal may be gone before us, and then nothing can be written to it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  // The launcher is gone: a signal to it never reaches this process.
  process.on('disconnect', () => stop(0))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception')
    stop(1)
  })
  try {
    config = readConfig()
    logger = createLogger(config.logLevel)
    const starting = start(config, logger, { closers, signal: stopping.signal, fail })
    started = starting.catch(() => undefined)
    await starting
  } catch (error) {
    fail(error)
  }
}

await main()
