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

/** Tells a message by what the server calls it and what it holds, both hexadecimal. */
export const contentKey = ({
  idKey,
  sha256,
}: {
  readonly idKey: string
  readonly sha256: string
}) => `${idKey} ${sha256}`

/**
 * Counts each message once, however often a run meets it: after a lost connection the mailbox is
 * listed again.
 */
export class RunTally {
  /** Undefined: found, and nothing has become of it yet. */
  readonly #outcomes = new Map<string, MessageOutcome | undefined>()
  readonly #counts: Record<MessageOutcome, number>

  /** What was stored before, and the key of the message that it was met as again. */
  readonly #before: Map<string, string | undefined>

  /** @param before what a worker has stored that died in the midst of this run, by {@link contentKey} */
  constructor(before: readonly string[] = []) {
    this.#before = new Map(before.map((key) => [key, undefined]))
    this.#counts = { STORED: this.#before.size, HAD: 0, FAILED: 0, TOO_LARGE: 0 }
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

  /** A message that is here. One that this run has stored before it was taken up is counted already. */
  setHere(key: string, content: string, outcome: 'STORED' | 'HAD'): void {
    // Met again after a lost connection, it is here because this run has stored it.
    if (this.#outcomes.get(key) === 'STORED') return
    const metAs = this.#before.get(content)
    if (this.#before.has(content) && (metAs === undefined || metAs === key)) {
      this.#before.set(content, key)
      const counted = this.#outcomes.get(key)
      if (counted !== undefined) this.#counts[counted] -= 1
      this.#outcomes.delete(key)
    } else this.set(key, outcome)
  }

  /** The figures as they would be with these outcomes of messages that have none yet. */
  figures(more: readonly MessageOutcome[] = []): RunFigures {
    const counts = { ...this.#counts }
    for (const outcome of more) counts[outcome] += 1
    return {
      found: this.#outcomes.size + this.#before.size,
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
