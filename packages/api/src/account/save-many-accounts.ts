import type { EntityManager } from 'typeorm'
import type { AuditRecord } from '../audit/record-audit.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { insertRows, newIds, setColumn, updateRows } from '../db/write-rows.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import type { SecretBox } from '../secret/secret-box.js'
import { recordOfCreate, recordOfUpdate } from './account-audit.js'
import { sealPasswords, type SealedPasswords } from './account-passwords.js'
import type { AccountReader } from './account-reader.js'
import { MailAccount, PASSWORD_FIELDS } from './account.entity.js'
import { listOf, withTurns } from '../with-turns.js'
import { accountsChanged } from './account.errors.js'
import type { MailAccountInput } from './account.input.js'
import { normaliseAccount } from './normalise-account-settings.js'

/** Accounts to add and to change. Their settings are valid. */
export interface ManyAccounts {
  readonly added: readonly MailAccountInput[]
  readonly changed: readonly {
    /** As it was read: where it has another version by now, nothing is saved. */
    readonly before: Pick<MailAccount, 'id' | 'version'>
    readonly settings: MailAccountInput
  }[]
}

interface Parts {
  readonly secrets: SecretBox
  readonly reader: AccountReader
  /** Every server that the accounts name or named, by id, as it was read. */
  readonly servers: ReadonlyMap<string, MailServer>
}

/** So many are written and recorded at a time. */
const PIECE = 2_000
const NOT_INSERTED = new Set(['version', 'createdAt', 'updatedAt'])
/** Passwords have statements of their own: most stay as they are. */
const NOT_UPDATED = new Set([...PASSWORD_FIELDS, 'createdAt', 'updatedAt'])

/**
 * Saves them in a few statements, however many they are. Servers, then accounts are held, each in the
 * order of their ids: two who save the same wait for each other.
 *
 * @param record takes what is to be recorded, a part at a time: all of it is never held
 */
export async function saveMany(
  manager: EntityManager,
  many: ManyAccounts,
  parts: Parts,
  record: (records: AuditRecord[]) => Promise<void>,
): Promise<void> {
  const { reader, servers } = parts
  const ids = await newIds(manager, many.added.length)
  const changed = await prepare(
    many.changed.map(({ before: { id, version }, settings }) => ({ id, version, settings })),
    parts,
  )
  const added = await prepare(
    many.added.map((settings, index) => ({ id: ids[index] ?? '', settings })),
    parts,
  )
  await holdServers(manager, new Set([...changed, ...added].map(({ server }) => server)))
  await holdAccounts(manager, changed)
  const read = (rows: readonly Row[]) =>
    reader.named(
      'id',
      rows.map(({ id }) => id),
      manager,
    )
  for (const rows of inPieces(changed)) {
    const before = new Map((await read(rows)).map((account) => [account.id, account]))
    await change(manager, rows)
    const recordOf = (after: MailAccount) => recordOfChange(servers, before.get(after.id), after)
    await record((await read(rows)).map(recordOf))
  }
  // In the order of the index, so that two who add the same wait for each other too.
  for (const rows of inPieces(added.toSorted((a, b) => (a.codeKey < b.codeKey ? -1 : 1)))) {
    await add(manager, rows)
    await record((await read(rows)).map(recordOfCreate))
  }
}

function* inPieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let n = 0; n < all.length; n += PIECE) yield all.slice(n, n + PIECE)
}

function recordOfChange(
  servers: Parts['servers'],
  before: MailAccount | undefined,
  after: MailAccount,
): AuditRecord {
  if (before === undefined) throw accountsChanged()
  const from = serverIn(servers, before.mailServerId)
  return recordOfUpdate(before, after, { from, to: serverIn(servers, after.mailServerId) })
}

interface Row extends ReturnType<typeof normaliseAccount> {
  readonly id: string
  readonly server: MailServer
  readonly sealed: SealedPasswords
}

/** As they are kept, with their passwords sealed: the most of the work, done before anything is held. */
async function prepare<T extends { readonly id: string; readonly settings: MailAccountInput }>(
  wanted: readonly T[],
  { secrets, servers }: Parts,
): Promise<(T & Row)[]> {
  const prepared = withTurns(wanted, (each): T & Row => {
    const { userId, mailServerId } = each.settings
    const server = serverIn(servers, mailServerId)
    const sealed = sealPasswords(secrets, each.settings, server, each.id)
    const kept = normaliseAccount(each.settings, server)
    return { ...each, ...kept, userId, mailServerId, server, sealed }
  })
  return listOf(prepared)
}

function serverIn(servers: ReadonlyMap<string, MailServer>, id: string): MailServer {
  const server = servers.get(id)
  if (server === undefined) throw accountsChanged()
  return server
}

async function change(
  manager: EntityManager,
  rows: readonly (Row & { readonly version: number })[],
): Promise<void> {
  const affected = await updateRows(manager, { entity: MailAccount, rows, without: NOT_UPDATED })
  if (affected !== rows.length) throw accountsChanged()
  for (const field of PASSWORD_FIELDS) {
    const given = rows.flatMap(({ id, sealed: { [field]: value } }) =>
      value === undefined ? [] : [{ id, value }],
    )
    await setColumn(manager, MailAccount, field, given)
  }
}

async function add(manager: EntityManager, added: readonly Row[]): Promise<void> {
  const rows = added.map(({ sealed, ...row }) => ({ ...row, ...sealed }))
  await insertRows(manager, { entity: MailAccount, rows, without: NOT_INSERTED })
}

/** Nobody changes, deletes or restores them before the transaction ends. */
async function holdServers(
  manager: EntityManager,
  servers: ReadonlySet<MailServer>,
): Promise<void> {
  const versions = new Map([...servers].map(({ id, version }) => [id, version]))
  // Whoever deletes all of them takes them in an order of his own.
  await manager.query('SELECT pg_advisory_xact_lock_shared($1, $2)', [
    LOCK_NAMESPACE,
    Lock.mailServerOrder,
  ])
  const held: { id: string; version: number }[] = await manager.query(
    'SELECT id, version FROM mail_server WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE',
    [[...versions.keys()]],
  )
  if (held.some(({ id, version }) => versions.get(id) !== version)) throw accountsChanged()
}

/** Nobody else changes them before the transaction ends. */
async function holdAccounts(
  manager: EntityManager,
  changed: readonly { readonly id: string }[],
): Promise<void> {
  await manager.query(
    `WITH held AS (SELECT 1 FROM mail_account WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE)
     SELECT count(*) FROM held`,
    [changed.map(({ id }) => id)],
  )
}
