import type { LineConnection } from './line-connection.js';
import type { Credentials, Redact } from './redact.js';
/** What a session of any of the three protocols is made of. */
export interface SessionOptions {
    readonly connection: LineConnection;
    /** Applied to all that the server says before it leaves the session. */
    readonly redact: Redact;
}
/**
 * A session with a mail server, one step at a time. Each method resolves to what the server said,
 * secrets out, and throws a TransportError where the step failed; each ends with its signal.
 */
export interface MailSession {
    /** Authentication methods on offer, as the server names them; known after `capabilities`. */
    readonly authMethods: readonly string[];
    /** Whether STARTTLS or STLS is on offer; undefined before it is known. */
    readonly offersStartTls: boolean | undefined;
    greeting(signal: AbortSignal): Promise<string>;
    capabilities(signal: AbortSignal): Promise<string>;
    /** Asks for TLS and reads the consent; the handshake is the caller's, and `capabilities` anew after it. */
    startTls(signal: AbortSignal): Promise<void>;
    authenticate(credentials: Credentials, signal: AbortSignal): Promise<string>;
    /** Says goodbye; the answer is of no interest. */
    quit(signal: AbortSignal): Promise<void>;
}
/** A session with a server that keeps mail. */
export interface ReceivingSession extends MailSession {
    /** Looks into the inbox without changing anything in it. */
    openMailbox(signal: AbortSignal): Promise<string>;
}
