import { setTimeout as sleep } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import type { ChangeFeed } from '../db/change-feed.js'
import type { JobBoss } from '../jobs/job-boss.js'
import type { Logger } from '../logger.js'
import type { MailRemover } from '../message/mail-remover.js'
import type { ParsePending } from '../message/parse-pending.js'
import type { ReceiveJobs } from './receive-job.js'
import type { ReceiveQueue } from './receive-queue.js'
import type { ReceiveSchedule } from './receive-schedule.js'

interface WorkerParts {
  readonly dataSource: DataSource
  readonly changes: ChangeFeed
  readonly boss: JobBoss
  readonly queue: ReceiveQueue
  readonly jobs: ReceiveJobs
  readonly schedule: ReceiveSchedule
  readonly remover: MailRemover
  readonly parsing: ParsePending
  readonly logger: Logger
}

/** Each holds one connection to a mail server and at most two batches of messages. */
const RUNS_AT_ONCE = 8
/** At one mail server, over all workers: more is no faster, and servers count connections. */
const RUNS_PER_HOST = 4
const TICK_MS = 1_000
/** What is under way when the process is to end has so long to come to an orderly end; then it is cut off. */
const ORDERLY_MS = 8_000

/** The account is another worker's for now: pg-boss tries again in a moment. */
class AccountBusy extends Error {
  override name = 'AccountBusy'
}

/** Takes up runs, and looks after what is due: one in each process that receives. */
export class ReceiveWorker {
  readonly #stopping = new AbortController()
  #ticking: Promise<void> = Promise.resolve()
  #unlisten: () => void = () => undefined

  constructor(private readonly parts: WorkerParts) {}

  async start(): Promise<void> {
    const { queue, changes, parsing } = this.parts
    parsing.start()
    await queue.work({ concurrency: RUNS_AT_ONCE, perHost: RUNS_PER_HOST }, (id) => this.#do(id))
    this.#unlisten = changes.on('receive-run', () => this.#stopCancelled())
    this.#ticking = this.#tickUntilStopped()
  }

  /** Lets runs come to an orderly end: what they have not got to is for the next worker. */
  async stop(): Promise<void> {
    const { boss, jobs, parsing } = this.parts
    this.#unlisten()
    this.#stopping.abort()
    const cutOff = setTimeout(() => {
      for (const runId of jobs.underWay) jobs.interrupt(runId)
    }, ORDERLY_MS)
    await this.#ticking
    await boss.close(ORDERLY_MS + 2_000)
    clearTimeout(cutOff)
    await parsing.stop()
  }

  async #do(runId: string): Promise<void> {
    const result = await this.parts.jobs.do(runId, this.#stopping.signal)
    if (result !== 'OVER') throw new AccountBusy(result)
  }

  #stopCancelled(): void {
    const { dataSource, jobs, logger } = this.parts
    const { underWay } = jobs
    if (underWay.length === 0) return
    dataSource
      .query<{ id: string }[]>(
        'SELECT id FROM receive_run WHERE id = ANY ($1::uuid[]) AND cancel_asked_at IS NOT NULL',
        [underWay],
      )
      .then((rows) => {
        for (const { id } of rows) jobs.stop(id, 'CANCELLED')
      })
      // Whoever renews the lease finds it as well.
      .catch((error: unknown) => logger.warn({ err: error }, 'could not look for cancelled runs'))
  }

  async #tickUntilStopped(): Promise<void> {
    const { signal } = this.#stopping
    const { schedule, remover, logger } = this.parts
    while (!signal.aborted) {
      for (const work of [() => schedule.tick(), () => remover.removeSome(signal)]) {
        await work().catch((error: unknown) =>
          logger.warn({ err: error }, 'could not look after what is due; trying again'),
        )
      }
      await sleep(TICK_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
