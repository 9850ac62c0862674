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
