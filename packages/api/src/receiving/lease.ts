import type { DataSource, EntityManager } from 'typeorm'

/** A dead worker's account is free after this; a living one renews long before. */
const LEASE_SECONDS = 12
const RENEW_MS = 3_000
/** Before a lease ends by our clock nothing is begun any more that it must cover. */
const MARGIN_MS = 2_000

/** The lease went to somebody else, or the account is gone: nothing may be stored or removed any more. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

/** Why a run is to stop, as whoever renews the lease learns. */
export type StopReason = 'CANCELLED' | 'OUT_OF_USE' | 'OWNER_DEACTIVATED'

/**
 * That one worker alone receives an account. The database's clock decides, and a number that grows
 * with each lease: a worker that slept through the end of its own stores nothing more, because the
 * number is compared in the transaction that stores.
 */
export class Lease {
  #validUntilMs: number
  #timer: NodeJS.Timeout | undefined
  #storing = 0
  /** A renewal has waited for what is being stored. */
  #isDue = false
  #tick: () => Promise<void> = () => Promise.resolve()

  private constructor(
    private readonly dataSource: DataSource,
    readonly accountId: string,
    private readonly runId: string,
    private readonly fence: string,
    askedAtMs: number,
  ) {
    this.#validUntilMs = askedAtMs + LEASE_SECONDS * 1_000
  }

  /** Undefined where somebody else has it, or the account is gone. */
  static async take(
    dataSource: DataSource,
    accountId: string,
    runId: string,
  ): Promise<Lease | undefined> {
    const askedAtMs = performance.now()
    await dataSource.query(
      `INSERT INTO account_receiving (account_id) SELECT id FROM mail_account WHERE id = $1
       ON CONFLICT DO NOTHING`,
      [accountId],
    )
    const [rows]: [{ fence: string }[], number] = await dataSource.query(
      `UPDATE account_receiving SET fence = fence + 1, leased_until = clock_timestamp() + $2 * interval '1 s'
       WHERE account_id = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
       RETURNING fence`,
      [accountId, LEASE_SECONDS],
    )
    const fence = rows[0]?.fence
    if (fence === undefined) return undefined
    return new Lease(dataSource, accountId, runId, fence, askedAtMs)
  }

  /** Renews it until `release`; tells when the run is to stop, or the lease is lost. */
  keep(onStop: (reason: StopReason | LeaseLost) => void): void {
    const tick = async () => {
      if (this.#storing > 0) {
        this.#isDue = true
        return
      }
      const stop = await this.#renew()
      if (stop !== undefined) onStop(stop)
    }
    this.#tick = tick
    const again = () => {
      this.#timer = setTimeout(() => {
        tick()
          .catch((error: unknown) => {
            // A database that is away may be back: whatever needs the lease asks for it anew.
            if (error instanceof LeaseLost) onStop(error)
          })
          .finally(() => {
            if (this.#timer !== undefined) again()
          })
      }, RENEW_MS)
    }
    again()
  }

  get isValid(): boolean {
    return performance.now() < this.#validUntilMs - MARGIN_MS
  }

  /**
   * Throws {@link LeaseLost} where what is about to be done at the server is no longer ours to do. A
   * transaction that stores keeps the lease from being renewed, and may take longer than it lasts:
   * unless somebody else has had it since, it is ours again.
   */
  async check(): Promise<void> {
    if (!this.isValid) {
      await this.#renew().catch((error: unknown) => {
        throw asLost(error)
      })
    }
    if (!this.isValid) throw new LeaseLost()
  }

  /**
   * Does a transaction that keeps the lease's row: a renewal meanwhile would wait for it, on one more
   * connection, and comes after it.
   */
  async whileStoring<T>(work: () => Promise<T>): Promise<T> {
    this.#storing += 1
    try {
      return await work()
    } finally {
      this.#storing -= 1
      if (this.#storing === 0 && this.#isDue) {
        this.#isDue = false
        // Should it fail, the next one comes in a moment, or `check`.
        void this.#tick().catch(() => undefined)
      }
    }
  }

  /**
   * Throws {@link LeaseLost} where somebody else has it. Within a transaction nobody takes it before
   * that ends, and the account stays.
   */
  async require(manager: EntityManager): Promise<void> {
    await keepAccount(manager, this.accountId)
    const rows: unknown[] = await manager.query(
      'SELECT 1 FROM account_receiving WHERE account_id = $1 AND fence = $2 FOR SHARE',
      [this.accountId, this.fence],
    )
    if (rows.length === 0) throw new LeaseLost()
  }

  async release(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.releaseWith(this.dataSource)
  }

  /** Within the transaction that ends a run: once it is seen to be over, the account is free. */
  async releaseWith(manager: EntityManager | DataSource): Promise<void> {
    await manager.query(
      'UPDATE account_receiving SET leased_until = NULL WHERE account_id = $1 AND fence = $2',
      [this.accountId, this.fence],
    )
  }

  /** What was given back meanwhile, by the transaction that ends a run, stays so: this may have waited for it. */
  async #renew(): Promise<StopReason | undefined> {
    const askedAtMs = performance.now()
    const [rows]: [{ cancelled: boolean; enabled: boolean; active: boolean }[], number] =
      await this.dataSource.query(
        `UPDATE account_receiving SET leased_until = clock_timestamp() + $3 * interval '1 s'
         FROM mail_account JOIN app_user ON app_user.id = mail_account.user_id
         WHERE account_receiving.account_id = $1 AND fence = $2 AND mail_account.id = $1
           AND leased_until IS NOT NULL
         RETURNING mail_account.enabled, app_user.deactivated_at IS NULL AS active,
           EXISTS (SELECT FROM receive_run WHERE id = $4 AND cancel_asked_at IS NOT NULL) AS cancelled`,
        [this.accountId, this.fence, LEASE_SECONDS, this.runId],
      )
    const [row] = rows
    if (row === undefined) throw new LeaseLost()
    this.#validUntilMs = Math.max(this.#validUntilMs, askedAtMs + LEASE_SECONDS * 1_000)
    if (row.cancelled) return 'CANCELLED'
    if (!row.active) return 'OWNER_DEACTIVATED'
    return row.enabled ? undefined : 'OUT_OF_USE'
  }
}

/**
 * Keeps an account from being deleted before the transaction ends. To be locked before what belongs to
 * the account: a deletion takes them in this order, and would else be a deadlock.
 */
export async function keepAccount(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('SELECT 1 FROM mail_account WHERE id = $1 FOR KEY SHARE', [accountId])
}

const asLost = (error: unknown) =>
  error instanceof LeaseLost ? error : new LeaseLost('not renewed', { cause: error })
