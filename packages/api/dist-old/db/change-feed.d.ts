import type { Logger } from '../logger.js';
/** What other processes are told about: whose cached answers are void. */
export type ChangeTopic = 'mail-server' | 'session';
/** The statement that announces a change; in a transaction it goes out at COMMIT. */
export declare const ANNOUNCE_CHANGE = "SELECT pg_notify('mailroom_change', $1)";
/**
 * What changed in the database, in this or any other process, through LISTEN and NOTIFY.
 *
 * While the listening connection is down `isLive` is false: whoever keeps answers must not use them.
 * Once it is back every topic counts as changed, since announcements may have been missed.
 */
export declare class ChangeFeed {
    #private;
    private readonly url;
    private readonly logger;
    isLive: boolean;
    constructor(url: string, logger: Logger);
    /** Opens the listening connection; rejects where the database cannot be reached. */
    open(): Promise<void>;
    /** Tells this process at once; the others hear from PostgreSQL. */
    emit(topic: ChangeTopic): void;
    /** Calls `listener` at each change of the topic until the returned function is called. */
    on(topic: ChangeTopic, listener: () => void): () => void;
    close(): Promise<void>;
}
