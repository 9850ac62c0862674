/** Counts for many at once: whoever asks within one turn is answered by one question to the database. */
export class CountsTogether {
  readonly #asked = new Set<string>()
  #counts: Promise<ReadonlyMap<string, number>> | undefined

  constructor(
    private readonly count: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>,
  ) {}

  async of(id: string): Promise<number> {
    this.#asked.add(id)
    return (await (this.#counts ??= this.#countAsked())).get(id) ?? 0
  }

  async #countAsked(): Promise<ReadonlyMap<string, number>> {
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...this.#asked]
    this.#asked.clear()
    this.#counts = undefined
    return this.count(ids)
  }
}
