export interface EmbeddedPostgres {
    /** The address of its database. */
    readonly url: string;
    /** Ends it after its transactions in progress are rolled back ("fast"). */
    stop(): Promise<void>;
}
interface Options {
    readonly dataDir: string;
    /** Hears a sentence for each thing that takes time. */
    readonly log: (sentence: string) => void;
}
/**
 * Starts the PostgreSQL that Mailroom brings along below the data folder, makes it on the first
 * start, and adopts the one that still runs after this process was killed. The caller must hold
 * the data folder (data-folder.ts). Throws {@link DataFolderError}.
 */
export declare function startEmbeddedPostgres({ dataDir, log }: Options): Promise<EmbeddedPostgres>;
export {};
