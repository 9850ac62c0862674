import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The outbox, drafts, and files on their way into messages (decision 24). */
export class Sending1764110000000 implements MigrationInterface {
  name = 'Sending1764110000000'

  async up(runner: QueryRunner): Promise<void> {
    await createSendings(runner)
    await createDrafts(runner)
    await createUploads(runner)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      ...['upload_part', 'upload', 'draft'],
      ...['cancelled_sending_key', 'sending_recipient', 'sending'],
    ]) {
      await runner.query(`DROP TABLE ${table}`)
    }
  }
}

async function createSendings(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE sending (
      id uuid NOT NULL DEFAULT uuidv7(),
      account_id uuid NOT NULL,
      message_id uuid NOT NULL,
      state varchar(12) NOT NULL DEFAULT 'QUEUED',
      sender text NOT NULL,
      idempotency_key varchar(100),
      content jsonb,
      due_at timestamptz(3) NOT NULL,
      hold_until timestamptz(3),
      attempts smallint NOT NULL DEFAULT 0,
      fence bigint NOT NULL DEFAULT 0,
      claimed_until timestamptz(3),
      dot_at timestamptz(3),
      problem varchar(40),
      detail text,
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      changed_at timestamptz(3) NOT NULL DEFAULT now(),
      ended_at timestamptz(3),
      CONSTRAINT sending_pk PRIMARY KEY (id),
      CONSTRAINT sending_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE,
      CONSTRAINT sending_message_fk
        FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
    )`)
  // Sent twice with the same key, it is one mail.
  await runner.query(
    'CREATE UNIQUE INDEX sending_idempotency_key_unique ON sending (account_id, idempotency_key)',
  )
  await runner.query('CREATE UNIQUE INDEX sending_message_id ON sending (message_id)')
  await runner.query("CREATE INDEX sending_due ON sending (due_at) WHERE state = 'QUEUED'")
  await runner.query(
    "CREATE INDEX sending_account_due ON sending (account_id, due_at) WHERE state = 'QUEUED'",
  )
  await runner.query(
    "CREATE INDEX sending_claimed ON sending (claimed_until) WHERE state = 'SENDING'",
  )
  await runner.query('CREATE INDEX sending_account_changed ON sending (account_id, changed_at)')
  await runner.query(`
    CREATE TABLE sending_recipient (
      sending_id uuid NOT NULL,
      position integer NOT NULL,
      kind varchar(3) NOT NULL,
      address text NOT NULL,
      state varchar(8) NOT NULL DEFAULT 'PENDING',
      said text,
      CONSTRAINT sending_recipient_pk PRIMARY KEY (sending_id, position),
      CONSTRAINT sending_recipient_sending_fk
        FOREIGN KEY (sending_id) REFERENCES sending (id) ON DELETE CASCADE
    )`)
  await runner.query(`
    CREATE TABLE cancelled_sending_key (
      account_id uuid NOT NULL,
      idempotency_key varchar(100) NOT NULL,
      cancelled_at timestamptz(3) NOT NULL DEFAULT now(),
      CONSTRAINT cancelled_sending_key_pk PRIMARY KEY (account_id, idempotency_key),
      CONSTRAINT cancelled_sending_key_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE
    )`)
}

async function createDrafts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE draft (
      id uuid NOT NULL DEFAULT uuidv7(),
      user_id uuid NOT NULL,
      account_id uuid NOT NULL,
      "to" text[] NOT NULL,
      cc text[] NOT NULL,
      bcc text[] NOT NULL,
      subject text NOT NULL,
      text text NOT NULL,
      html text,
      reply_to_id uuid,
      forward_of_id uuid,
      forward_attachment_ids text[] NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz(3) NOT NULL DEFAULT now(),
      CONSTRAINT draft_pk PRIMARY KEY (id),
      CONSTRAINT draft_user_fk FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
      CONSTRAINT draft_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE
    )`)
  await runner.query('CREATE INDEX draft_user_account ON draft (user_id, account_id, updated_at)')
  await runner.query('CREATE INDEX draft_account_id ON draft (account_id)')
}

async function createUploads(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE upload (
      id uuid NOT NULL DEFAULT uuidv7(),
      user_id uuid NOT NULL,
      filename varchar(255) NOT NULL,
      content_type varchar(255) NOT NULL,
      size integer NOT NULL DEFAULT 0,
      is_complete boolean NOT NULL DEFAULT false,
      position smallint NOT NULL DEFAULT 0,
      draft_id uuid,
      sending_id uuid,
      used_at timestamptz(3) NOT NULL DEFAULT now(),
      CONSTRAINT upload_pk PRIMARY KEY (id),
      CONSTRAINT upload_user_fk FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE,
      CONSTRAINT upload_draft_fk FOREIGN KEY (draft_id) REFERENCES draft (id) ON DELETE SET NULL,
      CONSTRAINT upload_sending_fk
        FOREIGN KEY (sending_id) REFERENCES sending (id) ON DELETE SET NULL
    )`)
  await runner.query('CREATE INDEX upload_user_id ON upload (user_id)')
  await runner.query('CREATE INDEX upload_draft_id ON upload (draft_id)')
  await runner.query('CREATE INDEX upload_sending_id ON upload (sending_id)')
  await runner.query(
    'CREATE INDEX upload_unused ON upload (used_at) WHERE draft_id IS NULL AND sending_id IS NULL',
  )
  await runner.query(`
    CREATE TABLE upload_part (
      upload_id uuid NOT NULL,
      position integer NOT NULL,
      bytes bytea NOT NULL,
      CONSTRAINT upload_part_pk PRIMARY KEY (upload_id, position),
      CONSTRAINT upload_part_upload_fk
        FOREIGN KEY (upload_id) REFERENCES upload (id) ON DELETE CASCADE
    )`)
  await runner.query('ALTER TABLE upload_part ALTER COLUMN bytes SET STORAGE EXTERNAL')
}
