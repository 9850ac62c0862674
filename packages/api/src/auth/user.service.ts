import { FieldRule, UserRole, loginNameKey } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { ChangeFeed } from '../db/change-feed.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { readRows } from '../db/read-rows.js'
import { containing, folded } from '../db/search-text.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { badUserInput } from '../errors.js'
import { isUuid } from '../validation/rules.js'
import { hashPassword } from './password.js'
import type { SessionService } from './session.service.js'
import { LOGIN_NAME_UNIQUE, User } from './user.entity.js'
import { lastAdministrator, notOneself, userChanged, userNotFound } from './user.errors.js'
import type { UserInput } from './user.input.js'
import { changeUser, recordUser } from './record-user.js'

interface UserQuery {
  /** Part of a login name or a display name; width and case do not matter. */
  readonly search: string
  readonly first: number
}

/** A person after a change, and whether it has ended the sessions of the person. */
export interface ChangedUser {
  readonly user: User
  readonly hasEndedSessions: boolean
}

/** Deletes and records what one domain keeps of a person, in the transaction that deletes the person. */
type DeleteBelongings = (manager: EntityManager, by: Actor, userId: string) => Promise<void>

/** Keeps the people who sign in; there is always an administrator left who can. */
export class UserService {
  readonly #belongings: DeleteBelongings[] = []

  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionService,
    private readonly changes: ChangeFeed,
    /** Of the provider of OpenID Connect; undefined where there is none, and a link lets nobody in. */
    private readonly issuer: string | undefined,
  ) {}

  /** What domains that we know nothing of keep of a person goes along when the person is deleted. */
  deletesAlso(belongings: DeleteBelongings): void {
    this.#belongings.push(belongings)
  }

  /** By login name. */
  list({ search, first }: UserQuery): Promise<User[]> {
    return readRows(
      this.dataSource,
      User,
      undefined,
      `WHERE ${folded('login_name')} LIKE ${folded('$1')} OR ${folded('display_name')} LIKE ${folded('$1')}
       ORDER BY login_name_key LIMIT $2`,
      [containing(search), first],
    )
  }

  async find(id: string): Promise<User | null> {
    return isUuid(id) ? this.dataSource.manager.findOneBy(User, { id }) : null
  }

  async create(by: Actor, input: UserInput): Promise<User> {
    const password = await passwordOf(input)
    return this.#write(async (manager) => {
      const { identifiers } = await manager
        .insert(User, { ...settingsOf(input), ...password })
        .catch(refusedByDatabase)
      const after = await get(manager, String(identifiers[0]?.['id']))
      await recordUser(manager, by, { after, hasNewPassword: password !== undefined })
      return after
    })
  }

  /**
   * Replaces all but the password, which stays where none comes along. A new role or password ends
   * the sessions of the person.
   *
   * @param version what was read; undefined overwrites whatever is there
   */
  async update(by: Actor, id: string, input: UserInput, version?: number): Promise<ChangedUser> {
    const password = await passwordOf(input)
    return this.#change(by, id, async (manager, before) => {
      if (version !== undefined && version !== before.version) throw userChanged(before.version)
      if (input.role !== UserRole.ADMIN) await refuseLastAdministrator(manager, before, this.issuer)
      return { ...settingsOf(input), ...password }
    })
  }

  /** Ends the sessions of the person and lets nobody sign in as him, until he is reactivated. */
  async deactivate(by: Actor, id: string): Promise<User> {
    refuseOneself(by, id)
    const { user } = await this.#change(by, id, async (manager, before) => {
      await refuseLastAdministrator(manager, before, this.issuer)
      return { deactivatedAt: before.deactivatedAt ?? new Date() }
    })
    return user
  }

  async reactivate(by: Actor, id: string): Promise<User> {
    const { user } = await this.#change(by, id, () => Promise.resolve({ deactivatedAt: null }))
    return user
  }

  /**
   * Forgets who the person is for the provider of OpenID Connect, and ends the sessions of the person.
   * Without a password, the next sign-in there links again by login name.
   */
  async unlink(by: Actor, id: string): Promise<User> {
    const { user } = await this.#change(by, id, async (manager, before) => {
      if (before.passwordHash === null) await refuseLastAdministrator(manager, before, this.issuer)
      return { oidcIssuer: null, oidcSubject: null }
    })
    return user
  }

  /** With everything that belongs to the person. */
  async delete(by: Actor, id: string): Promise<void> {
    refuseOneself(by, id)
    await this.#write(async (manager) => {
      const before = await get(manager, id)
      await refuseLastAdministrator(manager, before, this.issuer)
      for (const deleteThem of this.#belongings) await deleteThem(manager, by, before.id)
      await manager.delete(User, { id })
      await recordUser(manager, by, { before })
    })
    // What went along is announced by whose it was; here its counts must be right at once.
    this.changes.emit('mail-account')
  }

  #change(
    by: Actor,
    id: string,
    decide: (manager: EntityManager, before: User) => Promise<Partial<User>>,
  ): Promise<ChangedUser> {
    return this.#write(async (manager) => {
      const before = await get(manager, id)
      const columns = await decide(manager, before)
      const user = await changeUser(manager, by, before, columns).catch(refusedByDatabase)
      const hasEndedSessions =
        columns.passwordHash !== undefined ||
        user.role !== before.role ||
        user.oidcSubject !== before.oidcSubject ||
        user.deactivatedAt !== null
      if (hasEndedSessions) await this.sessions.endAllOf(manager, id)
      return { user, hasEndedSessions }
    })
  }

  /** One at a time, so that two administrators cannot demote each other; announced at COMMIT. */
  #write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.sessions.transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.people])
      return work(manager)
    })
  }
}

async function passwordOf({ password }: UserInput) {
  return password == null ? undefined : { passwordHash: await hashPassword(password) }
}

function settingsOf({ loginName, displayName, role }: UserInput) {
  return {
    loginName: loginName.trim(),
    loginNameKey: loginNameKey(loginName),
    displayName: displayName.trim(),
    role,
  }
}

/** Held until COMMIT, since people change themselves without the lock of all writers. */
async function get(manager: EntityManager, id: string): Promise<User> {
  const user = isUuid(id)
    ? await manager.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null
  if (user === null) throw userNotFound()
  return user
}

/** Nobody else would be left who can sign in as an administrator. Under the lock of all writers. */
async function refuseLastAdministrator(
  manager: EntityManager,
  user: User,
  issuer: string | undefined,
): Promise<void> {
  if (user.role !== UserRole.ADMIN || user.deactivatedAt !== null) return
  const others: unknown[] = await manager.query(
    `SELECT 1 FROM app_user
     WHERE role = $1 AND deactivated_at IS NULL AND id <> $2
       AND (password_hash IS NOT NULL OR rtrim(oidc_issuer, '/') = rtrim($3::text, '/')) LIMIT 1`,
    [UserRole.ADMIN, user.id, issuer ?? null],
  )
  if (others.length === 0) throw lastAdministrator()
}

function refuseOneself(by: Actor, id: string): void {
  if (by.id === id.toLowerCase()) throw notOneself()
}

function refusedByDatabase(error: unknown): never {
  if (violatedConstraint(error) === LOGIN_NAME_UNIQUE) {
    throw badUserInput([{ path: 'loginName', rule: FieldRule.loginNameInUse }])
  }
  throw error
}
