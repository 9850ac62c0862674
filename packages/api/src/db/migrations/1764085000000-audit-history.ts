import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Which version a change has put back, and the ways in which the memory is read. */
export class AuditHistory1764085000000 implements MigrationInterface {
  name = 'AuditHistory1764085000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_event ADD COLUMN restored_from uuid')
    await runner.query('CREATE INDEX audit_event_subject_kind ON audit_event (subject, id)')
    await runner.query('CREATE INDEX audit_event_action ON audit_event (action, id)')
    await runner.query('CREATE INDEX audit_event_actor ON audit_event (actor_id, id)')
    // Also in a session that says it only copies (session_replication_role).
    await runner.query('ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_append_only')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only')
    await runner.query('DROP INDEX audit_event_subject_kind')
    await runner.query('DROP INDEX audit_event_action')
    await runner.query('DROP INDEX audit_event_actor')
    await runner.query('ALTER TABLE audit_event DROP COLUMN restored_from')
  }
}
