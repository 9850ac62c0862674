import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
/**
 * Reads plain objects of an entity's shape without making entities of them, which is where nearly
 * all of the time of a long list goes (bench/README.md). The columns come from the entity itself.
 *
 * @param paths property paths to read, such as "outgoing.host"; undefined reads all
 * @param tail SQL after FROM, such as "WHERE id = $1 ORDER BY position"
 */
export declare function readRows<T extends ObjectLiteral>(source: DataSource | EntityManager, entity: EntityTarget<T>, paths: ReadonlySet<string> | undefined, tail: string, parameters?: unknown[]): Promise<T[]>;
