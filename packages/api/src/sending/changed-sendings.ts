import type { DataSource } from 'typeorm'
import { readRows } from '../db/read-rows.js'
import { IS_SHOWN } from './sending-writes.js'
import { Sending } from './sending.entity.js'

/** Of what changed since somebody looked, at most so much is told at once. */
const CHANGES_AT_ONCE = 200
/** A transaction may be so old when it commits. */
const LOOK_BACK_SECONDS = 10

/**
 * An account's sendings that changed lately, the oldest change first, and when that was so; without
 * `since` those that are under way. Some may have been told before: see {@link markOf}.
 */
export async function changedSendings(
  dataSource: DataSource,
  accountId: string,
  since: Date | undefined,
): Promise<[Date, Sending[]]> {
  const [row]: { now: Date }[] = await dataSource.query('SELECT now()')
  const rows = await readRows(
    dataSource,
    Sending,
    undefined,
    since === undefined
      ? `WHERE account_id = $1 AND state IN ('QUEUED', 'SENDING') AND ${IS_SHOWN} ORDER BY changed_at DESC LIMIT $2`
      : `WHERE account_id = $1 AND changed_at > $3::timestamptz - interval '${LOOK_BACK_SECONDS} s'
         AND ${IS_SHOWN} ORDER BY changed_at DESC LIMIT $2`,
    [accountId, CHANGES_AT_ONCE, ...(since === undefined ? [] : [since])],
  )
  return [row?.now ?? new Date(), rows.reverse()]
}

/** Differs after each change. */
export const markOf = ({ changedAt, state, fence }: Sending) =>
  `${changedAt.getTime()} ${state} ${fence}`
