import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Sources in parts that each fill a page, where they were one value each: stored in half the time, and
 * read a piece at a time (decision 22).
 */
export class SourceParts1764105000000 implements MigrationInterface {
  name = 'SourceParts1764105000000'

  async up(runner: QueryRunner): Promise<void> {
    // PLAIN: never compressed, which mail, being base64, hardly profits from, and never moved away.
    await runner.query(`
      CREATE TABLE message_source_part (
        message_id uuid NOT NULL,
        part integer NOT NULL,
        bytes bytea STORAGE PLAIN NOT NULL,
        CONSTRAINT message_source_part_pk PRIMARY KEY (message_id, part)
      )`)
    await runner.query(`
      INSERT INTO message_source_part (message_id, part, bytes)
      SELECT message_id, part, substr(source, part * 8100 + 1, 8100)
      FROM message_source,
        generate_series(0, greatest(octet_length(source) - 1, 0) / 8100) AS part`)
    await runner.query('DROP TABLE message_source')
    await runner.query(`
      CREATE FUNCTION remove_source_parts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM message_source_part USING gone
          WHERE message_source_part.message_id = gone.id;
        RETURN NULL;
      END $$`)
    await runner.query(`
      CREATE TRIGGER message_source_removal AFTER DELETE ON message
        REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION remove_source_parts()`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER message_source_removal ON message')
    await runner.query('DROP FUNCTION remove_source_parts')
    await runner.query(`
      CREATE TABLE message_source (
        message_id uuid NOT NULL,
        source bytea STORAGE EXTERNAL NOT NULL,
        CONSTRAINT message_source_pk PRIMARY KEY (message_id),
        CONSTRAINT message_source_message_fk
          FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
      )`)
    await runner.query(`
      INSERT INTO message_source (message_id, source)
      SELECT message_id, string_agg(bytes, '' ORDER BY part) FROM message_source_part
      GROUP BY message_id`)
    await runner.query('DROP TABLE message_source_part')
  }
}
