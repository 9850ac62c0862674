import { PgBoss, systemClock, type Job } from 'pg-boss'
import type { EntityManager } from 'typeorm'
import type { Logger } from '../logger.js'

const QUEUE = 'receive'
const SCHEMA = 'mailroom_queue'
/** pg-boss takes no less. A worker that is silent for so long is dead, and its job another's. */
const HEARTBEAT_SECONDS = 10
const SUPERVISE_SECONDS = 5
/** The longest run: the largest mailboxes over the slowest lines. */
const RUN_MAX_SECONDS = 12 * 60 * 60
/** An account that another worker has is looked at again so often, as long as a run may take. */
const RETRY_SECONDS = 2
const RETRY_LIMIT = 20_000
const CONNECTIONS = 4
/** Its loops measure with it: set back an hour, the wall clock would have them sleep for one. */
const STEADY_CLOCK = {
  ...systemClock,
  now: () => performance.timeOrigin + performance.now(),
}

interface ReceiveJobData {
  readonly runId: string
}

export interface QueueOptions {
  /** How many runs at a time this process does. */
  readonly concurrency: number
  /** How many runs at a time all processes do at one mail server. */
  readonly perHost: number
}

/** Runs that wait for a worker, in PostgreSQL (decision 22): pg-boss hands each to one process. */
export class ReceiveQueue {
  readonly #boss: PgBoss

  constructor(
    databaseUrl: string,
    private readonly logger: Logger,
    /** Whether this process looks after jobs of dead workers; those that do none need not. */
    supervise: boolean,
  ) {
    this.#boss = new PgBoss({
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
    this.#boss.on('error', (error) => this.logger.warn({ err: error }, 'job queue'))
  }

  /** Makes the queue's own tables where they are missing. */
  async open(): Promise<void> {
    await this.#boss.start()
    await this.#boss.createQueue(QUEUE, {
      // One job of a run, waiting or under way.
      policy: 'exclusive',
      notify: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: RUN_MAX_SECONDS,
      retryLimit: RETRY_LIMIT,
      retryDelay: RETRY_SECONDS,
      deleteAfterSeconds: 3_600,
    })
  }

  /** Queued once the transaction of `manager` has committed. */
  async send(manager: EntityManager, runId: string, host: string): Promise<void> {
    await this.#boss.send(QUEUE, { runId } satisfies ReceiveJobData, {
      singletonKey: runId,
      group: { id: host },
      db: {
        executeSql: async (text, values) => {
          const result: unknown = await manager.queryRunner?.query(text, values, true)
          return { rows: rowsOf(result) }
        },
      },
    })
  }

  /** @param work does a run; rejects where it is to be tried again in a moment */
  async work(options: QueueOptions, work: (runId: string) => Promise<void>): Promise<void> {
    // The first look at dead workers' jobs would come after the interval: processes that live no longer
    // would leave them for ever, and with them the places at their mail servers.
    await this.#boss.supervise(QUEUE)
    for (let n = 0; n < options.concurrency; n++) await this.#workOneByOne(options.perHost, work)
  }

  /** Waits for jobs under way, at most so long. */
  async close(timeoutMs: number): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: timeoutMs, close: true })
  }

  /** One run after the other: whoever has done one looks for the next at once, and else every two seconds. */
  async #workOneByOne(perHost: number, work: (runId: string) => Promise<void>): Promise<void> {
    const workerId = await this.#boss.work<ReceiveJobData>(
      QUEUE,
      {
        batchSize: 1,
        groupConcurrency: perHost,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 2,
      },
      async (jobs: Job<ReceiveJobData>[]) => {
        try {
          for (const { data } of jobs) await work(data.runId)
        } finally {
          this.#boss.notifyWorker(workerId)
        }
      },
    )
  }
}

function rowsOf(result: unknown): unknown[] {
  if (typeof result === 'object' && result !== null && 'records' in result) {
    return Array.isArray(result.records) ? result.records : []
  }
  return []
}
