import type { MigrationInterface, QueryRunner } from 'typeorm'

/** People who may be deactivated, and who may sign in by OpenID Connect instead of a password. */
export class People1764060000000 implements MigrationInterface {
  name = 'People1764060000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE app_user
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN deactivated_at timestamptz(3),
        ADD COLUMN last_sign_in_at timestamptz(3),
        ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN oidc_issuer varchar(1000),
        ADD COLUMN oidc_subject varchar(255),
        ADD CONSTRAINT app_user_oidc_whole CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL))`)
    await runner.query(
      'CREATE UNIQUE INDEX app_user_oidc_unique ON app_user (oidc_issuer, oidc_subject)',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE app_user
        DROP COLUMN oidc_subject, DROP COLUMN oidc_issuer, DROP COLUMN version,
        DROP COLUMN updated_at, DROP COLUMN last_sign_in_at, DROP COLUMN deactivated_at`)
    // Whoever has no password could not sign in without OpenID Connect either.
    await runner.query("UPDATE app_user SET password_hash = '' WHERE password_hash IS NULL")
    await runner.query('ALTER TABLE app_user ALTER COLUMN password_hash SET NOT NULL')
  }
}
