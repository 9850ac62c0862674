import type { DataSource, EntityManager } from 'typeorm'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import type { SettingsService } from '../settings/settings.service.js'
import type { ReceiveRunService } from './receive-run.service.js'

/** Queued by one look at what is due; the rest comes with the next. */
const DUE_AT_ONCE = 100
/** A run without a living worker for so long has lost its job, by a restore or by chance. */
const LOST_MS = 15_000
/** So many runs of an account are kept, and older ones looked for so often. */
const RUNS_KEPT = 100
const PRUNE_MS = 60 * 60_000

interface Due {
  readonly accountId: string
  readonly mailServerId: string
}

/** Looks what is due: by one process at a time, whichever comes first. */
export class ReceiveSchedule {
  readonly #lost = new Chore(LOST_MS)
  readonly #pruned = new Chore(PRUNE_MS)
  /** It was on before, and somebody looked. */
  #goesOn = false

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SettingsService,
    private readonly runs: ReceiveRunService,
  ) {}

  async tick(): Promise<void> {
    const { receivesAutomatically, receiveIntervalMinutes } = await this.settings.current()
    const isLookingForLost = this.#lost.isDue()
    const isPruning = this.#pruned.isDue()
    await this.dataSource.transaction(async (manager) => {
      const [lock]: { held: boolean }[] = await manager.query(
        'SELECT pg_try_advisory_xact_lock($1, $2) AS held',
        [LOCK_NAMESPACE, Lock.receiveSchedule],
      )
      if (lock?.held !== true) return
      if (isPruning) await prune(manager)
      if (isLookingForLost) await this.runs.sendAgain(manager, await lostRuns(manager))
      if (!receivesAutomatically) {
        this.#goesOn = false
        return
      }
      if (!this.#goesOn) await spreadOverdue(manager, receiveIntervalMinutes)
      this.#goesOn = true
      await spreadNew(manager, receiveIntervalMinutes)
      await this.runs.startDue(manager, await dueNow(manager))
    })
  }
}

/** Something that is done now and then. */
class Chore {
  #nextMs = 0

  constructor(private readonly everyMs: number) {}

  isDue(): boolean {
    const nowMs = performance.now()
    if (nowMs < this.#nextMs) return false
    this.#nextMs = nowMs + this.everyMs
    return true
  }
}

/** Runs that nobody does. Where a job of theirs still waits, another is not made (receive-queue.ts). */
function lostRuns(manager: EntityManager): Promise<{ id: string; mailServerId: string }[]> {
  return manager.query(
    `SELECT receive_run.id, mail_server_id AS "mailServerId"
     FROM receive_run JOIN mail_account ON mail_account.id = account_id
     WHERE state IN ('QUEUED', 'RUNNING') AND queued_at < now() - $1 * interval '1 ms'
       AND NOT EXISTS (
         SELECT FROM account_receiving WHERE account_receiving.account_id = receive_run.account_id
           AND leased_until > now())`,
    [LOST_MS],
  )
}

/** Forgets all but an account's newest runs. */
async function prune(manager: EntityManager): Promise<void> {
  await manager.query(
    `DELETE FROM receive_run WHERE id IN (
       SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY account_id ORDER BY id DESC) AS nth
         FROM receive_run WHERE state IN ('DONE', 'FAILED')) AS numbered
       WHERE nth > $1)`,
    [RUNS_KEPT],
  )
}

/** Where it was off, or nobody worked, for so long that all are due, they are spread over the interval. */
async function spreadOverdue(manager: EntityManager, intervalMinutes: number): Promise<void> {
  await manager.query(
    `UPDATE account_receiving SET next_at = now() + random() * $1 * interval '1 min'
     WHERE paused_at IS NULL AND next_at < now() - $1 * interval '1 min'`,
    [intervalMinutes],
  )
}

/** Accounts that were never received by themselves, or at a longer interval, are spread over this one. */
async function spreadNew(manager: EntityManager, intervalMinutes: number): Promise<void> {
  await manager.query(
    `INSERT INTO account_receiving (account_id, next_at)
     SELECT id, now() + random() * $1 * interval '1 min' FROM mail_account
     WHERE NOT EXISTS (SELECT FROM account_receiving WHERE account_id = mail_account.id)
     ON CONFLICT DO NOTHING`,
    [intervalMinutes],
  )
  await manager.query(
    `UPDATE account_receiving SET next_at = now() + random() * $1 * interval '1 min'
     WHERE failures = 0 AND next_at > now() + 1.2 * $1 * interval '1 min'`,
    [intervalMinutes],
  )
}

/** Those that wait longest first. One that is paused is due again once it,
 * its server or its permission has been changed. */
function dueNow(manager: EntityManager): Promise<Due[]> {
  return manager.query(
    `SELECT mail_account.id AS "accountId", mail_server_id AS "mailServerId"
     FROM account_receiving JOIN mail_account ON mail_account.id = account_id
       JOIN app_user ON app_user.id = user_id JOIN mail_server ON mail_server.id = mail_server_id
       LEFT JOIN oauth_grant ON oauth_grant.id = oauth_grant_id
     WHERE next_at <= now() AND (paused_at IS NULL OR paused_at <
         greatest(mail_account.updated_at, mail_server.updated_at, oauth_grant.updated_at))
       AND mail_account.enabled AND app_user.deactivated_at IS NULL AND mail_server.deleted_at IS NULL
       AND NOT EXISTS (SELECT FROM receive_run
         WHERE receive_run.account_id = mail_account.id AND state IN ('QUEUED', 'RUNNING'))
     ORDER BY next_at LIMIT $1`,
    [DUE_AT_ONCE],
  )
}
