import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who asked for a receiving: null where it was the clock. */
export class RunAsker1764107100000 implements MigrationInterface {
  name = 'RunAsker1764107100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE receive_run ADD COLUMN asked_by_id uuid, ADD COLUMN asked_by_name text',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE receive_run DROP COLUMN asked_by_id, DROP COLUMN asked_by_name')
  }
}
