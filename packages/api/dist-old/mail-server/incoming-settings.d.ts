import { EndpointSettings } from './endpoint-settings.js';
import { IncomingAuthMethod, MailProtocol } from './mail-server-enums.js';
/** How mail is received: column, field and rule of each setting, once. */
export declare class IncomingSettings extends EndpointSettings {
    protocol: MailProtocol;
    authMethod: IncomingAuthMethod;
    apop: boolean;
}
