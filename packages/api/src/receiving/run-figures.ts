/** A run's figures: once it is over, found is the sum of the others. */
export interface RunFigures {
  readonly found: number
  readonly stored: number
  readonly alreadyHad: number
  readonly failed: number
  readonly tooLarge: number
}

/** What became of a message in a run. */
export type MessageOutcome = 'STORED' | 'HAD' | 'FAILED' | 'TOO_LARGE'

/**
 * Counts each message once, however often a run meets it: after a lost connection the mailbox is
 * listed again.
 */
export class RunTally {
  /** Undefined: found, and nothing has become of it yet. */
  readonly #outcomes = new Map<string, MessageOutcome | undefined>()
  readonly #counts: Record<MessageOutcome, number>

  /** @param storedBefore by a worker that died in the midst of this run */
  constructor(private readonly storedBefore: number) {
    this.#counts = { STORED: storedBefore, HAD: 0, FAILED: 0, TOO_LARGE: 0 }
  }

  /** @param key tells the message from the others of this run */
  find(key: string): void {
    if (!this.#outcomes.has(key)) this.#outcomes.set(key, undefined)
  }

  set(key: string, outcome: MessageOutcome): void {
    const before = this.#outcomes.get(key)
    if (before !== undefined) this.#counts[before] -= 1
    this.#counts[outcome] += 1
    this.#outcomes.set(key, outcome)
  }

  outcomeOf(key: string): MessageOutcome | undefined {
    return this.#outcomes.get(key)
  }

  /** The figures as they would be with these outcomes of messages that have none yet. */
  figures(more: readonly MessageOutcome[] = []): RunFigures {
    const counts = { ...this.#counts }
    for (const outcome of more) counts[outcome] += 1
    return {
      found: this.#outcomes.size + this.storedBefore,
      stored: counts.STORED,
      alreadyHad: counts.HAD,
      failed: counts.FAILED,
      tooLarge: counts.TOO_LARGE,
    }
  }

  /** The figures of a run that is over: what nothing has become of is still on the server. */
  finalFigures(): RunFigures {
    const figures = this.figures()
    const { found, stored, alreadyHad, tooLarge } = figures
    return { ...figures, failed: found - stored - alreadyHad - tooLarge }
  }
}
