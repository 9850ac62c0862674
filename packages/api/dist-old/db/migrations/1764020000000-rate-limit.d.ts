import type { MigrationInterface, QueryRunner } from 'typeorm';
/** Not only sign-ins are limited any more. */
export declare class RateLimit1764020000000 implements MigrationInterface {
    name: string;
    up(runner: QueryRunner): Promise<void>;
    down(runner: QueryRunner): Promise<void>;
}
