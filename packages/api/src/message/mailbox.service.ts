import { MessageFolder } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { MailAccount } from '../account/account.entity.js'
import { accountNotFound } from '../account/account.errors.js'
import { readRows } from '../db/read-rows.js'
import { AskedTogether } from '../graphql/asked-together.js'
import { folderCounts, type FolderCount } from './mailbox-count.entity.js'
import type { Mailbox, MailboxChange, MailboxFolder } from './mailbox.type.js'

const FOLDERS = Object.values(MessageFolder)
/** Receiving changes a mailbox many times a second, which nobody's list needs to follow. */
const CHANGES_APART_MS = 300

/** What mailboxes hold, and that they changed. */
export class MailboxService {
  readonly #counts: AskedTogether<readonly FolderCount[]>

  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
  ) {
    // However many people have a list open: an announcement makes one question of all of theirs.
    this.#counts = new AskedTogether((ids) => this.#countsOf(ids))
  }

  /** A person's own, by code. */
  async list(userId: string): Promise<Mailbox[]> {
    const accounts = await readRows(
      this.dataSource,
      MailAccount,
      new Set(['id', 'code', 'name', 'email']),
      'WHERE user_id = $1 ORDER BY code_key',
      [userId],
    )
    const counts = await this.#countsOf(accounts.map(({ id }) => id))
    return accounts.map(({ id, code, name, email }) => {
      const folders = foldersOf(counts.get(id))
      return {
        ...{ accountId: id, code, email, folders },
        name: name || email,
        unread: folders.find(({ folder }) => folder === MessageFolder.INBOX)?.unread ?? 0,
      }
    })
  }

  /** Throws NOT_FOUND. */
  async require(scope: AccountScope, accountId: string): Promise<void> {
    if (!(await this.accounts.within(scope, [accountId])).has(accountId)) throw accountNotFound()
  }

  /** A mailbox now and after each of its changes, for as long as it is within the scope. */
  async *changes(
    scope: AccountScope,
    accountId: string,
    announced: AsyncIterable<null>,
    signal: AbortSignal,
  ): AsyncGenerator<MailboxChange> {
    let shown: number | undefined
    const wakes = announced[Symbol.asyncIterator]()
    try {
      while (!(await wakes.next()).done) {
        const counts = (await this.#counts.of(accountId)) ?? []
        const change = counts.reduce((sum, each) => sum + each.change, 0)
        if (change !== shown) {
          // The account may be somebody else's by now.
          if (!(await this.accounts.within(scope, [accountId])).has(accountId)) return
          shown = change
          yield { accountId, change, folders: foldersOf(counts) }
        }
        await sleep(CHANGES_APART_MS, undefined, { signal }).catch(() => undefined)
      }
    } finally {
      await wakes.return?.()
    }
  }

  async #countsOf(
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FolderCount[]>> {
    const rows = await folderCounts(this.dataSource, accountIds)
    return Map.groupBy(rows, ({ accountId }) => accountId)
  }
}

function foldersOf(counts: readonly FolderCount[] = []): MailboxFolder[] {
  return FOLDERS.map((folder) => {
    const { total = 0, unread = 0 } = counts.find((each) => each.folder === folder) ?? {}
    return { folder, total, unread }
  })
}
