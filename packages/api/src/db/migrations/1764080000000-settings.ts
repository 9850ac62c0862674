import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What holds for the whole installation: one row, there from the start. */
export class Settings1764080000000 implements MigrationInterface {
  name = 'Settings1764080000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE settings (
        users_manage_accounts boolean NOT NULL DEFAULT true,
        users_leave_mail boolean NOT NULL DEFAULT true,
        message_size_limit_mib integer NOT NULL DEFAULT 50,
        receives_automatically boolean NOT NULL DEFAULT false,
        receive_interval_minutes integer NOT NULL DEFAULT 10,
        allows_private_networks boolean NOT NULL DEFAULT true,
        default_language varchar(2) NOT NULL DEFAULT 'ja',
        id integer NOT NULL DEFAULT 1,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT settings_pk PRIMARY KEY (id),
        CONSTRAINT settings_one_row CHECK (id = 1)
      )`)
    await runner.query('INSERT INTO settings DEFAULT VALUES')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE settings')
  }
}
