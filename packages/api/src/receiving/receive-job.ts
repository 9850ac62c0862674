import { DiagnosisProblem, RunState } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import { AppError } from '../errors.js'
import type { Logger } from '../logger.js'
import { TransportError } from '../transport/transport-error.js'
import { Lease, LeaseLost, type StopReason } from './lease.js'
import { ReceiveFailure } from './receive-failure.js'
import type { MailboxOpener } from './mailbox-opener.js'
import { receiveMailbox } from './receive-mailbox.js'
import { ReceiveRun } from './receive-run.entity.js'
import type { ReceivedStore } from './received-store.js'
import type { RunEnd } from './run-end.js'
import { RunTally } from './run-figures.js'

/** OVER: nothing more to do. BUSY: another worker is at the account. LATER: to be gone on with, by whoever comes. */
export type JobResult = 'OVER' | 'BUSY' | 'LATER'

interface ReceiveParts {
  readonly dataSource: DataSource
  readonly mailboxes: MailboxOpener
  readonly store: ReceivedStore
  readonly end: RunEnd
  readonly logger: Logger
}

/** Why a run is ended from outside. */
const STOPPED: Readonly<Record<StopReason, DiagnosisProblem>> = {
  CANCELLED: DiagnosisProblem.CANCELLED,
  OUT_OF_USE: DiagnosisProblem.MAIL_ACCOUNT_DISABLED,
  OWNER_DEACTIVATED: DiagnosisProblem.USER_DEACTIVATED,
}

/** Does runs: one after the other for each account, whoever asked for them. */
export class ReceiveJobs {
  readonly #underWay = new Map<string, AbortController>()

  constructor(private readonly parts: ReceiveParts) {}

  /** Runs that are under way here. */
  get underWay(): readonly string[] {
    return [...this.#underWay.keys()]
  }

  /** Stops a run that is under way here, at once. */
  stop(runId: string, reason: StopReason): void {
    this.#underWay.get(runId)?.abort(new ReceiveFailure(STOPPED[reason]))
  }

  /** Cuts a run off where it is, for another worker to go on with. */
  interrupt(runId: string): void {
    this.#underWay.get(runId)?.abort(new LeaseLost('the process ends'))
  }

  /** Never rejects for what a mail server does, nor for what a message is. */
  async do(runId: string, stopping: AbortSignal): Promise<JobResult> {
    const { dataSource, end } = this.parts
    const run = await dataSource.manager.findOneBy(ReceiveRun, { id: runId })
    if (run === null || isOver(run)) return 'OVER'
    const lease = await Lease.take(dataSource, run.accountId, runId)
    if (lease === undefined) return 'BUSY'
    const controller = new AbortController()
    this.#underWay.set(runId, controller)
    lease.keep((reason) =>
      controller.abort(reason instanceof LeaseLost ? reason : new ReceiveFailure(STOPPED[reason])),
    )
    let tally = new RunTally()
    try {
      // Only a run that was begun before has stored anything.
      if (run.startedAt !== null) {
        tally = new RunTally(await this.parts.store.storedBy(run.accountId, runId))
      }
      const { signal } = controller
      const remark = await this.#receive(run, lease, { tally, signal, stopping })
      if (stopping.aborted) {
        await end.putBack(lease, run, tally.figures())
        return 'LATER'
      }
      await end.done(lease, run, { figures: tally.finalFigures(), problem: remark })
      return 'OVER'
    } catch (error) {
      if (error instanceof LeaseLost) return 'LATER'
      const { problem, detail } = this.#explain(error, run)
      await end.failed(lease, run, { figures: tally.finalFigures(), problem, detail })
      return 'OVER'
    } finally {
      this.#underWay.delete(runId)
      await lease.release()
    }
  }

  async #receive(
    run: ReceiveRun,
    lease: Lease,
    { tally, signal, stopping }: { tally: RunTally; signal: AbortSignal; stopping: AbortSignal },
  ): Promise<DiagnosisProblem | undefined> {
    const { dataSource, mailboxes, store } = this.parts
    if (run.cancelAskedAt !== null) throw new ReceiveFailure(DiagnosisProblem.CANCELLED)
    const [, begun]: [unknown, number] = await dataSource.query(
      `UPDATE receive_run SET state = $2, started_at = coalesce(started_at, now())
       WHERE id = $1 AND state IN ('QUEUED', 'RUNNING')`,
      [run.id, RunState.RUNNING],
    )
    // Ended by another worker since it was looked at.
    if (begun === 0) throw new LeaseLost()
    const mailbox = await mailboxes.mailboxOf(run.accountId)
    const { place, rules } = mailbox
    return receiveMailbox({
      runId: run.id,
      open: () => mailbox.open({ readOnly: false, signal }),
      ...{ place, rules, lease, store, tally, signal, stopping },
    })
  }

  #explain(
    error: unknown,
    { id, accountId }: ReceiveRun,
  ): { problem: DiagnosisProblem; detail?: string | undefined } {
    if (error instanceof TransportError || error instanceof ReceiveFailure) return error
    this.parts.logger.error({ err: error, runId: id, accountId }, 'receiving failed unexpectedly')
    // Such as a stored password that cannot be read: said in words that are meant for people.
    const detail = error instanceof AppError ? error.message : undefined
    return { problem: DiagnosisProblem.INTERNAL, detail }
  }
}

const isOver = ({ state }: ReceiveRun) => state === RunState.DONE || state === RunState.FAILED
