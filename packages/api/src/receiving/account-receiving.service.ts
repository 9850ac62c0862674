import type { DataSource } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { readRows } from '../db/read-rows.js'
import type { SettingsService } from '../settings/settings.service.js'
import type { AccountReceivingState, UnreceivedMail } from './account-receiving.type.js'
import { AccountReceiving } from './account-receiving.entity.js'
import { ReceiveRun } from './receive-run.entity.js'
import { UnreceivedMessage } from './unreceived-message.entity.js'

/** A longer list shows nothing better. */
const UNRECEIVED_MAX = 200

/** Tells how receiving stands. */
export class AccountReceivingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
    private readonly settings: SettingsService,
  ) {}

  /** Of each of these accounts, all read at once. */
  async statesOf(
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, AccountReceivingState>> {
    const { receivesAutomatically } = await this.settings.current()
    const states = await readRows(
      this.dataSource,
      AccountReceiving,
      undefined,
      'WHERE account_id = ANY ($1::uuid[])',
      [accountIds],
    )
    const runs = await readRows(
      this.dataSource,
      ReceiveRun,
      undefined,
      `WHERE id IN (SELECT newest.id FROM unnest($1::uuid[]) AS wanted (id), LATERAL (
         SELECT id FROM receive_run WHERE account_id = wanted.id ORDER BY id DESC LIMIT 1) AS newest)`,
      [accountIds],
    )
    const stateOf = new Map(states.map((state) => [state.accountId, state]))
    const runOf = new Map(runs.map((run) => [run.accountId, run]))
    return new Map(
      accountIds.map((id) => {
        const state = stateOf.get(id)
        const isDue = receivesAutomatically && state !== undefined && state.pausedAt === null
        return [
          id,
          {
            lastRun: runOf.get(id) ?? null,
            lastReceivedAt: state?.lastReceivedAt ?? null,
            nextAt: isDue ? state.nextAt : null,
            pausedAt: state?.pausedAt ?? null,
            problem: state?.problem ?? null,
          },
        ]
      }),
    )
  }

  /** What stays on an account's server. Throws NOT_FOUND. */
  async unreceived(scope: AccountScope, accountId: string): Promise<UnreceivedMail[]> {
    if ((await this.accounts.find(scope, accountId)) === null) throw accountNotFound()
    const rows = await readRows(
      this.dataSource,
      UnreceivedMessage,
      undefined,
      'WHERE account_id = $1 ORDER BY first_seen_at DESC LIMIT $2',
      [accountId, UNRECEIVED_MAX],
    )
    return rows.map(({ uniqueId, sizeBytes, problem, firstSeenAt, lastSeenAt }) => ({
      ...{ uniqueId, problem, firstSeenAt, lastSeenAt },
      sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
    }))
  }
}
