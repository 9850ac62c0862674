import { IncomingSettings } from './incoming-settings.js';
import { OutgoingSettings } from './outgoing-settings.js';
/** All that an administrator may both read and write of a mail server. */
export declare abstract class MailServerSettings {
    code: string;
    name: string;
    outgoing: OutgoingSettings;
    incoming: IncomingSettings;
}
