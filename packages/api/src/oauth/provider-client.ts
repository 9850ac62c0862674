import { isProviderUrl, OAuthPreset, OAUTH_TENANT_ANY } from '@mailroom/shared'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  None,
  refreshTokenGrant,
  tokenRevocation,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import { asPlaintext, type Plaintext, type SecretBox } from '../secret/secret-box.js'
import { secretPlace } from '../secret/secret-column.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { providerFetch } from '../transport/provider-fetch.js'
import { ProviderError, toProviderError } from '../transport/provider-error.js'
import { OAuthProvider } from './oauth-provider.entity.js'

/** What a provider gives. */
export interface Tokens {
  readonly accessToken: Plaintext
  /** Undefined: the one that there was stays, or there is none. */
  readonly refreshToken: Plaintext | undefined
  readonly expiresAt: Date
}

/** What ties a provider's answer to the sign-in that was begun here. */
export interface SignInChecks {
  readonly state: string
  readonly nonce: string
  readonly verifier: Plaintext
}

/** How long a provider's metadata is believed. */
const METADATA_MS = 3_600_000
const REQUEST_SECONDS = 12
/** Where a provider does not say how long its token lives (RFC 6749 section 5.1: "should"). */
const LIFETIME_DEFAULT_SECONDS = 1_800
const LIFETIME_MAX_SECONDS = 86_400

interface Kept {
  readonly version: number
  readonly untilMs: number
  readonly configuration: Promise<Configuration>
}

/** Speaks OAuth 2.0 with providers through openid-client; rejects with {@link ProviderError}. */
export class ProviderClient {
  readonly #kept = new Map<string, Kept>()

  constructor(
    private readonly secrets: SecretBox,
    private readonly policy: AddressPolicy,
  ) {}

  /** Where a person's browser goes to grant (RFC 6749 section 4.1.1, RFC 7636). */
  authorizationUrl(
    provider: OAuthProvider,
    { state, nonce, verifier }: SignInChecks,
    redirectUri: string,
    mailbox: string,
  ): Promise<URL> {
    return this.#with(provider, async (configuration) => {
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: provider.scopes,
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        login_hint: mailbox,
        ...(isOpenId(provider) ? { nonce } : {}),
        ...refreshTokenWanted(provider),
      })
      // A password is typed there: in clear text on this machine only, as for the metadata.
      if (!isProviderUrl(url.origin)) throw new ProviderError('authorization_endpoint')
      return url
    })
  }

  /** The tokens for the code in the address that the provider sent the browser back to. */
  exchange(
    provider: OAuthProvider,
    { state, nonce, verifier }: SignInChecks,
    callback: URL,
  ): Promise<Tokens> {
    return this.#with(provider, async (configuration) =>
      toTokens(
        await authorizationCodeGrant(configuration, callback, {
          expectedState: state,
          pkceCodeVerifier: verifier,
          ...(isOpenId(provider) ? { expectedNonce: nonce } : {}),
        }),
      ),
    )
  }

  refresh(provider: OAuthProvider, refreshToken: Plaintext): Promise<Tokens> {
    return this.#with(provider, async (configuration) =>
      toTokens(await refreshTokenGrant(configuration, refreshToken)),
    )
  }

  clientCredentials(provider: OAuthProvider): Promise<Tokens> {
    return this.#with(provider, async (configuration) =>
      toTokens(
        await clientCredentialsGrant(
          configuration,
          provider.scopes === '' ? {} : { scope: provider.scopes },
        ),
      ),
    )
  }

  /** Revokes a token (RFC 7009); false where the provider has no way to. */
  revoke(provider: OAuthProvider, token: Plaintext): Promise<boolean> {
    return this.#with(provider, async (configuration) => {
      if (configuration.serverMetadata().revocation_endpoint === undefined) return false
      await tokenRevocation(configuration, token)
      return true
    })
  }

  async #with<T>(
    provider: OAuthProvider,
    work: (configuration: Configuration) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(await this.#configurationOf(provider))
    } catch (error) {
      throw toProviderError(error)
    }
  }

  #configurationOf(provider: OAuthProvider): Promise<Configuration> {
    const kept = this.#kept.get(provider.id)
    if (kept?.version === provider.version && performance.now() < kept.untilMs)
      return kept.configuration
    const configuration = this.#discover(provider)
    const { version } = provider
    const entry = { version, untilMs: performance.now() + METADATA_MS, configuration }
    this.#kept.set(provider.id, entry)
    configuration.catch(() => {
      if (this.#kept.get(provider.id) === entry) this.#kept.delete(provider.id)
    })
    return configuration
  }

  #discover(provider: OAuthProvider): Promise<Configuration> {
    const server = metadataUrl(provider)
    return discovery(server, provider.clientId, undefined, this.#authenticationOf(provider), {
      [customFetch]: providerFetch(this.policy),
      timeout: REQUEST_SECONDS,
      // The metadata itself came in clear text, which isProviderUrl lets be on this machine only.
      ...(server.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
    })
  }

  /** By the form's fields where the server takes them, otherwise by Basic, which each must (RFC 6749 section 2.3.1). */
  #authenticationOf({ id, clientSecret }: OAuthProvider): ClientAuth {
    if (clientSecret === null) return None()
    const secret = this.secrets.open(clientSecret, secretPlace(OAuthProvider, 'clientSecret', id))
    return (server, client, body, headers) => {
      const takesFields =
        server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false
      const authenticate = takesFields ? ClientSecretPost(secret) : ClientSecretBasic(secret)
      return authenticate(server, client, body, headers)
    }
  }
}

const GOOGLE_ISSUER = 'https://accounts.google.com'
const MICROSOFT = 'https://login.microsoftonline.com'

/** Where a provider says what it offers. For Microsoft the issuer, since the library then knows its tenants. */
function metadataUrl({ preset, metadataUrl: custom, tenant }: OAuthProvider): URL {
  switch (preset) {
    case OAuthPreset.GOOGLE:
      return new URL(GOOGLE_ISSUER)
    case OAuthPreset.MICROSOFT:
      return new URL(`${MICROSOFT}/${encodeURIComponent(tenant ?? OAUTH_TENANT_ANY)}/v2.0`)
    case OAuthPreset.CUSTOM:
      return new URL(custom ?? '')
  }
}

const scopesOf = ({ scopes }: OAuthProvider) => scopes.split(' ')
/** Only then is there an ID token, and a nonce in it. */
const isOpenId = (provider: OAuthProvider) => scopesOf(provider).includes('openid')

/** What makes a provider give a refresh token, which is what a mailbox is read with while nobody looks. */
function refreshTokenWanted(provider: OAuthProvider): Record<string, string> {
  if (provider.preset === OAuthPreset.GOOGLE) return { access_type: 'offline', prompt: 'consent' }
  // OpenID Connect Core section 11: without consent offline_access is ignored.
  return provider.preset === OAuthPreset.CUSTOM && scopesOf(provider).includes('offline_access')
    ? { prompt: 'consent' }
    : {}
}

interface TokenAnswer {
  readonly access_token: string
  readonly refresh_token?: string
  readonly expires_in?: number
}

/** Visible ASCII (RFC 6750 section 2.1, RFC 6749 appendix A.12): a control character would end a SASL message early. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/

function toTokens({ access_token, refresh_token, expires_in }: TokenAnswer): Tokens {
  if (!TOKEN.test(access_token) || (refresh_token !== undefined && !TOKEN.test(refresh_token))) {
    throw new ProviderError('malformed_token')
  }
  const seconds = Math.min(expires_in ?? LIFETIME_DEFAULT_SECONDS, LIFETIME_MAX_SECONDS)
  return {
    accessToken: asPlaintext(access_token),
    refreshToken: refresh_token === undefined ? undefined : asPlaintext(refresh_token),
    expiresAt: new Date(Date.now() + seconds * 1_000),
  }
}
