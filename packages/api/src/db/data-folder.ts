import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The data folder cannot be used; the message is a sentence for whoever started Mailroom. */
export class DataFolderError extends Error {
  override name = 'DataFolderError'
}

const LOCK_FILE = 'mailroom.lock'

/** Who holds the folder. The start time tells a process from a later one that was given its number. */
interface Holder {
  readonly pid: number
  readonly startedAt: string
}

/**
 * Takes the data folder for this process. A lock left behind by a killed process is taken over.
 * Throws {@link DataFolderError} where another Mailroom runs on it.
 */
export async function lockDataFolder(dataDir: string): Promise<{ release(): Promise<void> }> {
  await makeFolder(dataDir)
  const file = join(dataDir, LOCK_FILE)
  const own: Holder = { pid: process.pid, startedAt: await startTimeOf(process.pid) }
  for (;;) {
    if (await createExclusively(file, own)) return { release: () => rm(file, { force: true }) }
    const holder = await readHolder(file)
    if (holder !== undefined && (await isRunning(holder))) {
      throw new DataFolderError(
        `Another Mailroom (process ${holder.pid}) already uses the data folder ${dataDir}. Stop it first, or set MAILROOM_DATA_DIR to a different folder.`,
      )
    }
    await removeStale(file)
  }
}

async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 })
  } catch (cause) {
    throw new DataFolderError(
      `The data folder ${dataDir} cannot be made. Check who may write there.`,
      { cause },
    )
  }
}

async function createExclusively(file: string, holder: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o644)
    await handle.writeFile(JSON.stringify(holder))
    await handle.close()
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw new DataFolderError('The data folder cannot be written to. Check who may write there.', {
      cause: error,
    })
  }
}

/** Moves the dead lock aside by a name of our own first: of two that find it, only one moves it. */
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  await rm(aside, { force: true })
}

async function readHolder(file: string): Promise<Holder | undefined> {
  // Another starter may be between creating and writing; a second look tells an empty lock from that.
  for (let look = 0; look < 5; look += 1) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const [pid, startedAt] = parseHolder(text)
    if (pid !== undefined && startedAt !== undefined) return { pid, startedAt }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return undefined
}

function parseHolder(text: string): [number?, string?] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value))
      return []
    const { pid, startedAt } = value
    return typeof pid === 'number' && typeof startedAt === 'string' ? [pid, startedAt] : []
  } catch {
    return []
  }
}

async function isRunning({ pid, startedAt }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false
  }
  const now = await startTimeOf(pid)
  return now === '' || startedAt === '' || now === startedAt
}

/**
 * A process's start in clock ticks since boot (proc(5), field 22); empty where there is no /proc.
 * A process that has ended and waits for its parent is as good as gone.
 */
async function startTimeOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' ? 'ended' : (fields[18] ?? '')
}

/** Writes a file that only its owner may read. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 })
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
