import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'
import type { TokenAuthority } from './mail-servers/token-introspection.js'

/** A real authorisation server (oidc-provider) on loopback, with a person who grants whatever is asked. */
export interface OAuthServer {
  readonly issuer: string
  readonly metadataUrl: string
  /** Where mail servers ask about its tokens (RFC 7662), and as whom. */
  readonly authority: TokenAuthority
  readonly client: { readonly id: string; readonly secret: string }
  readonly machine: { readonly id: string; readonly secret: string }
  /** How long access tokens live from now on. */
  accessTokenSeconds: number
  /** How many tokens it gave, by grant type. */
  readonly given: Record<string, number>
  /** What it says of a person besides the subject, by subject. */
  readonly claims: Record<string, Record<string, unknown>>
  /** While set, the token endpoint answers this status. */
  brokenStatus: number | undefined
  /** Runs once, before the token endpoint answers the next request. */
  beforeToken: (() => Promise<unknown>) | undefined
  /** Whether an access token is alive, as the server itself knows. */
  isActive(accessToken: string): Promise<boolean>
  /**
   * Signs in and consents as a browser would; answers where the browser is sent back to.
   *
   * @param login who signs in, where the address does not say whom it expects
   */
  grant(authorizationUrl: string, login?: string): Promise<URL>
  /** Signs in and refuses. */
  refuse(authorizationUrl: string): Promise<URL>
  /** Takes back everything that was granted. */
  revokeAll(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts one at which Mailroom is registered with that redirect URI.
 *
 * @param host of its issuer; "localhost" is another site than "127.0.0.1" for a browser
 */
export async function startOAuthServer(
  redirectUri: string,
  host = '127.0.0.1',
): Promise<OAuthServer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://${host}:${port}`
  const grantIds = new Set<string>()
  const state: Pick<
    OAuthServer,
    'accessTokenSeconds' | 'beforeToken' | 'brokenStatus' | 'claims' | 'given'
  > = {
    accessTokenSeconds: 3_600,
    beforeToken: undefined,
    brokenStatus: undefined,
    claims: {},
    given: {},
  }
  const client = { id: 'mailroom', secret: 'client-secret-canary-1' }
  const machine = { id: 'mailroom-machine', secret: 'client-secret-canary-2' }
  const provider = new Provider(issuer, {
    ...configuration(redirectUri, client, machine),
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...state.claims[id] }),
    }),
    ttl: {
      AccessToken: () => state.accessTokenSeconds,
      ClientCredentials: () => state.accessTokenSeconds,
      RefreshToken: 86_400,
      Grant: 86_400,
      Session: 600,
      Interaction: 600,
      IdToken: 600,
    },
  })
  provider.on('grant.success', ({ oidc }) => {
    const type = String(oidc.params?.['grant_type'])
    state.given[type] = (state.given[type] ?? 0) + 1
    const grantId = oidc.entities.AccessToken?.grantId
    if (grantId !== undefined) grantIds.add(grantId)
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (state.brokenStatus !== undefined && request.url?.startsWith('/token')) {
      response.writeHead(state.brokenStatus, { 'content-type': 'text/plain' }).end('out of order')
      return
    }
    const hook = request.url?.startsWith('/token') ? state.beforeToken : undefined
    if (hook === undefined) void answer(request, response)
    else {
      state.beforeToken = undefined
      void hook().then(() => answer(request, response))
    }
  })
  return Object.assign(state, {
    issuer,
    metadataUrl: `${issuer}/.well-known/openid-configuration`,
    client,
    machine,
    authority: {
      introspectionUrl: `${issuer}/token/introspection`,
      clientId: client.id,
      clientSecret: client.secret,
    },
    isActive: async (token: string) => {
      const found =
        (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
      return found !== undefined && !found.isExpired
    },
    grant: (url: string, login?: string) => browse(url, redirectUri, true, login),
    refuse: (url: string) => browse(url, redirectUri, false),
    revokeAll: async () => {
      for (const id of grantIds) {
        await provider.RefreshToken.revokeByGrantId(id)
        await provider.AccessToken.revokeByGrantId(id)
      }
    },
    close: () => closeServer(server),
  })
}

type Registered = OAuthServer['client']

function configuration(
  redirectUri: string,
  client: Registered,
  machine: Registered,
): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'native',
      },
      {
        client_id: machine.id,
        client_secret: machine.secret,
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      },
    ],
    scopes: ['openid', 'offline_access', 'mail'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    // Each refresh token works once, as with many providers; a second use revokes the whole grant.
    rotateRefreshToken: true,
    cookies: { keys: ['for-tests'] },
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
    },
  }
}

const PAGES_MAX = 12

/** What a browser does on the way: cookies, redirects, and the forms to sign in and to consent. */
async function browse(
  start: string,
  redirectUri: string,
  grants: boolean,
  expected = 'taro',
): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(start)
  const [login = expected] = (url.searchParams.get('login_hint') ?? expected).split('@')
  let form: URLSearchParams | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    form = undefined
    const location = response.headers.get('location')
    const text = await response.text()
    if (location !== null) url = new URL(location, url)
    else if (!grants && text.includes('value="consent"')) url = new URL(abortLink(text), url)
    else {
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1]
      if (prompt === undefined) throw new Error(`unexpected page: ${text.slice(0, 300)}`)
      form = new URLSearchParams({ prompt, login, password: 'any' })
      url = new URL(/action="([^"]+)"/.exec(text)?.[1] ?? '', url)
    }
    if (url.href.startsWith(redirectUri)) return url
  }
  throw new Error('the way through the provider has no end')
}

function abortLink(text: string): string {
  return /href="([^"]+\/abort)"/.exec(text)?.[1] ?? ''
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
