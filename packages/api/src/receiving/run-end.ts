import { AUTH_FAILURES_MAX, DiagnosisProblem, RunState } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE } from '../db/change-feed.js'
import type { SettingsService } from '../settings/settings.service.js'
import { keepAccount, type Lease } from './lease.js'
import type { ReceiveRun } from './receive-run.entity.js'
import { writeFigures } from './insert-received.js'
import type { RunFigures } from './run-figures.js'

interface Ending {
  readonly figures: RunFigures
  readonly problem: DiagnosisProblem | undefined
  readonly detail?: string | undefined
}

/** The longest that failures in a row put receiving off. */
const BACKOFF_MAX_MINUTES = 360

/** Name and password, or what stands for them, were refused: again and again, a server locks the account. */
const REFUSED: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.AUTH_REJECTED,
  DiagnosisProblem.APP_PASSWORD_REQUIRED,
  DiagnosisProblem.OAUTH_REQUIRED,
  DiagnosisProblem.OAUTH_TOKEN_REJECTED,
])
/** Nothing but a person's doing mends these. */
const HOPELESS: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.OAUTH_GRANT_ENDED,
  DiagnosisProblem.PASSWORD_MISSING,
])
/** Tells nothing about whether receiving works. */
const NO_FAILURE: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.CANCELLED,
  DiagnosisProblem.MAIL_ACCOUNT_DISABLED,
  DiagnosisProblem.USER_DEACTIVATED,
  DiagnosisProblem.MAIL_SERVER_DELETED,
])

/** Writes down how a run ended, and what follows for the account's next one. */
export class RunEnd {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SettingsService,
  ) {}

  /** All that could be received is here. */
  done(lease: Lease, run: ReceiveRun, ending: Ending): Promise<void> {
    return this.#end(lease, run, RunState.DONE, ending)
  }

  failed(lease: Lease, run: ReceiveRun, ending: Ending): Promise<void> {
    return this.#end(lease, run, RunState.FAILED, ending)
  }

  /** To be gone on with: its worker stops in good order. */
  async putBack(lease: Lease, run: ReceiveRun, figures: RunFigures): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await lease.require(manager)
      await writeFigures(manager, run.id, figures)
      await manager.query('UPDATE receive_run SET state = $2 WHERE id = $1', [
        run.id,
        RunState.QUEUED,
      ])
    })
  }

  /** Whether a run that waits for a worker, or for another one, is over now; whoever takes up its job finds that. */
  async cancelQueued(manager: EntityManager, run: ReceiveRun): Promise<boolean> {
    const { receiveIntervalMinutes } = await this.settings.current()
    await keepAccount(manager, run.accountId)
    const [, ended]: [unknown, number] = await manager.query(
      `UPDATE receive_run SET state = $2, problem = $3, cancel_asked_at = now(), ended_at = now(),
         found = stored + already_had + failed + too_large
       WHERE id = $1 AND state = $4`,
      [run.id, RunState.FAILED, DiagnosisProblem.CANCELLED, RunState.QUEUED],
    )
    if (ended === 0) return false
    await noteOnly(manager, run, DiagnosisProblem.CANCELLED, receiveIntervalMinutes)
    await manager.query(ANNOUNCE_CHANGE, ['receive-run'])
    return true
  }

  async #end(
    lease: Lease,
    run: ReceiveRun,
    state: RunState,
    { figures, problem, detail }: Ending,
  ): Promise<void> {
    const { receiveIntervalMinutes } = await this.settings.current()
    await this.dataSource.transaction(async (manager) => {
      await lease.require(manager)
      await writeFigures(manager, run.id, figures)
      await manager.query(
        'UPDATE receive_run SET state = $2, problem = $3, detail = $4, ended_at = now() WHERE id = $1',
        [run.id, state, problem ?? null, detail ?? null],
      )
      if (problem !== undefined && NO_FAILURE.has(problem)) {
        await noteOnly(manager, run, problem, receiveIntervalMinutes)
      } else {
        const failure = state === RunState.FAILED ? problem : undefined
        await noteOutcome(manager, run, { problem, failure, receiveIntervalMinutes })
      }
      await lease.releaseWith(manager)
      await manager.query(ANNOUNCE_CHANGE, ['receive-run'])
    })
  }
}

async function noteOnly(
  manager: EntityManager,
  { id, accountId }: ReceiveRun,
  problem: DiagnosisProblem,
  receiveIntervalMinutes: number,
): Promise<void> {
  // What somebody has stopped does not begin again at once by itself.
  await manager.query(
    `INSERT INTO account_receiving AS known (account_id, last_run_id, problem, next_at)
     SELECT id, $2, $3, now() + $4 * interval '1 min' FROM mail_account WHERE id = $1
     ON CONFLICT (account_id) DO UPDATE SET last_run_id = $2, problem = $3,
       next_at = greatest(known.next_at, excluded.next_at)`,
    [accountId, id, problem, receiveIntervalMinutes],
  )
}

interface Outcome {
  readonly problem: DiagnosisProblem | undefined
  /** Undefined where the run went through. */
  readonly failure: DiagnosisProblem | undefined
  readonly receiveIntervalMinutes: number
}

/** The next run comes at the interval, spread by a tenth; after failures later and later. */
async function noteOutcome(
  manager: EntityManager,
  { id, accountId }: ReceiveRun,
  { problem, failure, receiveIntervalMinutes }: Outcome,
): Promise<void> {
  const isRefused = failure !== undefined && REFUSED.has(failure)
  const isHopeless = failure !== undefined && HOPELESS.has(failure)
  await manager.query(
    `UPDATE account_receiving SET last_run_id = $2, problem = $3,
       last_received_at = CASE WHEN $4 THEN last_received_at ELSE now() END,
       failures = CASE WHEN $4 THEN failures + 1 ELSE 0 END,
       auth_failures = CASE WHEN $5 THEN auth_failures + 1 WHEN $4 THEN auth_failures ELSE 0 END,
       paused_at = CASE
         WHEN $6 OR ($5 AND auth_failures + 1 >= $8) THEN now()
         WHEN $4 THEN paused_at END,
       next_at = now() + (0.9 + random() * 0.2) * interval '1 min' * CASE WHEN $4
         THEN least($7 * power(2, least(failures + 1, 20)), greatest($7, $9)) ELSE $7 END
     WHERE account_id = $1`,
    [
      ...[accountId, id, problem ?? null, failure !== undefined, isRefused, isHopeless],
      ...[receiveIntervalMinutes, AUTH_FAILURES_MAX, BACKOFF_MAX_MINUTES],
    ],
  )
}
