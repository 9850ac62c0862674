import type { ApiTokenService } from './api-token.service.js'
import type { Caller } from './caller.js'
import type { SessionService } from './session.service.js'

/** What a request brings along to say whose it is. */
export interface Credentials {
  /** After "Authorization: Bearer "; undefined where there is no such header. */
  readonly bearer: string | undefined
  /** Of the cookie, whether or not it is a session's. */
  readonly sessionToken: string | undefined
  readonly address: string
}

/** Knows callers by API token or session. */
export class Authenticator {
  constructor(
    private readonly sessions: SessionService,
    private readonly apiTokens: ApiTokenService,
  ) {}

  /**
   * Whose request it is; undefined for nobody's. A token that is sent decides alone, and is refused
   * with an AppError where it cannot be used: to answer its program as nobody, or as whoever the
   * cookie is, would hide the mistake.
   */
  async identify({ bearer, sessionToken, address }: Credentials): Promise<Caller | undefined> {
    if (bearer !== undefined) return this.apiTokens.callerOf(bearer, address)
    return sessionToken === undefined ? undefined : this.sessions.userOf(sessionToken)
  }
}

/** The token of an Authorization header. Other schemes are for web servers in front of us. */
export function bearerOf(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string') return undefined
  return /^Bearer(?: +|$)(.*)$/is.exec(authorization)?.[1]?.trim()
}
