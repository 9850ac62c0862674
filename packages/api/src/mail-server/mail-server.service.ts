import { AuditAction, FieldRule, MAIL_SERVERS_MAX, OAuthFlow } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { FieldChange } from '../audit/field-changes.js'
import { recordAudit } from '../audit/record-audit.js'
import { AnnouncedTransactions } from '../db/announced.js'
import type { ChangeFeed } from '../db/change-feed.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { readRows } from '../db/read-rows.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { badUserInput } from '../errors.js'
import { consequencesOf, type ServerChange, type TellConsequences } from './consequences.js'
import { CODE_UNIQUE, MailServer, OAUTH_PROVIDER_FK } from './mail-server.entity.js'
import {
  OPTION_PATHS,
  optionPaths,
  toOption,
  type MailServerOption,
  type NamedOption,
} from './mail-server-option.type.js'
import {
  countChanged,
  mailServerChanged,
  mailServerNotFound,
  orderChanged,
  restoredCodeInUse,
  tooManyMailServers,
} from './mail-server.errors.js'
import { bareRecord, recordOf, recordOfMoves, type Move, type Named } from './mail-server-record.js'
import type { MailServerSettings } from './mail-server-settings.js'
import { normaliseSettings } from './normalise-settings.js'
import { saveMany, type ManyMailServers } from './save-many.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Property paths to read of a mail server; undefined reads all. */
export type MailServerPaths = ReadonlySet<string> | undefined

/**
 * Keeps the company's mail servers and their display order: `position` is a permutation of 1..N over
 * the servers not deleted, since every writer of it holds the same lock until COMMIT.
 */
export class MailServerService {
  readonly #consequences: TellConsequences[] = []

  readonly #transactions: AnnouncedTransactions

  constructor(
    private readonly dataSource: DataSource,
    changes: ChangeFeed,
  ) {
    this.#transactions = new AnnouncedTransactions(dataSource, changes, 'mail-server')
  }

  /** Changes of servers are recorded with what they mean to domains that we know nothing of. */
  tellsAlso(consequences: TellConsequences): void {
    this.#consequences.push(consequences)
  }

  /** What changes would mean besides, to be asked server by server; nothing is changed. */
  consequencesOf(
    changes: readonly ServerChange[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<(serverId: string) => readonly FieldChange[]> {
    return consequencesOf(this.#consequences, manager, changes)
  }

  /** In display order; deleted ones, newest deletion first, after them where asked for. */
  list(includeDeleted: boolean, paths?: MailServerPaths): Promise<MailServer[]> {
    return this.#read(
      paths,
      includeDeleted
        ? 'ORDER BY position NULLS LAST, deleted_at DESC, id'
        : 'WHERE deleted_at IS NULL ORDER BY position',
    )
  }

  /** The dropdown, in display order. */
  async options(fields: ReadonlySet<string>): Promise<NamedOption[]> {
    const paths = optionPaths(fields)
    // What is read is what is answered: nothing has to be made of it.
    if (paths === undefined) return this.list(false, fields)
    const servers = await this.list(false, paths)
    const providers = await this.#signInProviders()
    return servers.map((server) => toOption(server, providers))
  }

  /** The options of these servers, deleted ones too, by id. */
  async optionsOf(
    ids: readonly string[],
    manager?: EntityManager,
  ): Promise<ReadonlyMap<string, MailServerOption>> {
    const servers = await this.#read(OPTION_PATHS, 'WHERE id = ANY ($1::uuid[])', [ids], manager)
    const providers = await this.#signInProviders(manager)
    return new Map(servers.map((server) => [server.id, toOption(server, providers)]))
  }

  /** How many servers are deleted. */
  async countDeleted(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM mail_server WHERE deleted_at IS NOT NULL',
    )
    return row?.count ?? 0
  }

  /** One server, a deleted one too; null where there is none. */
  async find(id: string, manager?: EntityManager): Promise<MailServer | null> {
    if (!UUID.test(id)) return null
    const [server] = await this.#read(undefined, 'WHERE id = $1', [id], manager)
    return server ?? null
  }

  /** Adds a server at the end of the order. */
  create(by: Actor, settings: MailServerSettings): Promise<MailServer> {
    return this.#writeOrder(async (manager) => {
      const count = await countLive(manager)
      if (count >= MAIL_SERVERS_MAX) throw tooManyMailServers(MAIL_SERVERS_MAX)
      const { identifiers } = await manager
        .insert(MailServer, { ...normaliseSettings(settings), position: count + 1 })
        .catch(refusedByDatabase)
      const server = await this.#get(String(identifiers[0]?.['id']), manager)
      const record = await recordOf(manager, AuditAction.CREATE, undefined, server)
      await recordAudit(manager, by, record)
      return server
    })
  }

  /**
   * Replaces the settings where nobody else has since `version` was read.
   *
   * @param restoredFrom the event whose version these settings are
   */
  update(
    by: Actor,
    id: string,
    version: number,
    settings: MailServerSettings,
    restoredFrom?: string,
  ): Promise<MailServer> {
    return this.#transactions.run(async (manager) => {
      const before = await this.#get(id, manager)
      // TypeORM's version column only counts; the comparison is ours.
      const { affected } = await manager
        .createQueryBuilder()
        .update(MailServer)
        .set({
          ...normaliseSettings(settings),
          version: () => 'version + 1',
          updatedAt: () => 'now()',
        })
        .where('id = :id AND version = :version AND deleted_at IS NULL', { id, version })
        .execute()
        .catch(refusedByDatabase)
      const server = await this.find(id, manager)
      if (server === null || server.deletedAt !== null) throw mailServerNotFound()
      if (affected !== 1) throw mailServerChanged(server.version)
      const more = await this.consequencesOf([{ before, after: server }], manager)
      const record = await recordOf(manager, AuditAction.UPDATE, before, server)
      const changes = [...(record.changes ?? []), ...more(server.id)]
      await recordAudit(manager, by, { ...record, changes, restoredFrom })
      return server
    })
  }

  /**
   * Adds and changes many at once, all of them or none: what `decide` says of the list, which nobody
   * adds to or takes from meanwhile. New ones come last, as they stand. What it throws changes nothing.
   */
  saveMany(
    by: Actor,
    decide: (current: MailServer[], manager: EntityManager) => Promise<ManyMailServers>,
  ): Promise<void> {
    return this.#writeOrder(async (manager) => {
      const tail = 'WHERE deleted_at IS NULL ORDER BY position'
      const current = await this.#read(undefined, tail, [], manager)
      const many = await decide(current, manager)
      if (current.length + many.added.length > MAIL_SERVERS_MAX) {
        throw tooManyMailServers(MAIL_SERVERS_MAX)
      }
      await saveMany(manager, by, many, current.length, this.#consequences)
    })
  }

  /** Sets the whole order; `ids` must name every server not deleted exactly once. */
  reorder(by: Actor, ids: readonly string[], paths?: MailServerPaths): Promise<MailServer[]> {
    return this.#writeOrder(async (manager) => {
      if (ids.length > MAIL_SERVERS_MAX || !ids.every((id) => UUID.test(id))) throw orderChanged()
      if (new Set(ids.map((id) => id.toLowerCase())).size !== ids.length) throw orderChanged()
      const [check]: { live: number; named: number }[] = await manager.query(
        `SELECT count(*)::int AS live, (count(*) FILTER (WHERE id = ANY ($1::uuid[])))::int AS named
         FROM mail_server WHERE deleted_at IS NULL`,
        [ids],
      )
      if (check?.live !== ids.length || check.named !== ids.length) throw orderChanged()
      const [moves]: [Move[], number] = await manager.query(
        `UPDATE mail_server SET position = wanted.position
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
         WHERE mail_server.id = wanted.id AND mail_server.position <> wanted.position
         RETURNING mail_server.code, old.position AS "from", new.position AS "to"`,
        [ids],
      )
      if (moves.length > 0) await recordAudit(manager, by, recordOfMoves(moves))
      return this.#read(paths, 'WHERE deleted_at IS NULL ORDER BY position', [], manager)
    })
  }

  /** Deletes a server softly; the ones after it move up. */
  delete(by: Actor, id: string): Promise<MailServer> {
    return this.#writeOrder(async (manager) => {
      const server = await this.find(id, manager)
      if (server === null || server.position === null) throw mailServerNotFound()
      await manager.query(
        'UPDATE mail_server SET position = NULL, deleted_at = now(), version = version + 1 WHERE id = $1',
        [id],
      )
      await manager.query('UPDATE mail_server SET position = position - 1 WHERE position > $1', [
        server.position,
      ])
      const record = await recordOf(manager, AuditAction.DELETE, server, server)
      await recordAudit(manager, by, record)
      return this.#get(id, manager)
    })
  }

  /** Deletes every server, unless their number is not the one that was confirmed. */
  deleteAll(by: Actor, expectedCount: number | undefined): Promise<number> {
    return this.#writeOrder(async (manager) => {
      const count = await countLive(manager)
      if (expectedCount !== undefined && expectedCount !== count) throw countChanged(count)
      const [servers]: [Named[], number] = await manager.query(
        `UPDATE mail_server SET position = NULL, deleted_at = now(), version = version + 1
         WHERE deleted_at IS NULL RETURNING id, code, name`,
      )
      await recordAudit(manager, by, ...servers.map((s) => bareRecord(AuditAction.DELETE, s)))
      return count
    })
  }

  /** Brings deleted servers back at the end, in the order given; ones not deleted stay where they are. */
  restore(by: Actor, ids: readonly string[]): Promise<MailServer[]> {
    return this.#writeOrder(async (manager) => {
      if (!ids.every((id) => UUID.test(id))) throw mailServerNotFound()
      const wanted = [...new Set(ids.map((id) => id.toLowerCase()))]
      const found = await this.#read(undefined, 'WHERE id = ANY ($1::uuid[])', [wanted], manager)
      if (found.length !== wanted.length) throw mailServerNotFound()
      const deleted = new Set(found.filter((s) => s.deletedAt !== null).map((s) => s.id))
      await this.#refuseTakenCodes(manager, [...deleted], found)
      const count = await countLive(manager)
      if (count + deleted.size > MAIL_SERVERS_MAX) throw tooManyMailServers(MAIL_SERVERS_MAX)
      await manager.query(
        `UPDATE mail_server
         SET position = $2::int + wanted.position, deleted_at = NULL, version = version + 1
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
         WHERE mail_server.id = wanted.id`,
        [wanted.filter((id) => deleted.has(id)), count],
      )
      const restored = found.filter(({ id }) => deleted.has(id))
      await recordAudit(manager, by, ...restored.map((s) => bareRecord(AuditAction.RESTORE, s)))
      return this.#read(
        undefined,
        'WHERE id = ANY ($1::uuid[]) ORDER BY position',
        [wanted],
        manager,
      )
    })
  }

  /** The OAuth 2.0 providers at which people sign in themselves; there are a hundred at most. */
  async #signInProviders(manager?: EntityManager): Promise<ReadonlySet<string>> {
    const providers: { id: string }[] = await (manager ?? this.dataSource).query(
      'SELECT id FROM oauth_provider WHERE flow = $1',
      [OAuthFlow.AUTHORIZATION_CODE],
    )
    return new Set(providers.map(({ id }) => id))
  }

  /** A code may have been given away since, or be held by two of the servers to restore. */
  async #refuseTakenCodes(
    manager: EntityManager,
    ids: string[],
    found: MailServer[],
  ): Promise<void> {
    const [taken]: { code: string }[] = await manager.query(
      `SELECT d.code FROM mail_server d
       JOIN mail_server o ON o.code_key = d.code_key AND o.id <> d.id
        AND (o.deleted_at IS NULL OR o.id = ANY ($1::uuid[]))
       WHERE d.id = ANY ($1::uuid[]) ORDER BY d.code LIMIT 1`,
      [ids],
    )
    if (taken !== undefined && found.length > 0) throw restoredCodeInUse(taken.code)
  }

  #read(paths: MailServerPaths, tail: string, parameters: unknown[] = [], manager?: EntityManager) {
    // Fields that other domains add are looked up by the id.
    const read = paths && new Set(paths).add('id')
    return readRows(manager ?? this.dataSource, MailServer, read, tail, parameters)
  }

  async #get(id: string, manager: EntityManager): Promise<MailServer> {
    const server = await this.find(id, manager)
    if (server === null) throw mailServerNotFound()
    return server
  }

  #writeOrder<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [
        LOCK_NAMESPACE,
        Lock.mailServerOrder,
      ])
      return work(manager)
    })
  }
}

async function countLive(manager: EntityManager): Promise<number> {
  const [row]: { count: number }[] = await manager.query(
    'SELECT count(*)::int AS count FROM mail_server WHERE deleted_at IS NULL',
  )
  return row?.count ?? 0
}

/** Names the field of which the database knows that it cannot be so. */
function refusedByDatabase(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === CODE_UNIQUE) {
    throw badUserInput([{ path: 'code', rule: FieldRule.codeInUse }])
  }
  if (constraint === OAUTH_PROVIDER_FK) {
    throw badUserInput([{ path: 'oauthProviderId', rule: FieldRule.oauthProvider }])
  }
  throw error
}
