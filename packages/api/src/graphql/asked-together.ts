/** Answers for many at once: all who ask within one turn are answered by one question to the database. */
export class AskedTogether<T> {
  readonly #asked = new Set<string>()
  #answers: Promise<ReadonlyMap<string, T>> | undefined

  constructor(
    private readonly answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ) {}

  /** Undefined where there is nothing to say of it. */
  async of(id: string): Promise<T | undefined> {
    this.#asked.add(id)
    return (await (this.#answers ??= this.#answerAsked())).get(id)
  }

  async #answerAsked(): Promise<ReadonlyMap<string, T>> {
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...this.#asked]
    this.#asked.clear()
    this.#answers = undefined
    return this.answer(ids)
  }
}
