import { createDataSource } from '../../src/db/data-source.js'
import { asPlaintext, SecretBox } from '../../src/secret/secret-box.js'
import { placeIn, secretTables } from '../../src/secret/secret-column.js'
import { readSecretKeys, type KeySource } from '../../src/secret/secret-keys.js'

/** Where a test's key is: in its data folder. */
export const fileKeys = (dataDir: string): KeySource => ({
  secretKey: undefined,
  oldSecretKeys: [],
  dataDir,
})

/** The box that a process starting now would have. */
export function boxOf(source: KeySource): SecretBox {
  const keys = readSecretKeys(source)
  if (keys === undefined) throw new Error('no secret key')
  return new SecretBox(keys)
}

/** One stored secret, opened. */
export interface StoredSecret {
  readonly place: string
  readonly keyId: string
  readonly text: string
}

/** Every secret of every table that has any; throws where one does not open. */
export async function readSecrets(url: string, box: SecretBox): Promise<StoredSecret[]> {
  const dataSource = createDataSource(url)
  await dataSource.initialize()
  try {
    const secrets: StoredSecret[] = []
    for (const { name, key, columns } of secretTables(dataSource)) {
      for (const column of columns) {
        const rows = await dataSource.query<{ id: string | Buffer; sealed: Buffer }[]>(
          `SELECT "${key}" AS id, "${column}" AS sealed FROM "${name}" WHERE "${column}" IS NOT NULL`,
        )
        for (const { id, sealed } of rows) {
          const place = placeIn(name, column, id)
          secrets.push({
            place: `${name}.${column}.${place.id}`,
            keyId: sealed.subarray(1, 9).toString('hex'),
            text: box.open(sealed, place),
          })
        }
      }
    }
    return secrets.toSorted((a, b) => a.place.localeCompare(b.place))
  } finally {
    await dataSource.destroy()
  }
}

/**
 * Puts secrets into every column that may hold one, the same for the same row: its own place.
 *
 * @param rows per table
 */
export async function plantSecrets(url: string, box: SecretBox, rows: number): Promise<void> {
  const dataSource = createDataSource(url)
  await dataSource.initialize()
  try {
    await dataSource.query(PARENTS)
    for (const { name } of secretTables(dataSource)) {
      const insert = ROWS[name]
      if (insert === undefined) throw new Error(`no rows to plant secrets of ${name} in`)
      await dataSource.query(insert, [rows])
    }
    for (const { name, key, keyType, columns } of secretTables(dataSource)) {
      const found = await dataSource.query<{ id: string | Buffer }[]>(
        `SELECT "${key}" AS id FROM "${name}"`,
      )
      for (const column of columns) {
        const sealed = found.map(({ id }) => {
          const place = placeIn(name, column, id)
          return box.seal(asPlaintext(`hush ${place.id}`), place)
        })
        await dataSource.query(
          `UPDATE "${name}" SET "${column}" = anew.sealed
           FROM unnest($1::${keyType}[], $2::bytea[]) AS anew (row_key, sealed) WHERE "${key}" = anew.row_key`,
          [found.map(({ id }) => id), sealed],
        )
      }
    }
  } finally {
    await dataSource.destroy()
  }
}

/** What the rows below refer to. */
const PARENTS = `
  WITH person AS (
    INSERT INTO app_user (login_name, login_name_key, display_name, role, password_hash)
    VALUES ('hanako', 'hanako', '花子', 'USER', 'none') RETURNING id
  ), provider AS (
    INSERT INTO oauth_provider (name, preset, client_id, scopes, flow)
    VALUES ('parent', 'GOOGLE', 'id', '', 'AUTHORIZATION_CODE') RETURNING id
  )
  , server AS (
    INSERT INTO mail_server (code, code_key, name, position, outgoing_host, outgoing_port, outgoing_encryption, outgoing_auth_method, outgoing_credentials, outgoing_pop_before_smtp, outgoing_pop_before_smtp_wait_seconds, outgoing_timeout_seconds, incoming_protocol, incoming_host, incoming_port, incoming_encryption, incoming_auth_method, incoming_apop, incoming_timeout_seconds)
    VALUES ('parent', 'parent', '本社', 1, 'smtp.example.co.jp', 465, 'SSL', 'NONE', 'INCOMING', false, 0, 30, 'IMAP4', 'imap.example.co.jp', 993, 'SSL', 'PASSWORD', false, 30)
  )
  INSERT INTO session (token_hash, user_id, expires_at)
  SELECT '\\x00', id, now() + interval '1 day' FROM person`

/** Rows of each table that has secrets; at most 50 providers, since there may be 100. */
const ROWS: Readonly<Record<string, string>> = {
  oauth_provider: `INSERT INTO oauth_provider (name, preset, client_id, scopes, flow)
    SELECT 'p' || n, 'GOOGLE', 'id', '', 'AUTHORIZATION_CODE' FROM generate_series(1, least($1::int, 50)) n`,
  oauth_grant: `INSERT INTO oauth_grant (provider_id, user_id, mailbox, state)
    SELECT p.id, u.id, 'm' || n, 'ACTIVE'
    FROM oauth_provider p, app_user u, generate_series(1, $1::int) n
    WHERE p.name = 'parent' AND u.login_name = 'hanako'`,
  mail_account: `INSERT INTO mail_account (code, code_key, name, email, search_text, user_id, mail_server_id, incoming_username, leave_on_server, enabled)
    SELECT 'a' || n, 'a' || n, '', 'a@example.co.jp', '', u.id, s.id, 'a', true, true
    FROM app_user u, mail_server s, generate_series(1, $1::int) n
    WHERE u.login_name = 'hanako' AND s.code = 'parent'`,
  oauth_sign_in: `INSERT INTO oauth_sign_in (state_hash, session_hash, provider_id, mailbox, nonce, verifier, redirect_uri, expires_at)
    SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), s.token_hash, p.id, 'm', 'n',
      (SELECT substr(sealed, 1, 9) || '\\x00' FROM secret_key_check WHERE retired_at IS NULL LIMIT 1),
      'http://localhost', now() + interval '1 day'
    FROM oauth_provider p, session s, generate_series(1, $1::int) n
    WHERE p.name = 'parent' AND s.token_hash = '\\x00'`,
}
