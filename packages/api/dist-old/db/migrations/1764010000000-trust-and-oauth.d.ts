import type { MigrationInterface, QueryRunner } from 'typeorm';
/** A private authority for each side, and how the incoming side signs in. */
export declare class TrustAndOauth1764010000000 implements MigrationInterface {
    name: string;
    up(runner: QueryRunner): Promise<void>;
    down(runner: QueryRunner): Promise<void>;
}
