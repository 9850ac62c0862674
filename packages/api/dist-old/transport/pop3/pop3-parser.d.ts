/** A status line (RFC 1939 section 3; response codes by RFC 2449 section 8 and RFC 3206). */
export interface Pop3Status {
    readonly ok: boolean;
    /** Upper-case response code without its brackets, such as "IN-USE" or "SYS/TEMP"; '' without one. */
    readonly code: string;
    readonly text: string;
}
/** Reads a status line; undefined for anything else. */
export declare function parsePop3Status(line: string): Pop3Status | undefined;
/** A line of a multi-line response: undefined where it ends, else without the dot put before a dot. */
export declare function unstuffPop3Line(line: string): string | undefined;
/** Capabilities by upper-case name, with their parameters (RFC 2449 section 5). */
export declare function parseCapa(lines: readonly string[]): ReadonlyMap<string, readonly string[]>;
/**
 * The time stamp of a greeting that offers APOP (RFC 1939 section 7), angle brackets included.
 * Printable ASCII with exactly one @ only: with stamps of his own making a false server learns the
 * password's first characters (CVE-2007-1558).
 */
export declare function parseApopStamp(greeting: string): string | undefined;
/** Number and bytes of messages out of the answer to STAT (RFC 1939 section 5). */
export declare function parseStat(text: string): {
    count: number;
    bytes: number;
} | undefined;
