import { ErrorCode, type OidcProblem } from '@mailroom/shared'
import type { User } from '../auth/user.entity.js'
import { AppError } from '../errors.js'

/** A sign-in at the provider that ended without anybody being signed in; the sign-in page words it. */
export class OidcRefusal extends Error {
  override name = 'OidcRefusal'
  /** Who would have been signed in. Not the whole person: errors are logged with all that they hold. */
  readonly who: Pick<User, 'id' | 'loginName'> | undefined

  constructor(
    readonly problem: OidcProblem,
    user?: User,
  ) {
    super(`nobody was signed in: ${problem}`)
    this.who = user && { id: user.id, loginName: user.loginName }
  }
}

export const oidcOff = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'この方法でのサインインは設定されていません。',
    en: 'Signing in this way is not set up.',
  })

export const oidcUnavailable = (reason: string) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: 'サインイン先に接続できません。しばらくしてからもう一度お試しください。続く場合は管理者に連絡してください。',
      en: 'The provider where you sign in cannot be reached. Try again later; if it goes on, tell your administrator.',
    },
    { extensions: { reason } },
  )
