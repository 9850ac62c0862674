import type { Job } from 'pg-boss'
import type { EntityManager } from 'typeorm'
import { within, type JobBoss } from '../jobs/job-boss.js'

const QUEUE = 'receive'
/** pg-boss takes no less. A worker that is silent for so long is dead, and its job another's. */
const HEARTBEAT_SECONDS = 10
/** The longest run: the largest mailboxes over the slowest lines. */
const RUN_MAX_SECONDS = 12 * 60 * 60
/** An account that another worker has is looked at again so often, as long as a run may take. */
const RETRY_SECONDS = 2
const RETRY_LIMIT = 20_000

interface ReceiveJobData {
  readonly runId: string
}

export interface QueueOptions {
  /** How many runs at a time this process does. */
  readonly concurrency: number
  /** How many runs at a time all processes do at one mail server. */
  readonly perHost: number
}

/** Runs that wait for a worker. */
export class ReceiveQueue {
  constructor(private readonly jobs: JobBoss) {}

  async open(): Promise<void> {
    await this.jobs.boss.createQueue(QUEUE, {
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
    await this.jobs.boss.send(QUEUE, { runId } satisfies ReceiveJobData, {
      singletonKey: runId,
      group: { id: host },
      db: within(manager),
    })
  }

  /** @param work does a run; rejects where it is to be tried again in a moment */
  async work(options: QueueOptions, work: (runId: string) => Promise<void>): Promise<void> {
    // The first look at dead workers' jobs would come after the interval: processes that live no longer
    // would leave them for ever, and with them the places at their mail servers.
    await this.jobs.boss.supervise(QUEUE)
    for (let n = 0; n < options.concurrency; n++) await this.#workOneByOne(options.perHost, work)
  }

  /** One run after the other: whoever has done one looks for the next at once, and else every two seconds. */
  async #workOneByOne(perHost: number, work: (runId: string) => Promise<void>): Promise<void> {
    const workerId = await this.jobs.boss.work<ReceiveJobData>(
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
          this.jobs.boss.notifyWorker(workerId)
        }
      },
    )
  }
}
