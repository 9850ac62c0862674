import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import { isProviderUrl } from '@mailroom/shared'
import type { AddressPolicy } from '../transport/address-policy.js'
import { ProviderError, toProviderError } from '../transport/provider-error.js'
import { providerFetch } from '../transport/provider-fetch.js'
import type { OidcConfig } from './oidc-config.js'
import type { Checks } from './oidc-ticket.js'

/** Who somebody is for the provider. */
export interface Identity {
  readonly issuer: string
  /** Never reused by the issuer, and never changes (OpenID Connect Core section 2). */
  readonly subject: string
  /** The claim that is compared with login names; undefined where there is none to be believed. */
  readonly loginName: string | undefined
  readonly displayName: string | undefined
}

const SCOPES = 'openid profile email'
/** How long the provider's metadata is believed. */
const METADATA_MS = 3_600_000
const REQUEST_SECONDS = 12

/** Speaks OpenID Connect with the one provider; rejects with {@link ProviderError}. */
export class OidcClient {
  #kept: { readonly untilMs: number; readonly configuration: Promise<Configuration> } | undefined

  constructor(
    private readonly config: OidcConfig,
    private readonly policy: AddressPolicy,
  ) {}

  /** Where a person's browser goes to sign in (OpenID Connect Core section 3.1.2.1, RFC 7636). */
  authorizationUrl({ state, nonce, verifier }: Checks, redirectUri: string): Promise<URL> {
    return this.#with(async (configuration) => {
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: SCOPES,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      // A password is typed there: in clear text on this machine only, as for the metadata.
      if (!isProviderUrl(url.origin)) throw new ProviderError('authorization_endpoint')
      return url
    })
  }

  /** Whom the provider sent back to that address. */
  identify({ state, nonce, verifier }: Checks, callback: URL): Promise<Identity> {
    return this.#with(async (configuration) => {
      const tokens = await authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const idToken = tokens.claims()
      if (idToken === undefined) throw new ProviderError('id_token')
      // What the scopes "profile" and "email" give is there (section 5.4), and in the token at some.
      const more =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await fetchUserInfo(configuration, tokens.access_token, idToken.sub)
      return identityOf({ ...more, ...idToken }, this.config.loginClaim)
    })
  }

  async #with<T>(work: (configuration: Configuration) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#configuration())
    } catch (error) {
      throw toProviderError(error)
    }
  }

  #configuration(): Promise<Configuration> {
    if (this.#kept !== undefined && performance.now() < this.#kept.untilMs)
      return this.#kept.configuration
    const configuration = this.#discover()
    const entry = { untilMs: performance.now() + METADATA_MS, configuration }
    this.#kept = entry
    configuration.catch(() => {
      if (this.#kept === entry) this.#kept = undefined
    })
    return configuration
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.config
    return discovery(issuer, clientId, undefined, authenticateWith(clientSecret), {
      [customFetch]: providerFetch(this.policy),
      timeout: REQUEST_SECONDS,
      execute: [
        // Who somebody is rests on the ID token alone: its signature is checked as well as its way here.
        enableNonRepudiationChecks,
        // The issuer is in clear text, which the configuration lets be on this machine only.
        ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
      ],
    })
  }
}

/** By the form's fields where the server takes them, otherwise by Basic, which each must (RFC 6749 section 2.3.1). */
function authenticateWith(secret: string): ClientAuth {
  return (server, client, body, headers) => {
    const takesFields =
      server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false
    const authenticate = takesFields ? ClientSecretPost(secret) : ClientSecretBasic(secret)
    return authenticate(server, client, body, headers)
  }
}

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string }

function identityOf(claims: Claims, loginClaim: string): Identity {
  // Whoever may type any address into a profile could otherwise become somebody else (section 5.7).
  const isBelieved = loginClaim !== 'email' || claims['email_verified'] === true
  return {
    issuer: claims.iss,
    subject: claims.sub,
    loginName: isBelieved ? textOf(claims[loginClaim]) : undefined,
    displayName: textOf(claims['name']),
  }
}

const textOf = (claim: unknown) =>
  typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : undefined
