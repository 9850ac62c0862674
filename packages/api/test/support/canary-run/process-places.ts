import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../canary.js'

/** What everybody on this machine may read of the processes that run. */
export async function processes(file: 'cmdline' | 'environ', pids?: string[]): Promise<Place[]> {
  const all = pids ?? (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    all.map(async (pid) => ({
      name: `${file} of ${pid}`,
      bytes: await readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0)),
    })),
  )
}

/** Of the embedded PostgreSQL and all its processes. */
export async function databaseEnvironments(dataDir: string): Promise<Place[]> {
  const [pid = ''] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split(
    '\n',
  )
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return processes('environ', [pid, ...children.trim().split(' ')])
}
