import {
  isBlank,
  isPlainText,
  LOGIN_NAME_MAX_LENGTH,
  loginNameKey,
  OidcProblem,
  textLength,
  UserRole,
} from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import { SYSTEM, type Actor } from '../audit/actor.js'
import { personAt } from '../auth/caller.js'
import { changeUser, recordUser } from '../auth/record-user.js'
import { User } from '../auth/user.entity.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import type { Identity } from './oidc-client.js'
import { OidcRefusal } from './oidc.errors.js'

/**
 * Which person of ours somebody at the provider is. Issuer and subject decide, once they are known
 * here. A login name links them the first time only, and only with somebody who has neither a
 * password nor another link: whoever can choose a name at the provider must not become anybody else.
 */
export class OidcPeople {
  constructor(
    private readonly dataSource: DataSource,
    private readonly addsPeople: boolean,
  ) {}

  /** Throws {@link OidcRefusal} where nobody may be signed in. */
  admit(identity: Identity, address: string): Promise<User> {
    return this.#write(async (manager) => {
      const known = await findLinked(manager, identity)
      if (known !== null) return requireActive(known)
      const loginName = nameOf(identity.loginName)
      if (loginName === undefined) throw new OidcRefusal(OidcProblem.OIDC_NOT_ADMITTED)
      const key = loginNameKey(loginName)
      const named = await manager.findOne(User, {
        where: { loginNameKey: key },
        lock: { mode: 'pessimistic_write' },
      })
      if (named === null) return this.#add(manager, identity, loginName, address)
      requireActive(named)
      if (named.passwordHash !== null || named.oidcSubject !== null) {
        throw new OidcRefusal(OidcProblem.OIDC_NAME_IN_USE, named)
      }
      return changeUser(manager, personAt(named, address), named, columnsOf(identity))
    })
  }

  /** Lets a person who is signed in sign in this way from now on. */
  async link(by: Actor, userId: string, identity: Identity): Promise<void> {
    await this.#write(async (manager) => {
      const known = await findLinked(manager, identity)
      if (known?.id === userId) return
      if (known !== null) throw new OidcRefusal(OidcProblem.OIDC_LINKED_ELSEWHERE)
      const user = await manager.findOne(User, {
        where: { id: userId },
        lock: { mode: 'pessimistic_write' },
      })
      if (user === null) throw new OidcRefusal(OidcProblem.OIDC_EXPIRED)
      await changeUser(manager, by, user, columnsOf(identity))
    })
  }

  async #add(
    manager: EntityManager,
    identity: Identity,
    loginName: string,
    address: string,
  ): Promise<User> {
    // The first person is the administrator, by the set-up link: anybody else would close set-up for ever.
    if (!this.addsPeople || !(await manager.exists(User))) {
      throw new OidcRefusal(OidcProblem.OIDC_NOT_ADMITTED)
    }
    const { identifiers } = await manager.insert(User, {
      loginName,
      loginNameKey: loginNameKey(loginName),
      displayName: nameOf(identity.displayName) ?? loginName,
      role: UserRole.USER,
      ...columnsOf(identity),
    })
    const after = await manager.findOneByOrFail(User, { id: String(identifiers[0]?.['id']) })
    await recordUser(manager, { ...SYSTEM, address }, { after })
    return after
  }

  /** Under the lock of all who write people: two first sign-ins of one person add one. */
  #write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.people])
      return work(manager)
    })
  }
}

function findLinked(manager: EntityManager, identity: Identity): Promise<User | null> {
  return manager.findOneBy(User, columnsOf(identity))
}

const columnsOf = ({ issuer, subject }: Identity) => ({ oidcIssuer: issuer, oidcSubject: subject })

function requireActive(user: User): User {
  if (user.deactivatedAt !== null) throw new OidcRefusal(OidcProblem.OIDC_NOT_ADMITTED, user)
  return user
}

/** A name that a person of ours could have; undefined where the provider's is none. */
function nameOf(claim: string | undefined): string | undefined {
  if (claim === undefined || isBlank(claim) || !isPlainText(claim)) return undefined
  return textLength(claim) > LOGIN_NAME_MAX_LENGTH ? undefined : claim
}
