import { randomBytes } from 'node:crypto'
import { access, mkdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { DataFolderError, isCode, writePrivateFile } from './data-folder.js'
import { findPlace, giveTo, MAJOR_VERSION, type Place } from './postgres-place.js'
import { runProgram } from './postgres-program.js'
import {
  ownerOfPid,
  readPostmasterFile,
  retireReusedPid,
  type PidOwner,
} from './postmaster-file.js'

const SUPERUSER = 'mailroom'
const DATABASE = 'mailroom'
const START_SECONDS = 60
const STOP_SECONDS = 30
const STOP_POLL_MS = 25
const RECOVERY_ATTEMPTS = 20
const RECOVERY_PAUSE_MS = 500

export interface EmbeddedPostgres {
  /** The address of its database. */
  readonly url: string
  /** Starts it again at the same address where it has ended. Throws {@link DataFolderError}. */
  restart(): Promise<void>
  /** Ends it after its transactions in progress are rolled back ("fast"). */
  stop(): Promise<void>
}

interface Options {
  readonly dataDir: string
  /** Hears a sentence for each thing that takes time. */
  readonly log: (sentence: string) => void
  /** Gives up starting at the next point where nothing is left running, and rejects with its reason. */
  readonly signal?: AbortSignal
}

/**
 * Starts the PostgreSQL that Mailroom brings along below the data folder, makes it on the first
 * start, and adopts the one that still runs after this process was killed. The caller must hold
 * the data folder (data-folder.ts). Throws {@link DataFolderError}; nothing runs then.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { dataDir, log, signal } = options
  const place = await findPlace(dataDir)
  await removeHalfMade(place)
  if (!(await exists(join(place.clusterDir, 'PG_VERSION')))) {
    log('Making the database (first start only) …')
    await initialise(place)
  }
  await requireMajorVersion(place)
  signal?.throwIfAborted()
  try {
    let port = await adopt(place)
    if (port === undefined) {
      log('Starting the database …')
      await writePrivateFile(place.logFile, '')
      await giveTo(place.identity, place.logFile)
      port = await startServer(place, freePort, signal)
    } else log('Found the database still running; took it over.')
    signal?.throwIfAborted()
    const address = await addressAt(place, port)
    await createDatabase(`${address}/postgres`)
    return {
      url: `${address}/${DATABASE}`,
      restart: () => restart(place, port, signal),
      stop: () => stopServer(place),
    }
  } catch (error) {
    if ((await ownerOfServer(place)) === 'server') await stopServer(place)
    throw error
  }
}

/** Whether there is a database below the data folder, running or not. */
export function hasEmbeddedPostgres(dataDir: string): Promise<boolean> {
  return exists(join(dataDir, 'postgres', 'PG_VERSION'))
}

/** The address of the database that runs below the data folder; undefined where none does. */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const place = await findPlace(dataDir)
  const port = await adopt(place)
  return port === undefined ? undefined : `${await addressAt(place, port)}/${DATABASE}`
}

const makingDir = (place: Place) => `${place.clusterDir}.making`

/** A first start that was killed leaves a folder under its temporary name only. */
async function removeHalfMade(place: Place): Promise<void> {
  await rm(makingDir(place), { recursive: true, force: true })
}

async function initialise(place: Place): Promise<void> {
  const dir = makingDir(place)
  await mkdir(dir, { mode: 0o700 })
  await writePrivateFile(place.passwordFile, randomBytes(24).toString('hex'))
  await giveTo(place.identity, dir, place.passwordFile)
  const { code, said } = await runProgram(place, 'initdb', [
    ...['-D', dir, '-U', SUPERUSER, '--pwfile', place.passwordFile],
    ...['-A', 'scram-sha-256', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
  ])
  if (code !== 0) {
    throw new DataFolderError(
      `The database could not be made: PostgreSQL's initdb failed (${lastLine(said)}).`,
    )
  }
  // Its own tool syncs to disk before it ends; the new name makes the whole of it appear at once.
  await rename(dir, place.clusterDir)
}

const lastLine = (text: string) => text.split('\n').at(-1) ?? ''

async function requireMajorVersion(place: Place): Promise<void> {
  const version = (await readFile(join(place.clusterDir, 'PG_VERSION'), 'utf8')).trim()
  if (version !== MAJOR_VERSION) {
    throw new DataFolderError(
      `The data folder was made by PostgreSQL ${version}; this Mailroom brings PostgreSQL ${MAJOR_VERSION}. Start the Mailroom that made it, back up, and restore into a new folder.`,
    )
  }
}

async function addressAt(place: Place, port: number): Promise<string> {
  const password = (await readFile(place.passwordFile, 'utf8')).trim()
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}`
}

/** The port of a server that runs on this cluster and answers; undefined where none does. */
async function adopt(place: Place): Promise<number | undefined> {
  const port = (await readPostmasterFile(place.clusterDir))?.port
  if (port === undefined) return undefined
  const client = new pg.Client({
    connectionString: `${await addressAt(place, port)}/postgres`,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    // By its real name: it may have been started through another path to the same folder.
    const shown = await realpath(rows[0]?.data_directory ?? '')
    return shown === place.clusterDir ? port : undefined
  } catch {
    // Nobody there, or another program with that port now: the lock file is stale.
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * After the server was killed, its children need a moment to notice and let go of the shared memory;
 * until then PostgreSQL rightly refuses to start beside them.
 */
async function startServer(
  place: Place,
  choosePort: () => Promise<number> | number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const wasKilled = (await readPostmasterFile(place.clusterDir)) !== undefined
  for (let attempt = 1; ; attempt += 1) {
    await retireReusedPid(place.clusterDir, (file) => giveTo(place.identity, file))
    const port = await choosePort()
    if ((await pgCtlStart(place, port)) === 0) return port
    signal?.throwIfAborted()
    if (!wasKilled || attempt === RECOVERY_ATTEMPTS) {
      throw new DataFolderError(`PostgreSQL did not start. See ${place.logFile}.`)
    }
    await pause(RECOVERY_PAUSE_MS, undefined, { signal })
    // It may have been there all along, still recovering from a kill of its own.
    const running = await adopt(place)
    if (running !== undefined) return running
  }
}

async function pgCtlStart(place: Place, port: number): Promise<number> {
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`
  const wait = ['-w', '-t', String(START_SECONDS), '-s']
  const args = ['start', '-D', place.clusterDir, '-l', place.logFile, '-o', options, ...wait]
  return (await runProgram(place, 'pg_ctl', args)).code
}

async function restart(place: Place, port: number, signal: AbortSignal | undefined): Promise<void> {
  const running = (await adopt(place)) ?? (await startServer(place, () => port, signal))
  // Everybody has the first address.
  if (running !== port) throw new DataFolderError('PostgreSQL runs at another port now.')
}

async function ownerOfServer({ clusterDir }: Place): Promise<PidOwner> {
  const file = await readPostmasterFile(clusterDir)
  return file === undefined ? 'nobody' : ownerOfPid(file.pid, clusterDir)
}

/**
 * "Fast", and where that takes too long "immediate", which loses nothing either: the next start
 * recovers as after a power cut.
 *
 * Signalled from here and not through pg_ctl: a Ctrl-C reaches also a program that is just being
 * started, before it has a session of its own.
 */
async function stopServer(place: Place): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const file = await readPostmasterFile(place.clusterDir)
    // The number in the lock file may be that of another process now.
    if (file === undefined || (await isGone(file.pid, place))) return
    try {
      process.kill(file.pid, signal)
    } catch (error) {
      if (isCode(error, 'ESRCH')) return
      throw new DataFolderError('PostgreSQL could not be stopped.', { cause: error })
    }
    if (await endsInTime(file.pid, place)) return
  }
  throw new DataFolderError(`PostgreSQL could not be stopped. See ${place.logFile}.`)
}

/** It removes its lock file last of all. */
async function endsInTime(pid: number, place: Place): Promise<boolean> {
  for (
    const end = performance.now() + STOP_SECONDS * 1_000;
    performance.now() < end;
    await pause(STOP_POLL_MS)
  ) {
    if ((await readPostmasterFile(place.clusterDir)) === undefined) return true
    if (await isGone(pid, place)) return true
  }
  return false
}

async function isGone(pid: number, { clusterDir }: Place): Promise<boolean> {
  const owner = await ownerOfPid(pid, clusterDir)
  return owner === 'nobody' || owner === 'other'
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      DATABASE,
    ])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })
}
