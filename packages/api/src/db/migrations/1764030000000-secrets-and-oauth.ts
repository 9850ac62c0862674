import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The proof of the secret key; OAuth 2.0 providers, sign-ins on their way, and grants. */
export class SecretsAndOauth1764030000000 implements MigrationInterface {
  name = 'SecretsAndOauth1764030000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE secret_key_check (
        key_id varchar(16) NOT NULL,
        sealed bytea NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT secret_key_check_pk PRIMARY KEY (key_id)
      )`)
    await runner.query(`
      CREATE TABLE oauth_provider (
        id uuid NOT NULL DEFAULT uuidv7(),
        name varchar(100) NOT NULL,
        preset varchar(20) NOT NULL,
        metadata_url varchar(1000),
        tenant varchar(100),
        client_id varchar(500) NOT NULL,
        client_secret bytea,
        scopes varchar(1000) NOT NULL,
        flow varchar(20) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT oauth_provider_pk PRIMARY KEY (id)
      )`)
    await runner.query(`
      CREATE TABLE oauth_grant (
        id uuid NOT NULL DEFAULT uuidv7(),
        provider_id uuid NOT NULL,
        user_id uuid NOT NULL,
        mailbox varchar(254) NOT NULL,
        state varchar(20) NOT NULL,
        problem varchar(40),
        access_token bytea,
        refresh_token bytea,
        access_expires_at timestamptz(3),
        lease_id uuid,
        leased_until timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT oauth_grant_pk PRIMARY KEY (id),
        CONSTRAINT oauth_grant_provider_fk
          FOREIGN KEY (provider_id) REFERENCES oauth_provider (id) ON DELETE CASCADE,
        CONSTRAINT oauth_grant_user_fk
          FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
      )`)
    await runner.query('CREATE INDEX oauth_grant_provider_id ON oauth_grant (provider_id)')
    await runner.query('CREATE INDEX oauth_grant_user_id ON oauth_grant (user_id)')
    await runner.query(`
      CREATE TABLE oauth_sign_in (
        state_hash bytea NOT NULL,
        session_hash bytea NOT NULL,
        provider_id uuid NOT NULL,
        mailbox varchar(254) NOT NULL,
        nonce varchar(100) NOT NULL,
        verifier bytea NOT NULL,
        redirect_uri varchar(1000) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT oauth_sign_in_pk PRIMARY KEY (state_hash),
        CONSTRAINT oauth_sign_in_session_fk
          FOREIGN KEY (session_hash) REFERENCES session (token_hash) ON DELETE CASCADE,
        CONSTRAINT oauth_sign_in_provider_fk
          FOREIGN KEY (provider_id) REFERENCES oauth_provider (id) ON DELETE CASCADE
      )`)
    await runner.query('CREATE INDEX oauth_sign_in_session ON oauth_sign_in (session_hash)')
    await runner.query('CREATE INDEX oauth_sign_in_provider ON oauth_sign_in (provider_id)')
    await runner.query('CREATE INDEX oauth_sign_in_expires_at ON oauth_sign_in (expires_at)')
    await runner.query(`
      ALTER TABLE mail_server
        ADD COLUMN oauth_provider_id uuid,
        ADD CONSTRAINT mail_server_oauth_provider_fk
          FOREIGN KEY (oauth_provider_id) REFERENCES oauth_provider (id) ON DELETE RESTRICT`)
    await runner.query(
      'CREATE INDEX mail_server_oauth_provider_id ON mail_server (oauth_provider_id)',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mail_server DROP COLUMN oauth_provider_id')
    await runner.query('DROP TABLE oauth_sign_in, oauth_grant, oauth_provider, secret_key_check')
  }
}
