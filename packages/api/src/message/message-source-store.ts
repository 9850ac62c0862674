import type { DataSource, EntityManager } from 'typeorm'
import { copyRows } from '../db/copy-rows.js'

/** A source on its way into the store. */
export interface NewSource {
  readonly messageId: string
  readonly source: Buffer
}

/** Where the sources of messages are kept, byte for byte: behind this they can move to another store. */
export interface MessageSourceStore {
  /** Durable once the transaction of `manager` has committed. */
  put(manager: EntityManager, sources: readonly NewSource[]): Promise<void>
  /** Null where the message is gone. */
  read(messageId: string): Promise<Buffer | null>
}

/** In the database, with the rest: one COMMIT covers all of it, and one backup. */
export class PostgresSourceStore implements MessageSourceStore {
  constructor(private readonly dataSource: DataSource) {}

  async put(manager: EntityManager, sources: readonly NewSource[]): Promise<void> {
    if (sources.length === 0) return
    await copyRows(
      manager,
      'message_source (message_id, source)',
      sources.map(({ messageId, source }) => [uuidBytes(messageId), source]),
    )
  }

  async read(messageId: string): Promise<Buffer | null> {
    const rows: { source: Buffer }[] = await this.dataSource.query(
      'SELECT source FROM message_source WHERE message_id = $1',
      [messageId],
    )
    return rows[0]?.source ?? null
  }
}

const uuidBytes = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
