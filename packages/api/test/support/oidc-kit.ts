import type { TestApi, TestClient } from './api.js'
import type { OAuthServer } from './oauth-server.js'

/** Of the redirect URI that is registered; nobody listens there, since the test is the browser. */
export const OIDC_ORIGIN = 'http://127.0.0.1:4999'

/** Mailroom as it is set to sign in at that provider. */
export const oidcEnv = (server: OAuthServer, more: Record<string, string> = {}) => ({
  MAILROOM_PUBLIC_URL: OIDC_ORIGIN,
  MAILROOM_OIDC_ISSUER: server.issuer,
  MAILROOM_OIDC_CLIENT_ID: server.client.id,
  MAILROOM_OIDC_CLIENT_SECRET: server.client.secret,
  MAILROOM_OIDC_NAME: '社員アカウント',
  ...more,
})

/** Makes somebody known to the provider. */
export function addAtProvider(
  server: OAuthServer,
  subject: string,
  claims: Record<string, unknown> = {},
): string {
  server.claims[subject] = { preferred_username: subject, name: '山田 太郎', ...claims }
  return subject
}

/** A browser of the test's own: cookies by name, and where it was sent to last. */
export class OidcBrowser {
  readonly cookies = new Map<string, string>()

  constructor(private readonly api: Pick<TestApi, 'client' | 'url'>) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Takes over the session of a client. */
  hold({ cookie }: TestClient): this {
    const [name = '', value = ''] = (cookie ?? '').split('=')
    this.cookies.set(name, value)
    return this
  }

  /** Whoever is signed in here, as a client. */
  client(): TestClient {
    const client = this.api.client()
    const token = this.cookies.get('mailroom')
    client.cookie = token === undefined ? undefined : `mailroom=${token}`
    return client
  }

  /** The provider's address to go to. */
  async start(query = 'mutation { startOidcSignIn }'): Promise<string> {
    const response = await fetch(`${this.api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ query }),
    })
    this.#take(response)
    const { data, errors } = (await response.json()) as {
      data: Record<string, string> | null
      errors?: object[]
    }
    const [url] = Object.values(data ?? {})
    if (url === undefined) throw new Error(`unexpected errors: ${JSON.stringify(errors)}`)
    return url
  }

  /** Comes back from the provider; answers the page of the console that it is sent to. */
  async comeBack({ search }: URL, at = this.api): Promise<string> {
    const response = await fetch(`${at.url}/sign-in/callback${search}`, {
      headers: { cookie: this.cookie },
      redirect: 'manual',
    })
    this.#take(response)
    return response.headers.get('location') ?? `status ${response.status}`
  }

  /** The whole way, as that person of the provider. */
  async signIn(server: OAuthServer, login: string, query?: string): Promise<string> {
    return this.comeBack(await server.grant(await this.start(query), login))
  }

  #take(response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=')
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
