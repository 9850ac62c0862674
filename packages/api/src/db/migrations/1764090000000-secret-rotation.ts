import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Keys that are retired, and the function by which the database refuses secrets under them
 * (secret/guard-secret-columns.ts puts it on every column that holds secrets).
 */
export class SecretRotation1764090000000 implements MigrationInterface {
  name = 'SecretRotation1764090000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE secret_key_check ADD COLUMN retired_at timestamptz(3)')
    // FOR SHARE: a key is retired only after every transaction that has written under it has ended.
    await runner.query(`
      CREATE FUNCTION refuse_retired_secret_key() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        written bytea;
      BEGIN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO written USING NEW;
        IF written IS NULL THEN
          RETURN NEW;
        END IF;
        PERFORM FROM secret_key_check
          WHERE key_id = encode(substr(written, 2, 8), 'hex') AND retired_at IS NULL
          FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'a secret was sealed with a key that is not in use (any more)'
            USING ERRCODE = 'invalid_parameter_value';
        END IF;
        RETURN NEW;
      END $$`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION refuse_retired_secret_key CASCADE')
    await runner.query('ALTER TABLE secret_key_check DROP COLUMN retired_at')
  }
}
