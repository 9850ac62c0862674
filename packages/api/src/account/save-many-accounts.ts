import { setImmediate } from 'node:timers/promises'
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

/** So many are sealed at a time that other requests have their turn between. */
const ROWS_AT_ONCE = 200
const NOT_INSERTED = new Set(['version', 'createdAt', 'updatedAt'])
/** Passwords have statements of their own: most stay as they are. */
const NOT_UPDATED = new Set([...PASSWORD_FIELDS, 'createdAt', 'updatedAt'])

/**
 * Saves them in a few statements, however many they are, and answers what is to be recorded. Servers,
 * then accounts are held, each in the order of their ids: two who save the same wait for each other.
 */
export async function saveMany(
  manager: EntityManager,
  many: ManyAccounts,
  parts: Parts,
): Promise<AuditRecord[]> {
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
  const rows = [...changed, ...added]
  await holdServers(manager, new Set(rows.map(({ server }) => server)))
  const before = await holdAccounts(manager, reader, changed)
  await write(manager, added, changed)
  const saved = await reader.named(
    'id',
    rows.map(({ id }) => id),
    manager,
  )
  return saved.map((after) => {
    const old = before.get(after.id)
    if (old === undefined) return recordOfCreate(after)
    const from = serverIn(servers, old.mailServerId)
    return recordOfUpdate(old, after, { from, to: serverIn(servers, after.mailServerId) })
  })
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
  const rows: (T & Row)[] = []
  for (const each of wanted) {
    const { userId, mailServerId } = each.settings
    const server = serverIn(servers, mailServerId)
    const sealed = sealPasswords(secrets, each.settings, server, each.id)
    const kept = normaliseAccount(each.settings, server)
    rows.push({ ...each, ...kept, userId, mailServerId, server, sealed })
    if (rows.length % ROWS_AT_ONCE === 0) await setImmediate()
  }
  return rows
}

function serverIn(servers: ReadonlyMap<string, MailServer>, id: string): MailServer {
  const server = servers.get(id)
  if (server === undefined) throw accountsChanged()
  return server
}

async function write(
  manager: EntityManager,
  added: readonly Row[],
  changed: readonly (Row & { readonly version: number })[],
): Promise<void> {
  const entity = MailAccount
  const affected = await updateRows(manager, { entity, rows: changed, without: NOT_UPDATED })
  if (affected !== changed.length) throw accountsChanged()
  for (const field of PASSWORD_FIELDS) {
    const given = changed.flatMap(({ id, sealed: { [field]: value } }) =>
      value === undefined ? [] : [{ id, value }],
    )
    await setColumn(manager, entity, field, given)
  }
  const rows = added
    .map(({ sealed, ...row }) => ({ ...row, ...sealed }))
    // In the order of the index, so that two who add the same wait for each other too.
    .toSorted((a, b) => (a.codeKey < b.codeKey ? -1 : 1))
  await insertRows(manager, { entity, rows, without: NOT_INSERTED })
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

/** As they are now, by id; nobody else changes them before the transaction ends. */
async function holdAccounts(
  manager: EntityManager,
  reader: AccountReader,
  changed: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, MailAccount>> {
  const ids = changed.map(({ id }) => id)
  await manager.query(
    'SELECT 1 FROM mail_account WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    [ids],
  )
  const accounts = await reader.named('id', ids, manager)
  return new Map(accounts.map((account) => [account.id, account]))
}
