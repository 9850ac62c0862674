import { setTimeout as sleep } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import { within, type JobBoss } from '../jobs/job-boss.js'

const QUEUE = 'send'
/** pg-boss takes no less. A worker that is silent for so long is dead, and its job another's. */
const HEARTBEAT_SECONDS = 10
/** Until the next job for what comes meanwhile: whoever empties the outbox finds most of it. */
const AGAIN_MS = 100
/** Longer than a slice and the slowest message after it take. */
const JOB_MAX_SECONDS = 60 * 60

interface SendJobData {
  readonly accountId: string
}

export interface SendQueueOptions {
  /** How many accounts' outboxes at a time this process empties. */
  readonly concurrency: number
  /** How many connections at a time all processes have to one mail server. */
  readonly perHost: number
}

/**
 * Accounts whose outbox holds something that is due. A job is no message: whoever has one sends what
 * is due, message by message, and a job too many finds nothing.
 */
export class SendQueue {
  /** Accounts for which a job is being queued, and whether one more is wanted after it. */
  readonly #queueing = new Map<string, boolean>()

  constructor(private readonly jobs: JobBoss) {}

  async open(): Promise<void> {
    await this.jobs.boss.createQueue(QUEUE, {
      // One job of an account waits; one that is under way does not count, for it may be at its end.
      policy: 'short',
      notify: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: JOB_MAX_SECONDS,
      // What is due makes another one (send-schedule.ts).
      retryLimit: 0,
      deleteAfterSeconds: 600,
    })
  }

  /** Queued once the transaction of `manager` has committed. */
  async send(manager: EntityManager, accountId: string, host: string): Promise<void> {
    await this.#send(accountId, host, manager)
  }

  /**
   * Queued in a moment, for what has committed: however many messages of an account come at once, they
   * need few jobs and do not wait for each other's. What is lost of that is found by send-schedule.ts.
   */
  soon(accountId: string, host: () => Promise<string>): void {
    const isUnderWay = this.#queueing.has(accountId)
    this.#queueing.set(accountId, isUnderWay)
    if (!isUnderWay) void this.#queueSoon(accountId, host)
  }

  async #queueSoon(accountId: string, host: () => Promise<string>): Promise<void> {
    try {
      do {
        this.#queueing.set(accountId, false)
        await this.#send(accountId, await host())
        await sleep(AGAIN_MS)
      } while (this.#queueing.get(accountId) === true)
    } catch {
      // The schedule looks at the outbox itself.
    } finally {
      this.#queueing.delete(accountId)
    }
  }

  async #send(accountId: string, host: string, manager?: EntityManager): Promise<void> {
    await this.jobs.boss.send(QUEUE, { accountId } satisfies SendJobData, {
      singletonKey: accountId,
      group: { id: host },
      ...(manager === undefined ? {} : { db: within(manager) }),
    })
  }

  /** @param work sends what is due of an account */
  async work(
    { concurrency, perHost }: SendQueueOptions,
    work: (accountId: string) => Promise<void>,
  ): Promise<void> {
    for (let n = 0; n < concurrency; n++) {
      const workerId = await this.jobs.boss.work<SendJobData>(
        QUEUE,
        {
          batchSize: 1,
          groupConcurrency: perHost,
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 2,
        },
        async (jobs) => {
          try {
            for (const { data } of jobs) await work(data.accountId)
          } finally {
            this.jobs.boss.notifyWorker(workerId)
          }
        },
      )
    }
  }
}
