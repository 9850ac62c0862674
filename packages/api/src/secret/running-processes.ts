import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import { FEED_NAME } from '../db/change-feed.js'
import { shownKey } from './follow-keys.js'

/** A Mailroom that runs on this database, and the keys that it shows. */
interface RunningProcess {
  readonly from: string
  /** Shortened; the one that encrypts first. Empty for a version that shows none. */
  readonly keys: readonly string[]
}

const POLL_MS = 100

/** Whether a process can read secrets under a key. */
export const canRead =
  (keyId: string) =>
  ({ keys }: RunningProcess): boolean =>
    keys.includes(shownKey(keyId))

/** Whether a process encrypts with a key. */
export const encryptsWith =
  (keyId: string) =>
  ({ keys }: RunningProcess): boolean =>
    keys[0] === shownKey(keyId)

/** Waits until every running process is as wanted; answers where those run that are not in time. */
export async function othersThan(
  isWanted: (running: RunningProcess) => boolean,
  dataSource: DataSource,
  waitMs: number,
  signal?: AbortSignal,
): Promise<string[]> {
  for (const end = performance.now() + waitMs; ;) {
    const others = (await runningProcesses(dataSource)).filter((each) => !isWanted(each))
    if (others.length === 0 || performance.now() > end) return others.map(({ from }) => from)
    await pause(POLL_MS, undefined, { signal })
  }
}

async function runningProcesses(dataSource: DataSource): Promise<RunningProcess[]> {
  const rows: { name: string; from: string }[] = await dataSource.query(
    `SELECT application_name AS name, coalesce(host(client_addr), 'this machine') AS from
     FROM pg_stat_activity
     WHERE datname = current_database() AND starts_with(application_name, $1)`,
    [FEED_NAME],
  )
  return rows.map(({ name, from }) => ({
    from,
    keys: name
      .slice(FEED_NAME.length)
      .split(' ')
      .filter((key) => key !== ''),
  }))
}
