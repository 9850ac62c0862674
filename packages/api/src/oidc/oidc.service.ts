import { OIDC_CALLBACK_PATH, OIDC_PROBLEM_FIELD, OidcProblem } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { personAt } from '../auth/caller.js'
import { recordFailedSignIn, recordStoppedSignIns } from '../auth/record-user.js'
import { TooManyRequests, type RequestLimit } from '../auth/request-limit.service.js'
import type { SessionService } from '../auth/session.service.js'
import { ProviderError } from '../transport/provider-error.js'
import type { OidcClient } from './oidc-client.js'
import type { OidcPeople } from './oidc-people.js'
import { beginSignIn, resumeSignIn, type Errand } from './oidc-ticket.js'
import { oidcOff, oidcUnavailable, OidcRefusal } from './oidc.errors.js'

/** Where the browser is to go, and what it must keep until it comes back. */
export interface BegunSignIn {
  readonly url: string
  readonly ticket: string
}

/** What the browser came back with. */
export interface Return {
  readonly ticket: string | undefined
  readonly query: URLSearchParams
  /** By which people reach us, as when the sign-in was begun. */
  readonly origin: string
  readonly address: string
  /** Who is signed in already, if somebody is. */
  readonly userId: string | undefined
  readonly actor: Actor
}

/** The end of a sign-in: where to go on, and the new session, or why there is none. */
export interface Finished {
  readonly errand: Errand | undefined
  readonly token?: string
  readonly problem?: OidcProblem
  /** What the provider did, for whoever looks after Mailroom. */
  readonly reason?: string
}

export interface OidcParts {
  readonly name: string
  readonly client: OidcClient
  readonly people: OidcPeople
}

/** Signing in by OpenID Connect: authorisation code with PKCE, `state` and `nonce`. */
export class OidcService {
  /** @param parts undefined where it is not configured */
  constructor(
    private readonly parts: OidcParts | undefined,
    private readonly sessions: SessionService,
    private readonly limit: RequestLimit,
    private readonly manager: EntityManager,
  ) {}

  /** What the button calls the provider; undefined where there is none. */
  get name(): string | undefined {
    return this.parts?.name
  }

  async begin(errand: Errand, origin: string, ticket: string | undefined): Promise<BegunSignIn> {
    if (this.parts === undefined) throw oidcOff()
    const begun = beginSignIn(errand, ticket)
    const url = await this.parts.client
      .authorizationUrl(begun.checks, redirectUriOf(origin))
      .catch((error: unknown) => {
        throw error instanceof ProviderError ? oidcUnavailable(error.reason) : error
      })
    return { url: url.href, ticket: begun.ticket }
  }

  /** Never rejects for what the person, the provider or a stranger did: that is a `problem`. */
  async finish(back: Return): Promise<Finished> {
    const begun =
      back.ticket === undefined
        ? undefined
        : resumeSignIn(back.query.get('state') ?? '', back.ticket)
    if (begun === undefined || this.parts === undefined) {
      return { errand: undefined, problem: OidcProblem.OIDC_EXPIRED }
    }
    const { errand } = begun
    try {
      await this.limit.take(back.address)
      const callback = new URL(redirectUriOf(back.origin))
      callback.search = back.query.toString()
      const identity = await this.parts.client.identify(begun.checks, callback)
      if (errand.linkTo !== undefined) {
        if (errand.linkTo !== back.userId) throw new OidcRefusal(OidcProblem.OIDC_EXPIRED)
        await this.parts.people.link(back.actor, errand.linkTo, identity)
        return { errand }
      }
      const user = await this.parts.people.admit(identity, back.address)
      const token = await this.sessions.start(user.id, personAt(user, back.address))
      if (token === undefined) throw new OidcRefusal(OidcProblem.OIDC_NOT_ADMITTED, user)
      return { errand, token }
    } catch (error) {
      const problem = problemOf(error)
      // Links are counted with sign-ins: whichever meets the limit first tells of it.
      if (errand.linkTo === undefined || error instanceof TooManyRequests)
        await this.#record(error, problem, back.address)
      return error instanceof ProviderError
        ? { errand, problem, reason: error.reason }
        : { errand, problem }
    }
  }

  /** Only the kind of problem is kept: what the provider says may be anything. */
  async #record(error: unknown, problem: OidcProblem, address: string): Promise<void> {
    if (error instanceof TooManyRequests) {
      if (error.isFirst) await recordStoppedSignIns(this.manager, undefined, address, error)
      return
    }
    const who = error instanceof OidcRefusal ? error.who : undefined
    const change = { field: OIDC_PROBLEM_FIELD, old: null, new: problem }
    await recordFailedSignIn(this.manager, who, address, [change])
  }
}

const redirectUriOf = (origin: string) => `${origin}${OIDC_CALLBACK_PATH}`

function problemOf(error: unknown): OidcProblem {
  if (error instanceof OidcRefusal) return error.problem
  if (error instanceof TooManyRequests) return OidcProblem.OIDC_FAILED
  if (!(error instanceof ProviderError)) throw error
  if (error.reason === 'access_denied') return OidcProblem.OIDC_REFUSED
  // The code was used already, or is too old.
  return error.isGrantEnded ? OidcProblem.OIDC_EXPIRED : OidcProblem.OIDC_FAILED
}
