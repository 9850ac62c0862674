import type { DataSource } from 'typeorm';
/** "mailroom" as the namespace of our advisory locks, and what each guards. */
export declare const LOCK_NAMESPACE = 1835100524;
export declare const Lock: {
    readonly migrate: 1;
    readonly mailServerOrder: 2;
    readonly firstUser: 3;
};
/** A database that this version must not touch; the message is a sentence for whoever started it. */
export declare class DatabaseVersionError extends Error {
    name: string;
}
/**
 * Brings the database up to this version, one process at a time: others wait at the lock and then
 * find nothing to do. Throws {@link DatabaseVersionError} where a newer version has been here.
 */
export declare function migrate(dataSource: DataSource): Promise<void>;
