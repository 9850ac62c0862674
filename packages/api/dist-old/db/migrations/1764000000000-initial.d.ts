import type { MigrationInterface, QueryRunner } from 'typeorm';
/** Users, sessions and mail servers. */
export declare class Initial1764000000000 implements MigrationInterface {
    name: string;
    up(runner: QueryRunner): Promise<void>;
    down(runner: QueryRunner): Promise<void>;
}
