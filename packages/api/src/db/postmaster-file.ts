import { execFile } from 'node:child_process'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isCode, writePrivateFile } from './data-folder.js'

/** What PostgreSQL's lock file says of the server that wrote it; it stays behind when that is killed. */
export interface PostmasterFile {
  /** 0 where the file is empty: PostgreSQL makes it and then writes it. */
  readonly pid: number
  readonly port: number | undefined
}

/**
 * Whose a process number is: the running server's of that folder, somebody else's, or nobody's any
 * more; `unknown` where we may not look.
 */
export type PidOwner = 'server' | 'other' | 'nobody' | 'unknown'

/** Above every system's largest process number, and PostgreSQL's largest integer. */
const NOBODYS_PID = '2147483647'
/** An empty file that old is not about to be written. */
const UNWRITTEN_MS = 2_000

export const postmasterFile = (clusterDir: string) => join(clusterDir, 'postmaster.pid')

/** Undefined where there is none: the server was stopped cleanly, or never ran. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  const lines = await readLines(clusterDir)
  if (lines === undefined) return undefined
  const port = Number(lines[3])
  return {
    pid: Math.abs(Math.trunc(Number(lines[0]))) || 0,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
  }
}

async function readLines(clusterDir: string): Promise<string[] | undefined> {
  const text = await readFile(postmasterFile(clusterDir), 'utf8').catch(undefinedIfGone)
  return text?.split('\n')
}

function undefinedIfGone(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error
}

/**
 * Makes PostgreSQL start although the number in the lock file of a killed server is that of another
 * process now, or of one that has ended and that nobody has asked about. Nothing is done where it may
 * be the server's. The caller must hold the data folder (data-folder.ts).
 *
 * The number alone is replaced. By the rest PostgreSQL still finds out whether children of the killed
 * server hold its memory, and waits for them.
 */
export async function retireReusedPid(
  clusterDir: string,
  giveToServer: (file: string) => Promise<void>,
): Promise<void> {
  const file = postmasterFile(clusterDir)
  const content = await readPostmasterFile(clusterDir)
  if (content === undefined) return
  if (content.pid === 0) {
    const made = await stat(file).catch(undefinedIfGone)
    const isStale = made !== undefined && Date.now() - made.mtimeMs > UNWRITTEN_MS
    if (isStale) await rm(file, { force: true })
    return
  }
  if ((await ownerOfPid(content.pid, clusterDir)) !== 'other') return
  // A server that has just ended takes its file away, and its number is nobody's then.
  const lines = await readLines(clusterDir)
  if (lines === undefined) return
  const draft = `${file}.retired`
  await writePrivateFile(draft, [NOBODYS_PID, ...lines.slice(1)].join('\n'))
  await giveToServer(draft)
  await rename(draft, file)
}

/** By its program, and by the folder that it works in: a server's is its data folder, whatever path led there. */
export async function ownerOfPid(pid: number, clusterDir: string): Promise<PidOwner> {
  if (pid === 0) return 'nobody'
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (isCode(error, 'ESRCH')) return 'nobody'
  }
  const command = await commandLine(pid)
  if (command === undefined) return 'unknown'
  if (!/(?:^|\/)postgres(?:[\0 ]|$)/.test(command)) return 'other'
  try {
    const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(clusterDir)])
    return there.dev === here.dev && there.ino === here.ino ? 'server' : 'other'
  } catch {
    return command.includes(clusterDir) ? 'server' : 'unknown'
  }
}

/** Empty for a process that has ended and waits for its parent; undefined where it cannot be read. */
async function commandLine(pid: number): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // No /proc, as on macOS.
    const ps = promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)])
    return ps.then(
      ({ stdout }) => stdout,
      () => undefined,
    )
  }
}
