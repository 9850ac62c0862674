import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The memory of every change. What is in it can be neither changed nor taken out. */
export class Audit1764040000000 implements MigrationInterface {
  name = 'Audit1764040000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_event (
        id uuid NOT NULL DEFAULT uuidv7(),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        actor_kind varchar(20) NOT NULL,
        actor_id uuid,
        actor_name varchar(200) NOT NULL,
        address varchar(100),
        action varchar(20) NOT NULL,
        subject varchar(20) NOT NULL,
        subject_id uuid,
        subject_name varchar(300) NOT NULL,
        changes jsonb NOT NULL DEFAULT '[]',
        snapshot jsonb,
        CONSTRAINT audit_event_pk PRIMARY KEY (id)
      )`)
    await runner.query('CREATE INDEX audit_event_subject ON audit_event (subject, subject_id, id)')
    await runner.query(`
      CREATE FUNCTION refuse_change_of_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$`)
    await runner.query(`
      CREATE TRIGGER audit_event_append_only
        BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event()`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_event')
    await runner.query('DROP FUNCTION refuse_change_of_audit_event')
  }
}
