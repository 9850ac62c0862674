import { DiagnosisProblem } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { readRows } from '../db/read-rows.js'
import type { MailServerOption } from '../mail-server/mail-server-option.type.js'
import type { MailServerService } from '../mail-server/mail-server.service.js'
import { isUuid } from '../validation/rules.js'
import { readCursor, writeCursor } from './account-cursor.js'
import type { MailAccountConnection, MailAccountEdge } from './account-page.type.js'
import { AccountConditions, Attention, type AccountFilter } from './account-query.js'
import type { AccountScope } from './account-scope.js'
import { MailAccount } from './account.entity.js'
import { RECEIVING_NEEDS_ATTENTION } from './receiving-attention.js'

/** Which page of which accounts is asked for. */
export interface AccountPageQuery extends AccountFilter {
  readonly first: number
  readonly after?: string | null | undefined
}

const PARTS = [Attention.NEEDED, Attention.NOT_NEEDED]
const BY_CODE = 'ORDER BY code_key'
const EVERYONE: AccountScope = { userId: undefined }
/** So many of a list without end are held at a time. */
const PIECE = 2_000

const ALONE = ['id', 'code', 'name', 'email', 'userId', 'mailServerId'] as const
/** An account without its owner, its server, and how it is doing: one question instead of five. */
export type AccountAlone = Pick<MailAccount, (typeof ALONE)[number]>

/** The accounts that have one server chosen. */
export interface ServerAccounts {
  readonly count: number
  /** Whether any of them has a password stored. */
  readonly hasPasswords: boolean
}

/** A page; the number of all is counted apart, where it is asked for. */
type Page = Omit<MailAccountConnection, 'totalCount'>

/** Reads accounts: however many there are, their owners and servers are read once for all. */
export class AccountReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mailServers: MailServerService,
  ) {}

  /** One account within the scope; null where there is none. */
  async find(
    scope: AccountScope,
    id: string,
    manager?: EntityManager,
  ): Promise<MailAccount | null> {
    if (!isUuid(id)) return null
    const conditions = new AccountConditions(scope).add((p) => `id = ${p}`, id)
    const [account] = await this.#read(conditions, '', manager)
    return account ?? null
  }

  /** The same without what is told of it besides. */
  async findAlone(scope: AccountScope, id: string): Promise<AccountAlone | null> {
    if (!isUuid(id)) return null
    const { where, parameters } = new AccountConditions(scope).add((p) => `id = ${p}`, id)
    const columns = new Set<string>(ALONE)
    const [row] = await readRows(this.dataSource, MailAccount, columns, where, parameters)
    return row === undefined ? null : { ...row, name: row.name || row.email }
  }

  /** Which of these accounts are within the scope. */
  async within(
    scope: AccountScope,
    ids: readonly string[],
    manager?: EntityManager,
  ): Promise<ReadonlySet<string>> {
    const { where, parameters } = new AccountConditions(scope).add(
      (p) => `id = ANY (${p}::uuid[])`,
      ids.filter(isUuid),
    )
    const rows: { id: string }[] = await (manager ?? this.dataSource).query(
      `SELECT id FROM mail_account ${where}`,
      parameters,
    )
    return new Set(rows.map(({ id }) => id))
  }

  /** All within the scope: those that need attention first, each part by code. */
  async list(scope: AccountScope, manager?: EntityManager): Promise<MailAccount[]> {
    const parts: MailAccount[][] = []
    for (const part of PARTS) {
      const conditions = new AccountConditions(scope).addAttention(part)
      parts.push(await this.#read(conditions, BY_CODE, manager))
    }
    return parts.flat()
  }

  /** Those that have one of these ids or codes, by code; everyone's. */
  named(
    column: 'id' | 'code_key',
    values: readonly string[],
    manager?: EntityManager,
  ): Promise<MailAccount[]> {
    const type = column === 'id' ? 'uuid' : 'text'
    const conditions = new AccountConditions(EVERYONE)
    conditions.add((p) => `${column} = ANY (${p}::${type}[])`, values)
    return this.#read(conditions, BY_CODE, manager)
  }

  /** Everyone's by code, so many at a time. */
  async *inPieces(): AsyncGenerator<MailAccount[]> {
    let last: MailAccount | undefined
    do {
      const conditions = new AccountConditions(EVERYONE)
      if (last !== undefined) conditions.add((p) => `code_key > ${p}`, last.codeKey)
      const piece = await this.#read(conditions, `${BY_CODE} LIMIT ${PIECE}`)
      yield piece
      last = piece.at(-1)
    } while (last !== undefined)
  }

  /** A page of the same order. */
  async page(scope: AccountScope, query: AccountPageQuery): Promise<Page> {
    const { first, after } = query
    const cursor = after == null ? undefined : readCursor(after)
    const edges: MailAccountEdge[] = []
    for (const part of PARTS.slice(PARTS.indexOf(cursor?.attention ?? Attention.NEEDED))) {
      const conditions = new AccountConditions(scope, query).addAttention(part)
      if (part === cursor?.attention) conditions.add((p) => `code_key > ${p}`, cursor.codeKey)
      // One more than asked for tells whether there is another page.
      const limit = first + 1 - edges.length
      const accounts = await this.#read(conditions, `${BY_CODE} LIMIT ${limit}`)
      edges.push(...accounts.map((node) => ({ cursor: writeCursor(part, node), node })))
      if (edges.length > first) break
    }
    const shown = edges.slice(0, first)
    return {
      edges: shown,
      pageInfo: { hasNextPage: edges.length > first, endCursor: shown.at(-1)?.cursor ?? null },
    }
  }

  /** How many there are on all pages. */
  async count(scope: AccountScope, filter: AccountFilter): Promise<number> {
    const { where, parameters } = new AccountConditions(scope, filter)
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM mail_account ${where}`,
      parameters,
    )
    return row?.count ?? 0
  }

  /** What there is of accounts at each of these servers; none where nobody has chosen it. */
  async countByServer(
    serverIds: readonly string[],
    manager?: EntityManager,
  ): Promise<ReadonlyMap<string, ServerAccounts>> {
    const rows: ({ id: string } & ServerAccounts)[] = await (manager ?? this.dataSource).query(
      `SELECT mail_server_id AS id, count(*)::int AS count,
         count(incoming_password) + count(outgoing_password) > 0 AS "hasPasswords"
       FROM mail_account WHERE mail_server_id = ANY ($1::uuid[]) GROUP BY mail_server_id`,
      [serverIds],
    )
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** How many accounts each of these people has; none where it is not in there. */
  async countByUser(userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; count: number }[] = await this.dataSource.query(
      `SELECT user_id AS id, count(*)::int AS count
       FROM mail_account WHERE user_id = ANY ($1::uuid[]) GROUP BY user_id`,
      [userIds],
    )
    return new Map(rows.map(({ id, count }) => [id, count]))
  }

  async #read(
    { where, parameters }: AccountConditions,
    tail: string,
    manager?: EntityManager,
  ): Promise<MailAccount[]> {
    const source = manager ?? this.dataSource
    const accounts = await readRows(source, MailAccount, undefined, `${where} ${tail}`, parameters)
    const serverIds = [...new Set(accounts.map(({ mailServerId }) => mailServerId))]
    const userIds = [...new Set(accounts.map(({ userId }) => userId))]
    if (accounts.length === 0) return []
    const servers = await this.mailServers.optionsOf(serverIds, manager)
    const users = await readRows(source, User, undefined, 'WHERE id = ANY ($1::uuid[])', [userIds])
    const owners = new Map(users.map((user) => [user.id, user]))
    const failing = await this.#failing(source, accounts)
    return accounts.flatMap((account) => {
      const [mailServer, user] = [servers.get(account.mailServerId), owners.get(account.userId)]
      // Somebody who was deleted between the two readings has taken the account along.
      return mailServer === undefined || user === undefined
        ? []
        : [Object.assign(account, { user, mailServer }, toldOf(account, mailServer, failing))]
    })
  }

  /** Why receiving needs somebody, by account. */
  async #failing(
    source: DataSource | EntityManager,
    accounts: readonly MailAccount[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows: { id: string; problem: string }[] = await source.query(
      `SELECT account_id AS id, problem FROM account_receiving
       WHERE account_id = ANY ($1::uuid[]) AND problem IS NOT NULL AND (${RECEIVING_NEEDS_ATTENTION})`,
      [accounts.map(({ id }) => id)],
    )
    return new Map(rows.map(({ id, problem }) => [id, problem]))
  }
}

function toldOf(
  account: MailAccount,
  { deletedAt }: MailServerOption,
  failing: ReadonlyMap<string, string>,
) {
  return {
    name: account.name || account.email,
    hasIncomingPassword: account.incomingPassword !== null,
    hasOutgoingPassword: account.outgoingPassword !== null,
    problem:
      deletedAt === null ? (failing.get(account.id) ?? null) : DiagnosisProblem.MAIL_SERVER_DELETED,
  }
}
