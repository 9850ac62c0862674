import { PgBoss, systemClock } from 'pg-boss'
import type { EntityManager } from 'typeorm'
import type { Logger } from '../logger.js'

const SCHEMA = 'mailroom_queue'
const SUPERVISE_SECONDS = 5
const CONNECTIONS = 4
/** Its loops measure with it: set back an hour, the wall clock would have them sleep for one. */
const STEADY_CLOCK = {
  ...systemClock,
  now: () => performance.timeOrigin + performance.now(),
}

/** The queue that all kinds of jobs share, in PostgreSQL (decision 22): pg-boss hands each to one process. */
export class JobBoss {
  readonly boss: PgBoss

  constructor(
    databaseUrl: string,
    logger: Logger,
    /** Whether this process looks after jobs of dead workers; those that do none need not. */
    supervise: boolean,
  ) {
    this.boss = new PgBoss({
      connectionString: databaseUrl,
      application_name: 'mailroom-queue',
      schema: SCHEMA,
      clock: STEADY_CLOCK,
      max: CONNECTIONS,
      supervise,
      schedule: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
      useListenNotify: supervise,
      registerInstance: false,
      openTelemetry: { enabled: false },
    })
    // It tries again by itself.
    this.boss.on('error', (error) => logger.warn({ err: error }, 'job queue'))
  }

  /** Makes the queue's own tables where they are missing. */
  async open(): Promise<void> {
    await this.boss.start()
  }

  /** Waits for jobs under way, at most so long. */
  async close(timeoutMs: number): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: timeoutMs, close: true })
  }
}

/** Where pg-boss is to write for a job that is queued once the transaction of `manager` has committed. */
export const within = (manager: EntityManager) => ({
  executeSql: async (text: string, values?: unknown[]) => {
    const result: unknown = await manager.queryRunner?.query(text, values, true)
    return { rows: rowsOf(result) }
  },
})

function rowsOf(result: unknown): unknown[] {
  if (typeof result === 'object' && result !== null && 'records' in result) {
    return Array.isArray(result.records) ? result.records : []
  }
  return []
}
