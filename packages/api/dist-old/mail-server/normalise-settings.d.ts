import { EncryptionMode, IncomingAuthMethod, SmtpAuthMethod, SmtpCredentials } from '@mailroom/shared';
import type { MailServerSettings } from './mail-server-settings.js';
/**
 * Valid settings in the form in which they are kept: trimmed, hosts normalised, and what a condition
 * hides on the screen set to its neutral value, so that no stale choice comes back to life.
 */
export declare function normaliseSettings({ code, name, outgoing, incoming }: MailServerSettings): {
    code: string;
    codeKey: string;
    name: string;
    outgoing: {
        pinnedCertificate: string | null;
        caCertificate: string | null;
        host: string;
        credentials: SmtpCredentials;
        popBeforeSmtpWaitSeconds: number;
        authMethod: SmtpAuthMethod;
        popBeforeSmtp: boolean;
        port: number;
        encryption: EncryptionMode;
        timeoutSeconds: number;
    };
    incoming: {
        pinnedCertificate: string | null;
        caCertificate: string | null;
        host: string;
        apop: boolean;
        protocol: import("@mailroom/shared").MailProtocol;
        authMethod: IncomingAuthMethod;
        port: number;
        encryption: EncryptionMode;
        timeoutSeconds: number;
    };
};
