import { FieldRule } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { badUserInput, unauthenticated } from '../errors.js'
import type { SignedIn } from './auth.service.js'
import { hashPassword, verifyPassword } from './password.js'
import type { RequestLimit } from './request-limit.service.js'
import type { SessionService } from './session.service.js'
import { User } from './user.entity.js'
import { noOwnPassword, onlyWayIn } from './user.errors.js'
import { changeUser } from './record-user.js'

/** What everybody may change of himself. */
export class ProfileService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionService,
    private readonly limit: RequestLimit,
  ) {}

  rename(by: Actor, id: string, displayName: string): Promise<User> {
    return this.#change(by, id, () => ({ displayName: displayName.trim() }))
  }

  /** Signs in by the password alone from now on. */
  unlink(by: Actor, id: string): Promise<User> {
    return this.#change(by, id, ({ passwordHash }) => {
      if (passwordHash === null) throw onlyWayIn()
      return { oidcIssuer: null, oidcSubject: null }
    })
  }

  /**
   * Replaces the own password; all sessions of the person end, and a new one begins. Wrong current
   * passwords are limited, since a screen left open is no sign of who sits before it.
   */
  async changePassword(by: Actor, id: string, current: string, wanted: string): Promise<SignedIn> {
    await this.limit.take(id)
    const known = await this.dataSource.manager.findOneBy(User, { id })
    if (known === null) throw unauthenticated()
    if (known.passwordHash === null) throw noOwnPassword()
    if (!(await verifyPassword(known.passwordHash, current))) throw wrongPassword()
    const passwordHash = await hashPassword(wanted)
    const user = await this.#change(by, id, async (before, manager) => {
      // Only what was verified is replaced: an administrator may have set another one meanwhile.
      if (before.passwordHash !== known.passwordHash) throw wrongPassword()
      await this.sessions.endAllOf(manager, id)
      return { passwordHash }
    })
    const token = await this.sessions.goOn(id, passwordHash)
    if (token === undefined) throw unauthenticated()
    return { user, token }
  }

  #change(
    by: Actor,
    id: string,
    decide: (before: User, manager: EntityManager) => Partial<User> | Promise<Partial<User>>,
  ): Promise<User> {
    return this.sessions.transactions.run(async (manager) => {
      const before = await manager.findOne(User, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      })
      if (before === null) throw unauthenticated()
      return changeUser(manager, by, before, await decide(before, manager))
    })
  }
}

const wrongPassword = () =>
  badUserInput([{ path: 'currentPassword', rule: FieldRule.passwordWrong }])
