import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { hashToken } from '../../src/auth/token.js'
import { startApi, type TestApi, type TestClient } from './api.js'
import { createApiToken, program, REVOKE_TOKEN } from './api-tokens-kit.js'
import { createTestDatabase, type TestDatabase } from './database.js'

/** Every kind of caller there is. Tokens are the administrator's. */
export const CALLERS = [
  'anonymous',
  'userA',
  'userB',
  'administrator',
  'deactivated',
  'expiredSession',
  'userToken',
  'adminToken',
  'expiredToken',
  'revokedToken',
] as const
export type CallerName = (typeof CALLERS)[number]

/** An API with somebody of every kind. */
export class Callers {
  private constructor(
    readonly api: TestApi,
    readonly administrator: TestClient,
    readonly sql: pg.Client,
    private readonly database: TestDatabase,
    private readonly tokens: Readonly<Record<string, string>>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Callers> {
    const database = await createTestDatabase()
    const api = await startApi(database.url, env)
    const sql = new pg.Client(database.url)
    await sql.connect()
    await sql.query(
      `INSERT INTO app_user (login_name, login_name_key, display_name, role, password_hash)
       SELECT name, lower(name), name, 'USER', password_hash
       FROM app_user, unnest(ARRAY['userA', 'userB', 'deactivated']) AS name`,
    )
    await sql.query("UPDATE app_user SET deactivated_at = now() WHERE login_name = 'deactivated'")
    const administrator = await api.admin()
    const userToken = await createApiToken(administrator, { role: 'USER' })
    const adminToken = await createApiToken(administrator)
    const expired = await createApiToken(administrator)
    const revoked = await createApiToken(administrator)
    await sql.query('UPDATE api_token SET expires_at = now() WHERE id = $1', [expired.apiToken.id])
    await administrator.ask(REVOKE_TOKEN, { id: revoked.apiToken.id })
    return new Callers(api, administrator, sql, database, {
      userToken: userToken.token,
      adminToken: adminToken.token,
      expiredToken: expired.token,
      revokedToken: revoked.token,
    })
  }

  /** A caller of that kind; a person with a session of his own, which nothing else ends. */
  async client(name: CallerName): Promise<TestClient> {
    switch (name) {
      case 'anonymous':
        return this.api.client()
      case 'userA':
      case 'userB':
      case 'deactivated':
        return this.#withSession(name, '1 hour')
      case 'administrator':
        return this.#withSession('admin', '1 hour')
      case 'expiredSession':
        return this.#withSession('admin', '-1 second')
      default:
        return program(this.api, this.tokens[name] ?? '')
    }
  }

  /** A person's id, by the kind of caller that he is. */
  async idOf(name: CallerName): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>(
      'SELECT id FROM app_user WHERE login_name = $1',
      [name],
    )
    return rows[0]?.id ?? ''
  }

  async close(): Promise<void> {
    await this.sql.end()
    await this.api.close()
    await this.database.drop()
  }

  async #withSession(loginName: string, lasting: string): Promise<TestClient> {
    const token = randomBytes(32).toString('base64url')
    await this.sql.query(
      `INSERT INTO session (token_hash, user_id, expires_at)
       SELECT $1, id, now() + $3::interval FROM app_user WHERE login_name = $2`,
      [hashToken(token), loginName, lasting],
    )
    const client = this.api.client()
    client.cookie = `mailroom=${token}`
    return client
  }
}
