import { ErrorCode, UserRole, loginNameKey } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { AppError } from '../errors.js'
import { personAt } from './caller.js'
import { hashPassword, verifyPassword } from './password.js'
import { TooManyRequests } from './request-limit.service.js'
import type { SessionService } from './session.service.js'
import { SetUpLink } from './set-up-link.entity.js'
import type { SignInLimit } from './sign-in-limit.js'
import { createToken, hashToken } from './token.js'
import { User } from './user.entity.js'
import { recordFailedSignIn, recordStoppedSignIns, recordUser } from './record-user.js'

/** A person signed in, with the new session's token. */
export interface SignedIn {
  readonly user: User
  readonly token: string
}

// Says nothing of which of the two was wrong.
const signInRefused = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'ログイン名またはパスワードが正しくありません。',
    en: 'The login name or the password is not right.',
  })

const setUpLinkInvalid = () =>
  new AppError(ErrorCode.FORBIDDEN, {
    ja: 'このセットアップ用リンクは使えません。Mailroomを再起動すると、新しいリンクが表示されます。',
    en: 'This set-up link no longer works. Restart Mailroom; it prints a new one.',
  })

/** Signing in, and making the first administrator. */
export class AuthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionService,
    private readonly limit: SignInLimit,
  ) {}

  /** Throws UNAUTHENTICATED for a wrong name or password, TOO_MANY_REQUESTS after too many. */
  async signIn(loginName: string, password: string, address: string): Promise<SignedIn> {
    const { manager } = this.dataSource
    const key = loginNameKey(loginName)
    await this.limit.take(key, address).catch(async (refusal: unknown) => {
      if (refusal instanceof TooManyRequests && refusal.isFirst) {
        await recordStoppedSignIns(manager, await this.#findByKey(key), address, refusal)
      }
      throw refusal
    })
    const user = await this.#findByKey(key)
    const token = await this.#startIfRight(user, password, address)
    if (user === null || token === undefined) {
      await recordFailedSignIn(manager, user, address)
      throw signInRefused()
    }
    await this.limit.succeeded(key, address)
    return { user, token }
  }

  find(id: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id })
  }

  async needsSetUp(manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    return !(await manager.exists(User))
  }

  /** The token of a new one-time set-up link; undefined once somebody exists. */
  async createSetUpToken(): Promise<string | undefined> {
    if (!(await this.needsSetUp())) return undefined
    const token = createToken()
    await this.dataSource.manager.insert(SetUpLink, { tokenHash: hashToken(token) })
    return token
  }

  /** Makes the first administrator by a set-up link and signs in. FORBIDDEN where the link is used up. */
  async setUp(by: Actor, token: string, loginName: string, password: string): Promise<SignedIn> {
    const known = await this.dataSource.manager.existsBy(SetUpLink, { tokenHash: hashToken(token) })
    if (!known) throw setUpLinkInvalid()
    const user = await this.createFirstAdministrator(by, loginName, password)
    if (user === undefined) throw setUpLinkInvalid()
    const session = await this.sessions.start(user.id, personAt(user, by.address))
    if (session === undefined) throw setUpLinkInvalid()
    return { user, token: session }
  }

  /** Makes an administrator where no user exists, however many processes try; undefined otherwise. */
  async createFirstAdministrator(
    by: Actor,
    loginName: string,
    password: string,
  ): Promise<User | undefined> {
    const passwordHash = await hashPassword(password)
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.firstUser])
      if (!(await this.needsSetUp(manager))) return undefined
      const name = loginName.trim()
      const { identifiers } = await manager.insert(User, {
        loginName: name,
        loginNameKey: loginNameKey(name),
        displayName: name,
        role: UserRole.ADMIN,
        passwordHash,
      })
      await manager.createQueryBuilder().delete().from(SetUpLink).execute()
      const user = await manager.findOneByOrFail(User, { id: String(identifiers[0]?.['id']) })
      await recordUser(manager, by, { after: user, hasNewPassword: true })
      return user
    })
  }

  /** A session's token; undefined where the password is wrong, or the person may not sign in. */
  async #startIfRight(
    user: User | null,
    password: string,
    address: string,
  ): Promise<string | undefined> {
    const isRight = await verifyPassword(user?.passwordHash, password)
    if (!isRight || user?.passwordHash == null) return undefined
    return this.sessions.start(user.id, personAt(user, address), user.passwordHash)
  }

  #findByKey(loginNameKey: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { loginNameKey })
  }
}
