import { DiagnosisProblem } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, isConflict } from '../db/error-code.js'
import { ReceiveFailure } from './receive-failure.js'

/** lock_not_available: another transaction is in the way, as in a conflict. */
const LOCKED = '55P03'
const CONFLICT_TRIES = 5
const CONFLICT_PAUSE_MS = 50
/** A database that restarts is back well before; the lease of the account ends soon after. */
const OUTAGE_MS = 8_000
const OUTAGE_PAUSE_MS = 300
/** disk_full, and what a full file system shows itself as (class 53 and 58). */
const FULL = new Set(['53100', '58030'])

/**
 * Stores, and tries again where the database was away for a moment or two transactions met. Throws
 * STORAGE_FULL or STORAGE_UNAVAILABLE where that does not help; what was fetched is then fetched again
 * the next time.
 *
 * @param work gets whether an earlier try may have been committed without our hearing of it
 */
export async function withRetries<T>(
  work: (isRepeated: boolean) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const beganMs = performance.now()
  let isRepeated = false
  for (let conflicts = 0; ;) {
    try {
      return await work(isRepeated)
    } catch (error) {
      signal.throwIfAborted()
      const code = codeOf(error)
      if (code !== undefined && FULL.has(code)) {
        throw new ReceiveFailure(DiagnosisProblem.STORAGE_FULL, undefined, { cause: error })
      }
      if (isConflict(code) || code === LOCKED) {
        conflicts += 1
        if (conflicts > CONFLICT_TRIES) throw unavailable(error)
        await sleep(CONFLICT_PAUSE_MS * conflicts * (0.5 + Math.random()), undefined, { signal })
      } else if (isOutage(error, code)) {
        isRepeated = true
        if (performance.now() - beganMs > OUTAGE_MS) throw unavailable(error)
        await sleep(OUTAGE_PAUSE_MS, undefined, { signal })
      } else throw error
    }
  }
}

/** Whether the connection to the database, and not the statement, failed. */
function isOutage(error: unknown, code: string | undefined): boolean {
  // Class 08: connection exceptions; 57P: the server stops or starts; E…: the socket's.
  if (code !== undefined) return /^(08|57P|E(?!RR_)[A-Z])|^ERR_STREAM_PREMATURE_CLOSE$/.test(code)
  // What pg says of a connection that broke off bears no code.
  return (
    error instanceof Error &&
    /connection (terminated|timeout|closed)|timeout exceeded|not queryable|already released/i.test(
      error.message,
    )
  )
}

const unavailable = (cause: unknown) =>
  new ReceiveFailure(DiagnosisProblem.STORAGE_UNAVAILABLE, undefined, { cause })
