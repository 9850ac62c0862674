import type { ChangeFeed } from '../db/change-feed.js'
import type { Caller } from './caller.js'

/** How long a caller is remembered: what the look-up writes down of its use is right to within this. */
const KEPT_MS = 5 * 60_000
const KEPT_MAX = 10_000

/**
 * Remembers in this process whose session or token it was that was looked up, until anything about
 * who may call changes anywhere (ChangeFeed) or it ends; with the feed down, never.
 */
export class KeptCallers {
  readonly #kept = new Map<string, { caller: Caller; untilMs: number }>()
  #generation = 0
  readonly #stopListening: () => void

  constructor(private readonly changes: ChangeFeed) {
    this.#stopListening = changes.on('session', () => {
      this.#generation += 1
      this.#kept.clear()
    })
  }

  /** Who it is; what is looked up and found is remembered. */
  async find(
    tokenHash: Buffer,
    lookUp: () => Promise<Caller | undefined>,
  ): Promise<Caller | undefined> {
    const key = tokenHash.toString('base64')
    const now = performance.now()
    const kept = this.#kept.get(key)
    if (kept !== undefined && now < kept.untilMs && this.changes.isLive) return kept.caller
    const generation = this.#generation
    const caller = await lookUp()
    this.#kept.delete(key)
    if (caller !== undefined && this.changes.isLive && generation === this.#generation) {
      if (this.#kept.size >= KEPT_MAX) this.#kept.clear()
      this.#kept.set(key, { caller, untilMs: Math.min(caller.endsAtMs, now + KEPT_MS) })
    }
    return caller
  }

  close(): void {
    this.#stopListening()
  }
}
