import type { ReceivingSession, SessionOptions } from '../mail-session.js';
import type { Credentials } from '../redact.js';
interface Pop3SessionOptions extends SessionOptions {
    /** APOP or nothing: never USER and PASS instead. */
    readonly apop: boolean;
}
/** POP3 (RFC 1939) as far as looking at the maildrop. */
export declare class Pop3Session implements ReceivingSession {
    #private;
    constructor({ connection, redact, apop }: Pop3SessionOptions);
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
