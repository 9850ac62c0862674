/** One response with its literals taken out of the line (RFC 3501 section 7, RFC 9051 section 7). */
export type ImapResponse = {
    readonly kind: 'continuation';
    readonly text: string;
} | {
    readonly kind: 'status';
    readonly tag: string;
    readonly status: ImapStatus;
    readonly code: string;
    readonly text: string;
} | {
    readonly kind: 'capability';
    readonly capabilities: readonly string[];
} | {
    readonly kind: 'exists';
    readonly count: number;
} | {
    readonly kind: 'search';
    readonly count: number;
} | {
    readonly kind: 'other';
};
export type ImapStatus = 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH';
/** How many bytes of literal follow a line, or undefined for a line that ends its response. */
export declare function literalLength(line: string): number | undefined;
/** Reads a response line; undefined for what is no IMAP at all. */
export declare function parseImapResponse(line: string): ImapResponse | undefined;
/** The capabilities that a status response carries in its code (RFC 3501 section 7.1), if any. */
export declare function capabilitiesOfCode(code: string): readonly string[] | undefined;
/** A string argument: quoted where it may be (RFC 3501 section 4.3), else undefined: it needs a literal. */
export declare function quoteImapString(text: string): string | undefined;
