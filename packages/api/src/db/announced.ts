import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE, type ChangeFeed, type ChangeTopic } from './change-feed.js'

/** Transactions whose COMMIT is announced to every process. */
export class AnnouncedTransactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
    private readonly topic: ChangeTopic,
  ) {}

  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.dataSource.transaction(async (manager) => {
      const value = await work(manager)
      await this.announce(manager)
      return value
    })
    // The caller's next request may come before the announcement has made its way back to us.
    this.changes.emit(this.topic)
    return result
  }

  /** In somebody else's transaction, at whose COMMIT it goes out. */
  async announce(manager: EntityManager): Promise<void> {
    await manager.query(ANNOUNCE_CHANGE, [this.topic])
  }
}
