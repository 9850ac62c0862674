/** A name and password on their way to a server. */
export interface Credentials {
    readonly username: string;
    readonly password: string;
}
/** Takes the secrets out of a peer's text, and makes it fit to be shown. */
export type Redact = (text: string) => string;
/**
 * Servers repeat what they were sent ("535 bad password hunter2", "BAD unknown command AGFsaWNl…").
 * Every form in which these credentials travel is masked before the text is cut, so that no
 * beginning of one is left, then control characters are escaped.
 */
export declare function createRedact(credentials: readonly Credentials[]): Redact;
