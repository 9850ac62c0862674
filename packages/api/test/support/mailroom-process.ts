import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The product as a process of its own. */
export interface Process {
  readonly child: ChildProcess
  /** All that it has said, to the person and to the log. */
  output(): string
  /** Of it, the log. */
  log(): string
  /** The address, once it is printed. */
  readonly ready: Promise<string>
  readonly exited: Promise<number | null>
}

/**
 * The product as `npm start` runs it, in that environment; with at most so many files and sockets open.
 *
 * @param through a program and arguments that run it
 */
export function startProcess(
  env: NodeJS.ProcessEnv,
  openFilesMax?: number,
  through: readonly string[] = [],
): Process {
  const limit = openFilesMax === undefined ? '' : `ulimit -n ${openFilesMax} && `
  const run = [...through, process.execPath, MAIN]
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, ...run], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own, as a terminal gives it.
    detached: true,
  })
  let output = ''
  let log = ''
  const exited = exitOf(child)
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const address = /ready: (http:\S+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
    exited.then(() => reject(new Error(output)), reject)
  })
  ready.catch(() => undefined)
  return { child, output: () => output, log: () => log, ready, exited }
}

/** The exit code, once all that was said has been heard. */
async function exitOf(child: ChildProcess): Promise<number | null> {
  const heard = [child.stdout, child.stderr].flatMap((stream) =>
    stream === null ? [] : [once(stream, 'close')],
  )
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  await Promise.all(heard)
  return code
}

/** Ends it in order, if it has not ended. */
export async function stopProcess({ child }: Process): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Where the embedded database of a data folder listens. */
export async function embeddedDatabaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim()
  const postmaster = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  return `postgres://mailroom:${password}@127.0.0.1:${postmaster.split('\n')[3] ?? ''}/mailroom`
}
