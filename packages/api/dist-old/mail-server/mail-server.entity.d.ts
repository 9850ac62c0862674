import { MailServerSettings } from './mail-server-settings.js';
/** The constraint that a second live server with the same code meets. */
export declare const CODE_UNIQUE = "mail_server_code_key_unique";
/** A mail server of the company: its settings, its place in the display order, its history. */
export declare class MailServer extends MailServerSettings {
    id: string;
    /** What codes are compared by (shared codeKey). NFKC may grow a character to eighteen. */
    codeKey: string;
    position: number | null;
    version: number;
    createdAt: Date;
    updatedAt: Date;
    deletedAt: Date | null;
}
