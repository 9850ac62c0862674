import { SmtpAuthMethod } from '@mailroom/shared';
import type { MailSession, SessionOptions } from '../mail-session.js';
import type { Credentials } from '../redact.js';
interface SmtpSessionOptions extends SessionOptions {
    /** The one mechanism that is used. */
    readonly authMethod: SmtpAuthMethod;
}
/** SMTP (RFC 5321) as far as signing in (RFC 4954). */
export declare class SmtpSession implements MailSession {
    #private;
    constructor({ connection, redact, authMethod }: SmtpSessionOptions);
    get authMethods(): readonly string[];
    get offersStartTls(): boolean | undefined;
    greeting(signal: AbortSignal): Promise<string>;
    capabilities(signal: AbortSignal): Promise<string>;
    startTls(signal: AbortSignal): Promise<void>;
    authenticate(credentials: Credentials, signal: AbortSignal): Promise<string>;
    quit(signal: AbortSignal): Promise<void>;
}
export {};
