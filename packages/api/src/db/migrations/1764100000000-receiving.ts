import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Messages, their sources and identities, and the runs that receive them (decision 22). */
export class Receiving1764100000000 implements MigrationInterface {
  name = 'Receiving1764100000000'

  async up(runner: QueryRunner): Promise<void> {
    await createMessages(runner)
    await createIdentities(runner)
    await createRuns(runner)
    await createRemovals(runner)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER mail_account_mail_removal ON mail_account')
    await runner.query('DROP FUNCTION ask_for_mail_removal')
    for (const table of [
      'mail_removal',
      'account_receiving',
      'receive_run',
      'unreceived_message',
      'received_identity',
      'message_attachment',
      'message_content',
      'message_source',
      'message',
    ]) {
      await runner.query(`DROP TABLE ${table}`)
    }
  }
}

async function createMessages(runner: QueryRunner): Promise<void> {
  // No foreign key to the account: deleting it must not wait for a hundred thousand messages to go
  // (mail_removal below). Nobody reads a message but by its account.
  await runner.query(`
    CREATE TABLE message (
      id uuid NOT NULL DEFAULT uuidv7(),
      account_id uuid NOT NULL,
      folder varchar(8) NOT NULL,
      size_bytes integer NOT NULL,
      sha256 bytea NOT NULL,
      stored_at timestamptz(3) NOT NULL DEFAULT now(),
      is_read boolean NOT NULL DEFAULT false,
      parse_state varchar(8) NOT NULL DEFAULT 'PENDING',
      parse_problem varchar(32),
      parse_attempts smallint NOT NULL DEFAULT 0,
      parse_claimed_until timestamptz(3),
      message_id text,
      subject text NOT NULL DEFAULT '',
      from_name text,
      from_address text,
      sent_at timestamptz(3),
      attachment_count integer NOT NULL DEFAULT 0,
      CONSTRAINT message_pk PRIMARY KEY (id)
    )`)
  // uuidv7 grows with time: the order of a folder, newest first, and its keyset pages.
  await runner.query('CREATE INDEX message_account_id ON message (account_id, folder, id)')
  await runner.query(
    "CREATE INDEX message_parse_pending ON message (id) WHERE parse_state = 'PENDING'",
  )
  await runner.query(
    "CREATE INDEX message_parse_failed ON message (account_id, id) WHERE parse_state = 'FAILED'",
  )
  await runner.query(`
    CREATE TABLE message_source (
      message_id uuid NOT NULL,
      source bytea NOT NULL,
      CONSTRAINT message_source_pk PRIMARY KEY (message_id),
      CONSTRAINT message_source_message_fk
        FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
    )`)
  // Mail is base64 for the most part, which PostgreSQL's compression costs time on and hardly shrinks.
  await runner.query('ALTER TABLE message_source ALTER COLUMN source SET STORAGE EXTERNAL')
  await runner.query(`
    CREATE TABLE message_content (
      message_id uuid NOT NULL,
      reply_to jsonb NOT NULL,
      recipients jsonb NOT NULL,
      copies jsonb NOT NULL,
      in_reply_to text,
      message_references text[] NOT NULL,
      text text,
      html text,
      is_cut boolean NOT NULL,
      CONSTRAINT message_content_pk PRIMARY KEY (message_id),
      CONSTRAINT message_content_message_fk
        FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
    )`)
  await runner.query(`
    CREATE TABLE message_attachment (
      message_id uuid NOT NULL,
      position integer NOT NULL,
      filename text,
      content_type text NOT NULL,
      size_bytes integer NOT NULL,
      content_id text,
      is_inline boolean NOT NULL,
      CONSTRAINT message_attachment_pk PRIMARY KEY (message_id, position),
      CONSTRAINT message_attachment_message_fk
        FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
    )`)
}

async function createIdentities(runner: QueryRunner): Promise<void> {
  // Keys are hashes: a UIDL of 1,000 characters would not fit into an index row.
  await runner.query(`
    CREATE TABLE received_identity (
      account_id uuid NOT NULL,
      mailbox_key bytea NOT NULL,
      id_key bytea NOT NULL,
      sha256 bytea NOT NULL,
      message_id uuid NOT NULL,
      unique_id varchar(1000),
      size_bytes integer NOT NULL,
      copies smallint NOT NULL DEFAULT 1,
      run_id uuid NOT NULL,
      received_at timestamptz(3) NOT NULL DEFAULT now(),
      removed_at timestamptz(3),
      missed_at timestamptz(3),
      CONSTRAINT received_identity_pk PRIMARY KEY (account_id, mailbox_key, id_key, sha256)
    )`)
  await runner.query(
    'CREATE INDEX received_identity_sha256 ON received_identity (account_id, sha256)',
  )
  await runner.query(`
    CREATE INDEX received_identity_present ON received_identity (account_id, mailbox_key)
      WHERE removed_at IS NULL AND missed_at IS NULL`)
  await runner.query(`
    CREATE TABLE unreceived_message (
      account_id uuid NOT NULL,
      mailbox_key bytea NOT NULL,
      id_key bytea NOT NULL,
      unique_id varchar(1000),
      size_bytes bigint,
      problem varchar(40) NOT NULL,
      detail text,
      first_seen_at timestamptz(3) NOT NULL DEFAULT now(),
      last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
      run_id uuid NOT NULL,
      CONSTRAINT unreceived_message_pk PRIMARY KEY (account_id, mailbox_key, id_key),
      CONSTRAINT unreceived_message_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE
    )`)
}

async function createRuns(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE receive_run (
      id uuid NOT NULL DEFAULT uuidv7(),
      account_id uuid NOT NULL,
      reason varchar(8) NOT NULL,
      state varchar(8) NOT NULL DEFAULT 'QUEUED',
      found integer,
      stored integer NOT NULL DEFAULT 0,
      already_had integer NOT NULL DEFAULT 0,
      failed integer NOT NULL DEFAULT 0,
      too_large integer NOT NULL DEFAULT 0,
      problem varchar(40),
      detail text,
      cancel_asked_at timestamptz(3),
      queued_at timestamptz(3) NOT NULL DEFAULT now(),
      started_at timestamptz(3),
      ended_at timestamptz(3),
      CONSTRAINT receive_run_pk PRIMARY KEY (id),
      CONSTRAINT receive_run_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE
    )`)
  await runner.query('CREATE INDEX receive_run_account_id ON receive_run (account_id, id)')
  // One run of an account at a time, whoever asks for it.
  await runner.query(`
    CREATE UNIQUE INDEX receive_run_under_way ON receive_run (account_id)
      WHERE state IN ('QUEUED', 'RUNNING')`)
  await runner.query(`
    CREATE TABLE account_receiving (
      account_id uuid NOT NULL,
      fence bigint NOT NULL DEFAULT 0,
      leased_until timestamptz(3),
      next_at timestamptz(3) NOT NULL DEFAULT now(),
      failures integer NOT NULL DEFAULT 0,
      auth_failures integer NOT NULL DEFAULT 0,
      paused_at timestamptz(3),
      last_run_id uuid,
      last_received_at timestamptz(3),
      problem varchar(40),
      CONSTRAINT account_receiving_pk PRIMARY KEY (account_id),
      CONSTRAINT account_receiving_account_fk
        FOREIGN KEY (account_id) REFERENCES mail_account (id) ON DELETE CASCADE
    )`)
  await runner.query('CREATE INDEX account_receiving_next_at ON account_receiving (next_at)')
  await runner.query(`
    CREATE INDEX account_receiving_attention ON account_receiving (account_id)
      WHERE paused_at IS NOT NULL OR failures >= 3`)
}

/** Whatever deletes an account, a person's deletion too, leaves a note that its mail is to go. */
async function createRemovals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE mail_removal (
      account_id uuid NOT NULL,
      asked_at timestamptz(3) NOT NULL DEFAULT now(),
      CONSTRAINT mail_removal_pk PRIMARY KEY (account_id)
    )`)
  await runner.query(`
    CREATE FUNCTION ask_for_mail_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO mail_removal (account_id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$`)
  await runner.query(`
    CREATE TRIGGER mail_account_mail_removal AFTER DELETE ON mail_account
      FOR EACH ROW EXECUTE FUNCTION ask_for_mail_removal()`)
}
