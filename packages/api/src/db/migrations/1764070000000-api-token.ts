import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What programs sign in with. */
export class ApiToken1764070000000 implements MigrationInterface {
  name = 'ApiToken1764070000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_token (
        id uuid NOT NULL DEFAULT uuidv7(),
        name varchar(100) NOT NULL,
        role varchar(20) NOT NULL,
        user_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        ending varchar(4) NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3),
        revoked_at timestamptz(3),
        CONSTRAINT api_token_pk PRIMARY KEY (id),
        CONSTRAINT api_token_user_fk FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
      )`)
    await runner.query('CREATE UNIQUE INDEX api_token_token_hash_unique ON api_token (token_hash)')
    await runner.query('CREATE INDEX api_token_user_id ON api_token (user_id)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_token')
  }
}
