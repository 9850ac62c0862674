/** One line of a reply (RFC 5321 section 4.2). */
export interface SmtpReplyLine {
    readonly code: number;
    /** Whether the reply ends with it: a space, or nothing, after the code. */
    readonly last: boolean;
    readonly text: string;
}
/** A whole reply. */
export interface SmtpReply {
    readonly code: number;
    readonly lines: readonly string[];
}
/** Reads a reply line; undefined for anything else. */
export declare function parseSmtpReplyLine(line: string): SmtpReplyLine | undefined;
/** Puts lines together; undefined where their codes differ (RFC 5321 section 4.2.1 wants one). */
export declare function joinSmtpReply(lines: readonly SmtpReplyLine[]): SmtpReply | undefined;
/** Service extensions by upper-case keyword, with their parameters (RFC 5321 section 4.1.1.1). */
export type SmtpExtensions = ReadonlyMap<string, readonly string[]>;
/** Reads the reply to EHLO; its first line is the server's name. */
export declare function parseEhlo(reply: SmtpReply): SmtpExtensions;
