import { AuditAction } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { consequencesOf, type TellConsequences } from './consequences.js'
import { CODE_UNIQUE, MailServer, OAUTH_PROVIDER_FK } from './mail-server.entity.js'
import { mailServersChanged } from './mail-server.errors.js'
import { providerNames, recordWith } from './mail-server-record.js'
import type { MailServerSettings } from './mail-server-settings.js'
import { normaliseSettings } from './normalise-settings.js'

/** Servers to add and to change. Their settings are valid. */
export interface ManyMailServers {
  readonly added: readonly MailServerSettings[]
  readonly changed: readonly {
    /** As it was read: where it has another version by now, nothing is saved. */
    readonly before: MailServer
    readonly settings: MailServerSettings
  }[]
}

/**
 * Saves them in one statement each, and their records in another, however many they are: ten thousand
 * are a matter of seconds. The caller holds the order's lock.
 *
 * @param liveCount how many there are, behind which the new ones come
 * @param consequences what is recorded besides with each change
 */
export async function saveMany(
  manager: EntityManager,
  by: Actor,
  { added, changed }: ManyMailServers,
  liveCount: number,
  consequences: readonly TellConsequences[],
): Promise<void> {
  try {
    const updated = await update(manager, changed)
    const states: State[] = [...updated, ...(await insert(manager, added, liveCount))]
    const more = await consequencesOf(consequences, manager, updated)
    const providers = await providerNames(
      manager,
      ...states.flatMap(({ before, after }) => [before, after]),
    )
    const records = states.map(({ before, after }) => {
      const action = before === undefined ? AuditAction.CREATE : AuditAction.UPDATE
      const record = recordWith(providers, action, before, after)
      return { ...record, changes: [...(record.changes ?? []), ...more(after.id)] }
    })
    await recordAudit(manager, by, ...records)
  } catch (error) {
    // A single change takes no lock of the order, and a provider may be gone since it was looked up.
    const constraint = violatedConstraint(error)
    if (constraint === CODE_UNIQUE || constraint === OAUTH_PROVIDER_FK) throw mailServersChanged()
    throw error
  }
}

type Kept = ReturnType<typeof normaliseSettings>

/** What became of a server; `before` is undefined where it is new. */
interface State {
  readonly before: MailServer | undefined
  readonly after: Kept & Pick<MailServer, 'id'>
}

async function insert(manager: EntityManager, added: ManyMailServers['added'], liveCount: number) {
  if (added.length === 0) return []
  const settings = added.map(normaliseSettings)
  const columns = columnsOf(manager)
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const rows = settings.map((each, index) => ({
    ...rowOf(columns, each),
    position: liveCount + index + 1,
  }))
  const inserted: { id: string; code_key: string }[] = await manager.query(
    `INSERT INTO mail_server (${names}, position)
     SELECT ${names}, position FROM jsonb_populate_recordset(NULL::mail_server, $1::jsonb)
     RETURNING id, code_key`,
    [JSON.stringify(rows)],
  )
  const ids = new Map(inserted.map(({ id, code_key: key }) => [key, id]))
  return settings.map((each) => ({
    before: undefined,
    after: { ...each, id: ids.get(each.codeKey) ?? '' },
  }))
}

async function update(manager: EntityManager, changed: ManyMailServers['changed']) {
  if (changed.length === 0) return []
  const columns = columnsOf(manager)
  const states = changed.map(({ before, settings }) => ({
    before,
    after: { ...normaliseSettings(settings), id: before.id },
  }))
  const rows = states.map(({ before, after }) => ({
    ...rowOf(columns, after),
    id: before.id,
    version: before.version,
  }))
  const [, affected]: [unknown, number] = await manager.query(
    `UPDATE mail_server AS old
     SET ${columns.map(({ name }) => `"${name}" = new."${name}"`).join(', ')},
       version = old.version + 1, updated_at = now()
     FROM jsonb_populate_recordset(NULL::mail_server, $1::jsonb) AS new
     WHERE old.id = new.id AND old.version = new.version AND old.deleted_at IS NULL`,
    [JSON.stringify(rows)],
  )
  if (affected !== changed.length) throw mailServersChanged()
  return states
}

interface SettingColumn {
  readonly name: string
  readonly path: readonly string[]
}

/** What Mailroom itself writes; every other column is a setting. */
const OWN_COLUMNS = new Set(['id', 'position', 'version', 'createdAt', 'updatedAt', 'deletedAt'])

function columnsOf(manager: EntityManager): SettingColumn[] {
  return manager.connection
    .getMetadata(MailServer)
    .columns.filter(({ propertyPath }) => !OWN_COLUMNS.has(propertyPath))
    .map(({ databaseName, propertyPath }) => ({
      name: databaseName,
      path: propertyPath.split('.'),
    }))
}

function rowOf(columns: readonly SettingColumn[], settings: Kept): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, path }) => [name, path.reduce<unknown>(valueIn, settings)]),
  )
}

const valueIn = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined
