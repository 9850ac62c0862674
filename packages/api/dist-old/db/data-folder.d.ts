/** The data folder cannot be used; the message is a sentence for whoever started Mailroom. */
export declare class DataFolderError extends Error {
    name: string;
}
/**
 * Takes the data folder for this process. A lock left behind by a killed process is taken over.
 * Throws {@link DataFolderError} where another Mailroom runs on it.
 *
 * Locks are numbered and the highest counts. A dead one is never removed before the next number
 * stands: of two that find it dead only one can make the next, whereas of two that remove it and
 * make it anew the slower removes the lock of the faster.
 */
export declare function lockDataFolder(dataDir: string): Promise<{
    release(): Promise<void>;
}>;
/** Writes a file that only its owner may read. */
export declare function writePrivateFile(file: string, text: string): Promise<void>;
export declare function isCode(error: unknown, code: string): boolean;
