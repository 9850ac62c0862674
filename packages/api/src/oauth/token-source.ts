import { DiagnosisProblem, OAuthFlow, OAuthGrantState } from '@mailroom/shared'
import type { Plaintext } from '../secret/secret-box.js'
import { TransportError } from '../transport/transport-error.js'
import { isUuid } from '../validation/rules.js'
import type { GrantTokens } from './grant-tokens.js'
import type { OAuthGrant } from './oauth-grant.entity.js'
import type { OAuthProvider } from './oauth-provider.entity.js'
import type { OAuthProviderService } from './oauth-provider.service.js'
import type { ProviderClient, Tokens } from './provider-client.js'
import { ProviderError } from '../transport/provider-error.js'

/** A token that a mail server takes in place of a password. */
export interface MailboxToken {
  readonly username: string
  readonly accessToken: Plaintext
}

interface TokenOptions {
  readonly signal?: AbortSignal
  /** Asks the provider even where the stored token is fresh, to learn whether it still grants. */
  readonly isAnew?: boolean
}

/** A token with less to live than this is refreshed first: a sign-in must outlast its own steps. */
const FRESH_MS = 60_000
/** While somebody else refreshes, the old one still does with this much left. */
const USABLE_MS = 10_000
const POLL_MS = 200
/** Somebody else's refresh ends within its lease. */
const WAIT_MS = 35_000

/**
 * Valid access tokens, refreshed in time. Of all processes one refreshes a grant at a time, since many
 * providers take a refresh token once only; no database connection is held meanwhile.
 */
export class TokenSource {
  readonly #ownTokens = new Map<string, Promise<Tokens>>()

  constructor(
    private readonly grants: GrantTokens,
    private readonly providers: OAuthProviderService,
    private readonly client: ProviderClient,
  ) {}

  /**
   * The token for a grant's mailbox. Rejects with a {@link TransportError}: OAUTH_GRANT_ENDED where
   * somebody must grant again, AUTH_TEMPORARY where the provider cannot be asked just now.
   *
   * @param userId whose grant it must be
   */
  async forGrant(
    grantId: string,
    userId: string,
    { signal, isAnew = false }: TokenOptions = {},
  ): Promise<MailboxToken> {
    const untilMs = performance.now() + WAIT_MS
    for (let isRefreshed = false; ;) {
      signal?.throwIfAborted()
      const grant = isUuid(grantId) ? await this.grants.find(grantId) : null
      if (grant === null || grant.userId !== userId) throw grantEnded()
      if (grant.state === OAuthGrantState.ENDED) throw grantEnded()
      // What was just refreshed is as fresh as this provider makes it.
      if (isRefreshed || (!isAnew && livesFor(grant) > FRESH_MS)) return this.#tokenOf(grant)
      const isUsable = livesFor(grant) > USABLE_MS
      if (isUsable && grant.refreshToken === null) return this.#tokenOf(grant)
      const leaseId = await this.grants.lease(grant.id)
      if (leaseId !== undefined) {
        const failure = await this.#refresh(grant, leaseId)
        if (failure !== undefined && !isUsable) throw failure
        isRefreshed = true
      } else if (isUsable) return this.#tokenOf(grant)
      else if (performance.now() > untilMs) throw unavailable('somebody else is refreshing it')
      else await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** Whether Mailroom itself has a token at a provider. */
  async hasOwn(providerId: string): Promise<boolean> {
    return (await this.providers.find(providerId))?.flow === OAuthFlow.CLIENT_CREDENTIALS
  }

  /** The token that Mailroom itself has at a provider with client credentials; kept in memory only. */
  async forProvider(providerId: string, username: string): Promise<MailboxToken> {
    const provider = await this.providers.find(providerId)
    if (provider?.flow !== OAuthFlow.CLIENT_CREDENTIALS) throw grantEnded()
    const key = `${provider.id} ${provider.version}`
    const before = this.#ownTokens.get(key)
    const kept = await before?.catch(() => undefined)
    if (kept !== undefined && kept.expiresAt.getTime() - Date.now() > FRESH_MS) {
      return { username, accessToken: kept.accessToken }
    }
    const current = this.#ownTokens.get(key)
    // Callers at the same time share one request.
    const asked = current === before || current === undefined ? this.#ask(key, provider) : current
    try {
      return { username, accessToken: (await asked).accessToken }
    } catch (error) {
      if (this.#ownTokens.get(key) === asked) this.#ownTokens.delete(key)
      throw error instanceof ProviderError ? unavailable(error.reason, error) : error
    }
  }

  #ask(key: string, provider: OAuthProvider): Promise<Tokens> {
    for (const old of this.#ownTokens.keys()) {
      if (old.startsWith(`${provider.id} `)) this.#ownTokens.delete(old)
    }
    const asked = this.client.clientCredentials(provider)
    this.#ownTokens.set(key, asked)
    return asked
  }

  /** Answers why it could not, where a later refresh may work. */
  async #refresh(seen: OAuthGrant, leaseId: string): Promise<TransportError | undefined> {
    const { id } = seen
    try {
      // In this order: a change of the provider takes the lease away, so that a grant which still has
      // it belongs to the provider as it was read before. Its refresh token goes nowhere else.
      const provider = await this.providers.find(seen.providerId)
      const grant = await this.grants.find(id)
      if (grant?.leaseId !== leaseId) return undefined
      if (this.#isRefreshedSince(seen, grant)) {
        await this.grants.release(id, leaseId)
        return undefined
      }
      const refreshToken = this.grants.open(grant, 'refreshToken')
      if (provider === null || refreshToken === undefined) await this.grants.end(id, leaseId)
      else await this.grants.keep(id, leaseId, await this.client.refresh(provider, refreshToken))
      return undefined
    } catch (error) {
      return this.#failed(error, id, leaseId)
    }
  }

  async #failed(
    error: unknown,
    grantId: string,
    leaseId: string,
  ): Promise<TransportError | undefined> {
    if (!(error instanceof ProviderError)) {
      await this.grants.release(grantId, leaseId)
      throw error
    }
    if (error.isGrantEnded) {
      await this.grants.end(grantId, leaseId)
      return undefined
    }
    await this.grants.failed(grantId, leaseId)
    return unavailable(error.reason, error)
  }

  /** Somebody else may have, just before the lease was ours. Sealed anew it is still the same token. */
  #isRefreshedSince(seen: OAuthGrant, now: OAuthGrant): boolean {
    const before = this.grants.open(seen, 'accessToken')
    const after = this.grants.open(now, 'accessToken')
    return after !== undefined && before !== after && livesFor(now) > FRESH_MS
  }

  #tokenOf(grant: OAuthGrant): MailboxToken {
    const accessToken = this.grants.open(grant, 'accessToken')
    if (accessToken === undefined) throw grantEnded()
    return { username: grant.mailbox, accessToken }
  }
}

const livesFor = ({ accessExpiresAt }: OAuthGrant) => (accessExpiresAt?.getTime() ?? 0) - Date.now()

const grantEnded = () => new TransportError(DiagnosisProblem.OAUTH_GRANT_ENDED)

const unavailable = (reason: string, cause?: unknown) =>
  new TransportError(DiagnosisProblem.AUTH_TEMPORARY, {
    detail: `the OAuth 2.0 provider gave no token: ${reason}`,
    cause,
  })
