import { EncryptionMode } from './mail-server-enums.js';
/** What both sides have: where to connect, how it is encrypted, how long to wait, whom to trust. */
export declare abstract class EndpointSettings {
    host: string;
    port: number;
    encryption: EncryptionMode;
    timeoutSeconds: number;
    pinnedCertificate: string | null;
    caCertificate: string | null;
}
