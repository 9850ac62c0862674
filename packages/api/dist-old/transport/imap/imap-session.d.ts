import type { ReceivingSession, SessionOptions } from '../mail-session.js';
import type { Credentials } from '../redact.js';
interface ImapSessionOptions extends SessionOptions {
    /** Whether TLS comes by STARTTLS, which a server that calls us signed in already makes impossible. */
    readonly startsTls: boolean;
}
/** IMAP4 (RFC 3501, RFC 9051) as far as looking into the INBOX. */
export declare class ImapSession implements ReceivingSession {
    #private;
    constructor({ connection, redact, startsTls }: ImapSessionOptions);
    get authMethods(): readonly string[];
    get offersStartTls(): boolean | undefined;
    greeting(signal: AbortSignal): Promise<string>;
    capabilities(signal: AbortSignal): Promise<string>;
    startTls(signal: AbortSignal): Promise<void>;
    authenticate(credentials: Credentials, signal: AbortSignal): Promise<string>;
    openMailbox(signal: AbortSignal): Promise<string>;
    quit(signal: AbortSignal): Promise<void>;
}
export {};
