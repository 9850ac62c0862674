import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../logger.js'
import { DataFolderError } from './data-folder.js'
import type { EmbeddedPostgres } from './embedded-postgres.js'

/** How long to wait before the first, second … start within the window; after these it is hopeless. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000]
const WINDOW_MS = 5 * 60_000

/**
 * Starts the embedded server again whenever it ends by itself, until `signal` says that Mailroom
 * stops. Rejects with a {@link DataFolderError} where it does not start or keeps ending.
 */
export async function keepPostgresRunning(
  postgres: EmbeddedPostgres,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  let losses: number[] = []
  try {
    for (;;) {
      await connectionLost(postgres.url, signal)
      signal.throwIfAborted()
      losses = [...losses.filter((at) => at > performance.now() - WINDOW_MS), performance.now()]
      const wait = PAUSES_MS[losses.length - 1]
      if (wait === undefined) throw new DataFolderError('The database keeps ending by itself.')
      logger.warn({ losses: losses.length }, 'the database has ended; starting it again')
      await pause(wait, undefined, { signal })
      await postgres.restart()
      logger.info('the database runs again')
    }
  } catch (cause) {
    if (signal.aborted) return
    const reason = cause instanceof DataFolderError ? ` ${cause.message}` : ''
    throw new DataFolderError(`The database ended and could not be started again.${reason}`, {
      cause,
    })
  }
}

/** Holds a connection for nothing but to see it end; also returns at once where there is no server. */
async function connectionLost(url: string, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mailroom-watch',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await client.connect().then(
    () => ended,
    () => undefined,
  )
  client.end().catch(() => undefined)
}
