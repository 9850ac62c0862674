import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE } from '../db/change-feed.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import type { SendQueue } from './send-queue.js'
import { IS_SHOWN } from './sending-writes.js'
import type { SendStore } from './send-store.js'
import type { UploadService } from './upload.service.js'

/** Accounts queued by one look; the rest comes with the next. */
const DUE_AT_ONCE = 100
const UPLOADS_MS = 10 * 60_000

interface ScheduleParts {
  readonly dataSource: DataSource
  readonly queue: SendQueue
  readonly store: SendStore
  readonly uploads: UploadService
}

/** Looks what is due, and after what dead workers had: by one process at a time, whichever comes first. */
export class SendSchedule {
  #uploadsFromMs = 0

  constructor(private readonly parts: ScheduleParts) {}

  async tick(): Promise<void> {
    const { dataSource, queue, store } = this.parts
    await dataSource.transaction(async (manager) => {
      const [lock]: { held: boolean }[] = await manager.query(
        'SELECT pg_try_advisory_xact_lock($1, $2) AS held',
        [LOCK_NAMESPACE, Lock.sendSchedule],
      )
      if (lock?.held !== true) return
      if ((await store.takeOver(manager)) > 0) await manager.query(ANNOUNCE_CHANGE, ['sending'])
      // Where a job of theirs still waits, another is not made (send-queue.ts).
      for (const { accountId, host } of await dueNow(manager)) {
        await queue.send(manager, accountId, host)
      }
    })
    await this.#lookAfterUploads()
  }

  async #lookAfterUploads(): Promise<void> {
    if (performance.now() < this.#uploadsFromMs) return
    this.#uploadsFromMs = performance.now() + UPLOADS_MS
    await this.parts.uploads.removeUnused()
  }
}

/** Accounts with something due, those that wait longest first. */
function dueNow(manager: EntityManager): Promise<{ accountId: string; host: string }[]> {
  return manager.query(
    `SELECT due.account_id AS "accountId", outgoing_host AS host
     FROM (SELECT account_id, min(due_at) AS since FROM sending
           WHERE state = 'QUEUED' AND due_at <= now() AND ${IS_SHOWN} GROUP BY account_id) AS due
       JOIN mail_account ON mail_account.id = account_id
       JOIN mail_server ON mail_server.id = mail_server_id
     ORDER BY since LIMIT $1`,
    [DUE_AT_ONCE],
  )
}
