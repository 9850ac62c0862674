import { EndpointSettings } from './endpoint-settings.js';
import { SmtpAuthMethod, SmtpCredentials } from './mail-server-enums.js';
/** How mail is sent: column, field and rule of each setting, once. */
export declare class OutgoingSettings extends EndpointSettings {
    authMethod: SmtpAuthMethod;
    credentials: SmtpCredentials;
    popBeforeSmtp: boolean;
    popBeforeSmtpWaitSeconds: number;
}
