import type { MailServer } from './mail-server.entity.js';
/** What a screen that chooses a server needs. */
export declare class MailServerOption implements Pick<MailServer, 'id' | 'code' | 'name' | 'deletedAt'> {
    id: string;
    code: string;
    name: string;
    deletedAt: Date | null;
}
