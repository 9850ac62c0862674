import type { GraphQLResolveInfo } from 'graphql';
import { MailServer } from './mail-server.entity.js';
import { MailServerInput } from './mail-server.input.js';
import { MailServerOption } from './mail-server-option.type.js';
import type { MailServerService } from './mail-server.service.js';
export declare class MailServerResolver {
    private readonly mailServers;
    constructor(mailServers: MailServerService);
    list(includeDeleted: boolean, info: GraphQLResolveInfo): Promise<MailServer[]>;
    find(id: string): Promise<MailServer | null>;
    options(info: GraphQLResolveInfo): Promise<MailServerOption[]>;
    create(input: MailServerInput): Promise<MailServer>;
    update(id: string, version: number, input: MailServerInput): Promise<MailServer>;
    reorder(ids: string[], info: GraphQLResolveInfo): Promise<MailServer[]>;
    delete(id: string): Promise<MailServer>;
    deleteAll(expectedCount?: number): Promise<number>;
    restore(ids: string[]): Promise<MailServer[]>;
    changed(info: GraphQLResolveInfo): Promise<MailServer[]>;
    position(server: MailServer): number;
    accountCount(): number;
}
