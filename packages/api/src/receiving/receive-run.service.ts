import { RunReason, RunState } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { ANNOUNCE_CHANGE, type ChangeFeed } from '../db/change-feed.js'
import { readRows } from '../db/read-rows.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { RequestLimit } from '../auth/request-limit.service.js'
import { isUuid } from '../validation/rules.js'
import type { ReceiveQueue } from './receive-queue.js'
import { ReceiveRun } from './receive-run.entity.js'
import { runNotFound } from './receiving.errors.js'
import type { RunEnd } from './run-end.js'

interface RunParts {
  readonly dataSource: DataSource
  readonly changes: ChangeFeed
  readonly queue: ReceiveQueue
  readonly accounts: AccountReader
  readonly end: RunEnd
  /** By account: each may be a connection to its server. */
  readonly limit: RequestLimit
}

/** Who starts a run. */
export interface RunAsker {
  /** The person's, also where a program calls in the person's place. */
  readonly id: string
  /** As changes are told by (audit/actor.ts). */
  readonly name: string
}

/** Starts, stops and tells of runs. Within a scope, what is outside of it does not exist. */
export class ReceiveRunService {
  constructor(private readonly parts: RunParts) {}

  /** The account's run under way, or a new one. Throws NOT_FOUND, TOO_MANY_REQUESTS. */
  async start(scope: AccountScope, accountId: string, by: RunAsker): Promise<ReceiveRun> {
    const { accounts, dataSource, limit } = this.parts
    const account = await accounts.find(scope, accountId)
    if (account === null) throw accountNotFound()
    const newest = await newestRun(dataSource, account.id)
    if (newest !== undefined && newest.endedAt === null) return newest
    await limit.take(account.id)
    return dataSource.transaction(async (manager) => {
      const run = await this.#enqueue(manager, account, by)
      if (run !== undefined) return run
      const underWay = await newestRun(manager, account.id)
      if (underWay === undefined) throw accountNotFound()
      return underWay
    })
  }

  /** Queues the accounts that are due, within the transaction of whoever looks after the time. */
  async startDue(
    manager: EntityManager,
    due: readonly { readonly accountId: string; readonly mailServerId: string }[],
  ): Promise<void> {
    for (const { accountId, mailServerId } of due) {
      await this.#enqueue(manager, { id: accountId, mailServerId })
    }
  }

  /** For runs whose job is lost. */
  async sendAgain(
    manager: EntityManager,
    lost: readonly { readonly id: string; readonly mailServerId: string }[],
  ): Promise<void> {
    for (const { id, mailServerId } of lost) await this.#send(manager, id, mailServerId)
  }

  /**
   * Asks whoever does the run to stop; one that nobody has begun is over at once. One that is over stays
   * as it is. Throws NOT_FOUND.
   */
  async cancel(scope: AccountScope, id: string): Promise<ReceiveRun> {
    const { changes, dataSource, end } = this.parts
    const run = await this.get(scope, id)
    await dataSource.transaction(async (manager) => {
      if (await end.cancelQueued(manager, run)) return
      await manager.query(
        `UPDATE receive_run SET cancel_asked_at = coalesce(cancel_asked_at, now())
         WHERE id = $1 AND state IN ('QUEUED', 'RUNNING')`,
        [run.id],
      )
      await manager.query(ANNOUNCE_CHANGE, ['receive-run'])
    })
    changes.emit('receive-run')
    return this.get(scope, id)
  }

  /** Throws NOT_FOUND. */
  async get(scope: AccountScope, id: string): Promise<ReceiveRun> {
    const run = await this.find(scope, id)
    if (run === null) throw runNotFound()
    return run
  }

  async find(scope: AccountScope, id: string): Promise<ReceiveRun | null> {
    if (!isUuid(id)) return null
    const [run] = await readRows(this.parts.dataSource, ReceiveRun, undefined, 'WHERE id = $1', [
      id,
    ])
    if (run === undefined) return null
    return (await this.parts.accounts.find(scope, run.accountId)) === null ? null : run
  }

  /** The newest runs of an account first. */
  async list(scope: AccountScope, accountId: string, first: number): Promise<ReceiveRun[]> {
    if ((await this.parts.accounts.find(scope, accountId)) === null) throw accountNotFound()
    return readRows(
      this.parts.dataSource,
      ReceiveRun,
      undefined,
      'WHERE account_id = $1 ORDER BY id DESC LIMIT $2',
      [accountId, first],
    )
  }

  /** The run now and after each of its changes, until it is over. */
  async *progress(
    scope: AccountScope,
    id: string,
    changes: AsyncIterable<null>,
  ): AsyncGenerator<ReceiveRun> {
    let shown = ''
    const wakes = changes[Symbol.asyncIterator]()
    try {
      while (!(await wakes.next()).done) {
        const run = await this.find(scope, id)
        if (run === null) return
        const now = JSON.stringify(run)
        if (now !== shown) yield run
        shown = now
        if (run.state === RunState.DONE || run.state === RunState.FAILED) return
      }
    } finally {
      await wakes.return?.()
    }
  }

  /**
   * Undefined where one is under way.
   *
   * @param by undefined: the schedule
   */
  async #enqueue(
    manager: EntityManager,
    account: { readonly id: string; readonly mailServerId: string },
    by?: RunAsker,
  ): Promise<ReceiveRun | undefined> {
    const reason = by === undefined ? RunReason.SCHEDULE : RunReason.MANUAL
    const rows: { id: string }[] = await manager.query(
      `INSERT INTO receive_run (account_id, reason, asked_by_id, asked_by_name)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id) WHERE state IN ('QUEUED', 'RUNNING') DO NOTHING RETURNING id`,
      [account.id, reason, by?.id ?? null, by?.name ?? null],
    )
    const id = rows[0]?.id
    if (id === undefined) return undefined
    await this.#send(manager, id, account.mailServerId)
    await manager.query(ANNOUNCE_CHANGE, ['receive-run'])
    return manager.findOneByOrFail(ReceiveRun, { id })
  }

  async #send(manager: EntityManager, runId: string, mailServerId: string): Promise<void> {
    const { incoming } = await manager.findOneByOrFail(MailServer, { id: mailServerId })
    await this.parts.queue.send(manager, runId, incoming.host)
  }
}

async function newestRun(
  source: DataSource | EntityManager,
  accountId: string,
): Promise<ReceiveRun | undefined> {
  const tail = 'WHERE account_id = $1 ORDER BY id DESC LIMIT 1'
  return (await readRows(source, ReceiveRun, undefined, tail, [accountId]))[0]
}
