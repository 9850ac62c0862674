import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Not only sign-ins are limited any more. */
export class RateLimit1764020000000 implements MigrationInterface {
  name = 'RateLimit1764020000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sign_in_limit RENAME TO rate_limit')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rate_limit RENAME TO sign_in_limit')
  }
}
