import { type DocumentNode } from 'graphql';
import type { UserRole } from '@mailroom/shared';
import type { ChangeFeed } from '../db/change-feed.js';
/** Whether an operation's answer may be kept; only what reads nothing but mail servers. */
export declare function isKeepable(document: DocumentNode): boolean;
/**
 * Whole answers of the most-read queries, kept in the process until the change feed says that mail
 * servers changed, so that reading the dropdown touches neither database nor GraphQL. Keyed by role
 * and the request's very bytes: what was once checked and answered is the same request again.
 */
export declare class KeptAnswers {
    #private;
    private readonly changes;
    constructor(changes: ChangeFeed);
    /** Grows with each change: an answer belongs to the generation in which its reading began. */
    get generation(): number;
    find(role: UserRole, request: string): Buffer | undefined;
    /** Keeps an answer unless something changed since its reading began. */
    keep(role: UserRole, request: string, answer: Buffer, generation: number): void;
}
