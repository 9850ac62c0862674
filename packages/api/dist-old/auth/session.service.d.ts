import type { UserRole } from '@mailroom/shared';
import type { DataSource } from 'typeorm';
import { type ChangeFeed } from '../db/change-feed.js';
/** Who is signed in, as every request needs it. */
export interface SessionUser {
    readonly id: string;
    readonly role: UserRole;
}
/**
 * Opaque sessions, kept hashed in PostgreSQL. A session once looked up is remembered in this process
 * until any session changes anywhere (ChangeFeed) or it ends; with the feed down, never.
 */
export declare class SessionService {
    #private;
    private readonly dataSource;
    private readonly changes;
    constructor(dataSource: DataSource, changes: ChangeFeed);
    /** Starts a session; the token is returned once and not kept. */
    start(userId: string): Promise<string>;
    /** Ends the session everywhere at once. */
    end(token: string): Promise<void>;
    /** Whose session the token is; undefined where it is none, or ended. */
    userOf(token: string): Promise<SessionUser | undefined>;
    close(): void;
}
