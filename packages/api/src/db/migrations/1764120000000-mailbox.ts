import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Lists, search and deletion of messages, and whose remote images are shown (decision 25). */
export class Mailbox1764120000000 implements MigrationInterface {
  name = 'Mailbox1764120000000'

  async up(runner: QueryRunner): Promise<void> {
    await addListColumns(runner)
    await createCounts(runner)
    await createSearch(runner)
    await runner.query(`
      CREATE TABLE remote_content_sender (
        user_id uuid NOT NULL,
        sender varchar(320) NOT NULL,
        allowed_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT remote_content_sender_pk PRIMARY KEY (user_id, sender),
        CONSTRAINT remote_content_sender_user_fk
          FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE
      )`)
    // What parsing adds from now on, it adds to what is here already.
    await runner.query(
      "UPDATE message SET parse_state = 'PENDING', parse_attempts = 0 WHERE parse_state = 'PARSED'",
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const event of ['insert', 'update', 'delete']) {
      await runner.query(`DROP TRIGGER message_count_${event} ON message`)
    }
    await runner.query('DROP FUNCTION count_messages')
    await runner.query('DROP FUNCTION fold_mailbox_count')
    for (const table of ['remote_content_sender', 'message_search', 'mailbox_count']) {
      await runner.query(`DROP TABLE ${table}`)
    }
    await runner.query('DROP INDEX message_deleted')
    await runner.query('DROP INDEX message_unread')
    await runner.query('DROP INDEX message_account_id')
    // A list without deletion would show them again.
    await runner.query('DELETE FROM message WHERE deleted_at IS NOT NULL')
    await runner.query('ALTER TABLE message DROP COLUMN snippet, DROP COLUMN deleted_at')
    await runner.query('CREATE INDEX message_account_id ON message (account_id, folder, id)')
  }
}

async function addListColumns(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE message
      ADD COLUMN snippet text NOT NULL DEFAULT '',
      ADD COLUMN deleted_at timestamptz(3)`)
  // However much was deleted, a page is found without going over it.
  await runner.query('DROP INDEX message_account_id')
  await runner.query(`
    CREATE INDEX message_account_id ON message (account_id, folder, id)
      WHERE deleted_at IS NULL`)
  await runner.query(`
    CREATE INDEX message_unread ON message (account_id, folder, id)
      WHERE deleted_at IS NULL AND NOT is_read`)
  await runner.query(`
    CREATE INDEX message_deleted ON message (deleted_at) WHERE deleted_at IS NOT NULL`)
}

/**
 * How many there are is asked all the time, and counting 200,000 rows takes too long for that. What
 * came and went is added up when it is read: a count in a row of its own would have everybody who
 * changes a mailbox wait for the COMMIT of everybody else. Now and then rows are made one.
 */
async function createCounts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE mailbox_count (
      id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
      account_id uuid NOT NULL,
      folder varchar(8) NOT NULL,
      total integer NOT NULL,
      unread integer NOT NULL,
      change integer NOT NULL DEFAULT 1,
      CONSTRAINT mailbox_count_pk PRIMARY KEY (id)
    )`)
  await runner.query('CREATE INDEX mailbox_count_account_id ON mailbox_count (account_id, folder)')
  await runner.query(FOLD_FUNCTION)
  await runner.query(COUNT_FUNCTION)
  // A statement's rows at once: a hundred received messages are one row.
  await runner.query(trigger('insert', 'NEW TABLE AS new_rows'))
  await runner.query(trigger('update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'))
  await runner.query(trigger('delete', 'OLD TABLE AS old_rows'))
  await runner.query(`
    INSERT INTO mailbox_count (account_id, folder, total, unread)
    SELECT account_id, folder, count(*), count(*) FILTER (WHERE NOT is_read)
    FROM message GROUP BY account_id, folder`)
}

const trigger = (event: string, tables: string) => `
  CREATE TRIGGER message_count_${event} AFTER ${event.toUpperCase()} ON message
    REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION count_messages()`

/** What a list shows of a row; a claim to parse it is none of it. */
const SHOWN = (rows: string) =>
  `SELECT account_id, folder, id, is_read, parse_state FROM ${rows} WHERE deleted_at IS NULL`

/** Whoever else is at it has its rows; nobody waits. The sums stay what they were. */
const FOLD_FUNCTION = `
  CREATE FUNCTION fold_mailbox_count(account uuid) RETURNS void LANGUAGE sql AS $$
    WITH gone AS (
      DELETE FROM mailbox_count WHERE id IN (
        SELECT id FROM mailbox_count WHERE account_id = account LIMIT 1000 FOR UPDATE SKIP LOCKED)
      RETURNING folder, total, unread, change
    )
    INSERT INTO mailbox_count (account_id, folder, total, unread, change)
    SELECT account, folder, sum(total), sum(unread), sum(change) FROM gone GROUP BY folder
  $$`

/** Of so many statements that change a mailbox, one makes its rows one. */
const FOLDED_OF = 32

const COUNT_FUNCTION = `
  CREATE FUNCTION count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    account uuid;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO mailbox_count (account_id, folder, total, unread)
      SELECT account_id, folder, count(*), count(*) FILTER (WHERE NOT is_read)
      FROM new_rows WHERE deleted_at IS NULL GROUP BY account_id, folder;
      account := (SELECT account_id FROM new_rows LIMIT 1);
    ELSIF TG_OP = 'UPDATE' THEN
      INSERT INTO mailbox_count (account_id, folder, total, unread)
      SELECT account_id, folder, sum(n), sum(CASE WHEN is_read THEN 0 ELSE n END)
      FROM (
        SELECT *, 1 AS n FROM (${SHOWN('new_rows')} EXCEPT ${SHOWN('old_rows')}) AS came
        UNION ALL
        SELECT *, -1 FROM (${SHOWN('old_rows')} EXCEPT ${SHOWN('new_rows')}) AS went
      ) AS changed GROUP BY account_id, folder;
      account := (SELECT account_id FROM new_rows LIMIT 1);
    ELSE
      INSERT INTO mailbox_count (account_id, folder, total, unread)
      SELECT account_id, folder, -count(*), -count(*) FILTER (WHERE NOT is_read)
      FROM old_rows WHERE deleted_at IS NULL GROUP BY account_id, folder;
      account := (SELECT account_id FROM old_rows LIMIT 1);
    END IF;
    IF random() < 1.0 / ${FOLDED_OF} THEN
      PERFORM fold_mailbox_count(account);
    END IF;
    RETURN NULL;
  END $$`

/**
 * Apart from message: marking one as read must not write its search terms anew. The terms stand out
 * of line, so that a search that finds a hundred thousand goes over few pages.
 */
async function createSearch(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE message_search (
      message_id uuid NOT NULL,
      terms tsvector NOT NULL,
      CONSTRAINT message_search_pk PRIMARY KEY (message_id),
      CONSTRAINT message_search_message_fk
        FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
    ) WITH (toast_tuple_target = 128)`)
  await runner.query('CREATE INDEX message_search_terms ON message_search USING gin (terms)')
}
