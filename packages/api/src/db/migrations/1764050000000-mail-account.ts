import type { MigrationInterface, QueryRunner } from 'typeorm'

/** People's accounts at mail servers. */
export class MailAccount1764050000000 implements MigrationInterface {
  name = 'MailAccount1764050000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mail_account (
        id uuid NOT NULL DEFAULT uuidv7(),
        code varchar(100) NOT NULL,
        code_key varchar(1800) NOT NULL,
        name varchar(100) NOT NULL,
        email varchar(254) NOT NULL,
        search_text text NOT NULL,
        user_id uuid NOT NULL,
        mail_server_id uuid NOT NULL,
        oauth_grant_id uuid,
        incoming_username varchar(320) NOT NULL,
        incoming_password bytea,
        outgoing_username varchar(320),
        outgoing_password bytea,
        leave_on_server boolean NOT NULL,
        delete_after_days integer,
        enabled boolean NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT mail_account_pk PRIMARY KEY (id),
        CONSTRAINT mail_account_user_fk
          FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
        CONSTRAINT mail_account_mail_server_fk
          FOREIGN KEY (mail_server_id) REFERENCES mail_server (id) ON DELETE RESTRICT,
        CONSTRAINT mail_account_oauth_grant_fk
          FOREIGN KEY (oauth_grant_id) REFERENCES oauth_grant (id) ON DELETE SET NULL
      )`)
    await runner.query(
      'CREATE UNIQUE INDEX mail_account_code_key_unique ON mail_account (code_key)',
    )
    // Also the order of a person's, and of a server's accounts.
    await runner.query('CREATE INDEX mail_account_user_id ON mail_account (user_id, code_key)')
    await runner.query(
      'CREATE INDEX mail_account_mail_server_id ON mail_account (mail_server_id, code_key)',
    )
    await runner.query('CREATE INDEX mail_account_oauth_grant_id ON mail_account (oauth_grant_id)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mail_account')
  }
}
