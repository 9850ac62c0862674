import { type DataSource, type EntityManager } from 'typeorm';
import { type ChangeFeed } from '../db/change-feed.js';
import { MailServer } from './mail-server.entity.js';
import type { MailServerSettings } from './mail-server-settings.js';
/** Property paths to read of a mail server; undefined reads all. */
export type MailServerPaths = ReadonlySet<string> | undefined;
/**
 * Keeps the company's mail servers and their display order: `position` is a permutation of 1..N over
 * the servers not deleted, since every writer of it holds the same lock until COMMIT.
 */
export declare class MailServerService {
    #private;
    private readonly dataSource;
    private readonly changes;
    constructor(dataSource: DataSource, changes: ChangeFeed);
    /** In display order; deleted ones, newest deletion first, after them where asked for. */
    list(includeDeleted: boolean, paths?: MailServerPaths): Promise<MailServer[]>;
    /** One server, a deleted one too; null where there is none. */
    find(id: string, manager?: EntityManager): Promise<MailServer | null>;
    /** Adds a server at the end of the order. */
    create(settings: MailServerSettings): Promise<MailServer>;
    /** Replaces the settings where nobody else has since `version` was read. */
    update(id: string, version: number, settings: MailServerSettings): Promise<MailServer>;
    /** Sets the whole order; `ids` must name every server not deleted exactly once. */
    reorder(ids: readonly string[], paths?: MailServerPaths): Promise<MailServer[]>;
    /** Deletes a server softly; the ones after it move up. */
    delete(id: string): Promise<MailServer>;
    /** Deletes every server, unless their number is not the one that was confirmed. */
    deleteAll(expectedCount: number | undefined): Promise<number>;
    /** Brings deleted servers back at the end, in the order given; ones not deleted stay where they are. */
    restore(ids: readonly string[]): Promise<MailServer[]>;
}
