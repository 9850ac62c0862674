import { createApp, type App } from '../../src/app.js'
import { SYSTEM } from '../../src/audit/actor.js'
import { readConfig } from '../../src/config.js'
import { createLogger } from '../../src/logger.js'
import { SIGN_IN } from './sign-in.js'

/** One answer of the API, as a client sees it. */
export interface Answer<Data> {
  readonly status: number
  readonly data: Data | null | undefined
  readonly errors: AnsweredError[]
  readonly text: string
}

export interface AnsweredError {
  readonly message: string
  readonly path?: (string | number)[]
  readonly extensions: {
    readonly code: string
    readonly fields?: { path: string; rule: string; message: string }[]
    readonly retryAfterSeconds?: number
    readonly version?: number
    readonly count?: number
  }
}

export const ADMIN_PASSWORD = 'correct horse battery'
/** Of all test processes, so that two of them can share a database. */
export const SECRET_KEY = '9d3f0ce5a1b2746880cbde1f2f3a4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d'

/** A caller with a cookie jar of its own. */
export class TestClient {
  cookie: string | undefined
  /** An API token, sent where it is set. */
  bearer: string | undefined

  constructor(
    readonly url: string,
    readonly language = 'en',
  ) {}

  async send<Data>(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    return this.post<Data>(JSON.stringify({ query, variables }), headers)
  }

  async post<Data>(
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': this.language,
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(this.bearer === undefined ? {} : { authorization: `Bearer ${this.bearer}` }),
        ...headers,
      },
      body,
    })
    const setCookie = response.headers.get('set-cookie')
    if (setCookie !== null) this.cookie = setCookie.split(';')[0]
    const text = await response.text()
    const parsed = parse<Data>(text)
    return { status: response.status, data: parsed.data, errors: parsed.errors ?? [], text }
  }

  /** The data of an operation that must succeed. */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables)
    if (errors.length > 0 || data == null)
      throw new Error(`unexpected errors: ${JSON.stringify(errors)}`)
    return data
  }

  /** The one error of an operation that must fail. */
  async fail(query: string, variables: object = {}): Promise<AnsweredError> {
    const { errors } = await this.send(query, variables)
    const [error] = errors
    if (error === undefined) throw new Error('expected an error')
    return error
  }

  async signIn(loginName = 'admin', password = ADMIN_PASSWORD): Promise<this> {
    await this.ask(SIGN_IN, { loginName, password })
    return this
  }
}

function parse<Data>(text: string): { data?: Data | null; errors?: AnsweredError[] } {
  try {
    return JSON.parse(text) as { data?: Data | null; errors?: AnsweredError[] }
  } catch {
    return {}
  }
}

export interface TestApi {
  readonly app: App
  readonly url: string
  /** A new caller, signed in to nothing. */
  client(language?: string): TestClient
  /** A new caller, signed in as the administrator. */
  admin(language?: string): Promise<TestClient>
  close(): Promise<void>
}

/** The whole API on a free port and the given database. */
export async function startApi(
  databaseUrl: string,
  env: Record<string, string> = {},
  options: Parameters<typeof createApp>[3] = {},
): Promise<TestApi> {
  const config = readConfig({
    MAILROOM_LOG_LEVEL: 'error',
    MAILROOM_SECRET_KEY: SECRET_KEY,
    // Nothing is received but where a test is about it.
    MAILROOM_ROLE: 'api',
    ...env,
  })
  const app = await createApp(databaseUrl, config, createLogger(config.logLevel), options)
  await app.auth.createFirstAdministrator(SYSTEM, 'admin', ADMIN_PASSWORD)
  const port = await app.listen(0, '127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  const client = (language?: string) => new TestClient(url, language)
  return {
    app,
    url,
    client,
    admin: (language) => client(language).signIn(),
    close: () => app.close(),
  }
}
