import type { Redact } from '../transport/redact.js';
/**
 * What passed on the wire, one step at a time, fit for a support request. Known secrets are masked by
 * `redact`; while signing in, nothing but the commands' names and the server's final words is kept at
 * all, so that no answer to a challenge depends on being recognised.
 */
export declare class Transcript {
    #private;
    constructor(redact: Redact);
    /** Begins a step; answers nothing of the one before. */
    begin(isSigningIn: boolean): void;
    /** The present step's lines so far: "C:" ours, "S:" the server's. */
    get lines(): readonly string[];
    readonly hear: (from: "client" | "server", line: string) => void;
}
