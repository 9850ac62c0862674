import { MailServerSettings } from './mail-server-settings.js';
/** The whole of a mail server's settings: create and update take the same. */
export declare class MailServerInput extends MailServerSettings {
}
