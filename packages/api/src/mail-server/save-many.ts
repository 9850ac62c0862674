import { AuditAction } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordMany } from '../audit/record-audit.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { insertRows, newIds, updateRows } from '../db/write-rows.js'
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
    await recordMany(manager, by, records)
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

/** What Mailroom itself writes, once a server is there; every other column is a setting. */
const OWN_COLUMNS = ['createdAt', 'updatedAt', 'deletedAt']
const NOT_INSERTED = new Set([...OWN_COLUMNS, 'version'])
const NOT_UPDATED = new Set([...OWN_COLUMNS, 'position'])

async function insert(
  manager: EntityManager,
  added: ManyMailServers['added'],
  liveCount: number,
): Promise<State[]> {
  const ids = await newIds(manager, added.length)
  const rows = added.map((settings, index) => ({
    ...normaliseSettings(settings),
    id: ids[index] ?? '',
    position: liveCount + index + 1,
  }))
  await insertRows(manager, { entity: MailServer, rows, without: NOT_INSERTED })
  return rows.map((after) => ({ before: undefined, after }))
}

async function update(manager: EntityManager, changed: ManyMailServers['changed']) {
  const states = changed.map(({ before, settings }) => ({
    before,
    after: { ...normaliseSettings(settings), id: before.id, version: before.version },
  }))
  // A deleted one has another version too.
  const rows = states.map(({ after }) => after)
  const affected = await updateRows(manager, { entity: MailServer, rows, without: NOT_UPDATED })
  if (affected !== changed.length) throw mailServersChanged()
  return states
}
