import { withDeadline } from './deadline.js'

/** Saying goodbye must not keep anybody waiting. */
const GOODBYE_MS = 500

/**
 * Runs a QUIT or LOGOUT for half a second at most, or a shorter time-out. Never rejects: what had to
 * be done has been done, and the answer is of no interest.
 */
export async function sayGoodbye(
  quit: (signal: AbortSignal) => Promise<unknown>,
  { timeoutMs = GOODBYE_MS, signal }: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await withDeadline(Math.min(GOODBYE_MS, timeoutMs), signal, quit).catch(() => undefined)
}
