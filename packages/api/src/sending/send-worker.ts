import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.js'
import type { SendJobs } from './send-job.js'
import type { SendQueue } from './send-queue.js'
import type { SendSchedule } from './send-schedule.js'
import type { SenderPool } from './sender-pool.js'

interface WorkerParts {
  readonly queue: SendQueue
  readonly jobs: SendJobs
  readonly schedule: SendSchedule
  readonly pool: SenderPool
  readonly logger: Logger
}

/** Each has one connection to a mail server and holds one message. */
const JOBS_AT_ONCE = 8
/** To one mail server, over all workers: more is no faster, and servers count connections. */
const JOBS_PER_HOST = 4
const TICK_MS = 1_000
/** What is on its way when the process is to end has so long to get there; then it is cut off. */
const ORDERLY_MS = 8_000

/** Empties outboxes, and looks after what is due: one in each process that works. */
export class SendWorker {
  readonly #stopping = new AbortController()
  readonly #underWay = new Set<Promise<void>>()
  #ticking: Promise<void> = Promise.resolve()

  constructor(private readonly parts: WorkerParts) {}

  async start(): Promise<void> {
    const options = { concurrency: JOBS_AT_ONCE, perHost: JOBS_PER_HOST }
    await this.parts.queue.work(options, (accountId) => this.#do(accountId))
    this.#ticking = this.#tickUntilStopped()
  }

  /** Lets messages get to their end; the rest is for the next worker. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const cutOff = setTimeout(() => this.parts.jobs.interrupt(), ORDERLY_MS)
    await this.#ticking
    await Promise.allSettled(this.#underWay)
    clearTimeout(cutOff)
    await this.parts.pool.close()
  }

  async #do(accountId: string): Promise<void> {
    const work = this.parts.jobs.drain(accountId, this.#stopping.signal)
    this.#underWay.add(work)
    try {
      await work
    } finally {
      this.#underWay.delete(work)
    }
  }

  async #tickUntilStopped(): Promise<void> {
    const { signal } = this.#stopping
    const { schedule, logger } = this.parts
    while (!signal.aborted) {
      await schedule
        .tick()
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'could not look after the outbox; trying again'),
        )
      await sleep(TICK_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
