import type { LineConnection } from '../line-connection.js';
import type { Redact } from '../redact.js';
import { type ImapStatus } from './imap-parser.js';
/** How a command ended, and what its untagged responses said on the way. */
export interface ImapCompletion {
    readonly status: ImapStatus;
    readonly code: string;
    readonly text: string;
    readonly capabilities: readonly string[];
    readonly exists: number | undefined;
    readonly found: number;
}
/** Tagged commands, one at a time. */
export declare class ImapCommands {
    #private;
    constructor(connection: LineConnection, redact: Redact);
    /** Runs a command to its tagged answer; each "+" of the server takes the next of `parts`. */
    run(command: string, signal: AbortSignal, parts?: readonly Buffer[]): Promise<ImapCompletion>;
}
