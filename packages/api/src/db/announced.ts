import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE, type ChangeFeed, type ChangeTopic } from './change-feed.js'
import { codeOf, isConflict } from './error-code.js'

const TRIES = 4

async function untilNoConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === TRIES || !isConflict(codeOf(error))) throw error
    }
  }
}

/** Transactions whose COMMIT is announced to every process. */
export class AnnouncedTransactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
    private readonly topic: ChangeTopic,
  ) {}

  /** @param work is done again where another transaction was in its way, and does nothing outside of its own */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await untilNoConflict(() =>
      this.dataSource.transaction(async (manager) => {
        const value = await work(manager)
        await this.announce(manager)
        return value
      }),
    )
    // The caller's next request may come before the announcement has made its way back to us.
    this.changes.emit(this.topic)
    return result
  }

  /** In somebody else's transaction, at whose COMMIT it goes out. */
  async announce(manager: EntityManager): Promise<void> {
    await manager.query(ANNOUNCE_CHANGE, [this.topic])
  }
}

/**
 * Transactions that are announced a moment after their COMMIT, many at once: for what screens show and
 * workers look for now and then, never for what answers are kept by, since a process that dies in that
 * moment announces nothing. PostgreSQL lets transactions that announce something commit one after the
 * other only, each with a flush of its own.
 */
export class SoonAnnouncedTransactions {
  readonly #topics: readonly ChangeTopic[]

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
    ...topics: readonly ChangeTopic[]
  ) {
    this.#topics = topics
  }

  /** @param work is done again where another transaction was in its way, and does nothing outside of its own */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await untilNoConflict(() => this.dataSource.transaction(work))
    this.announce()
    return result
  }

  /** After a change that needed no transaction of its own. */
  announce(): void {
    for (const topic of this.#topics) this.changes.announceSoon(topic)
  }
}
