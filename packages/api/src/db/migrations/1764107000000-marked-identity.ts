import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What was marked to be deleted at a server that cannot remove single messages. */
export class MarkedIdentity1764107000000 implements MigrationInterface {
  name = 'MarkedIdentity1764107000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE received_identity ADD COLUMN marked_at timestamptz(3)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE received_identity DROP COLUMN marked_at')
  }
}
