var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { UserRole } from '@mailroom/shared';
import { Arg, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root, Subscription, } from 'type-graphql';
import { Access } from '../auth/access.js';
import { selectedPaths } from '../graphql/selected-paths.js';
import { MailServer } from './mail-server.entity.js';
import { MailServerInput } from './mail-server.input.js';
import { MailServerOption } from './mail-server-option.type.js';
let MailServerResolver = class MailServerResolver {
    constructor(mailServers) {
        this.mailServers = mailServers;
    }
    list(includeDeleted, info) {
        return this.mailServers.list(includeDeleted, selectedPaths(info));
    }
    find(id) {
        return this.mailServers.find(id);
    }
    options(info) {
        return this.mailServers.list(false, selectedPaths(info));
    }
    create(input) {
        return this.mailServers.create(input);
    }
    update(id, version, input) {
        return this.mailServers.update(id, version, input);
    }
    reorder(ids, info) {
        return this.mailServers.reorder(ids, selectedPaths(info));
    }
    delete(id) {
        return this.mailServers.delete(id);
    }
    deleteAll(expectedCount) {
        return this.mailServers.deleteAll(expectedCount ?? undefined);
    }
    restore(ids) {
        return this.mailServers.restore(ids);
    }
    changed(info) {
        return this.mailServers.list(false, selectedPaths(info));
    }
    // The position of a deleted server is NULL in the database; the contract's Int is never null.
    position(server) {
        return server.position ?? 0;
    }
    accountCount() {
        // Mail accounts come with their own domain, which will add this field from its side.
        return 0;
    }
};
__decorate([
    Access(UserRole.ADMIN),
    Query(() => [MailServer], {
        name: 'mailServers',
        description: 'In display order. Administrators.',
    }),
    __param(0, Arg('includeDeleted', () => Boolean, { defaultValue: false })),
    __param(1, Info())
], MailServerResolver.prototype, "list", null);
__decorate([
    Access(UserRole.ADMIN),
    Query(() => MailServer, {
        name: 'mailServer',
        nullable: true,
        description: 'One server, a deleted one too; null where there is none. Administrators.',
    }),
    __param(0, Arg('id', () => ID))
], MailServerResolver.prototype, "find", null);
__decorate([
    Access(UserRole.USER),
    Query(() => [MailServerOption], {
        name: 'mailServerOptions',
        description: 'The dropdown, in display order. Anyone signed in.',
    }),
    __param(0, Info())
], MailServerResolver.prototype, "options", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => MailServer, {
        name: 'createMailServer',
        description: 'Adds a server at the end of the order.',
    }),
    __param(0, Arg('input', () => MailServerInput))
], MailServerResolver.prototype, "create", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => MailServer, {
        name: 'updateMailServer',
        description: 'Replaces all settings; a CONFLICT where `version` is not the current one.',
    }),
    __param(0, Arg('id', () => ID)),
    __param(1, Arg('version', () => Int)),
    __param(2, Arg('input', () => MailServerInput))
], MailServerResolver.prototype, "update", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => [MailServer], {
        name: 'reorderMailServers',
        description: "Every server's id, once each, in the order wanted; anything else is a CONFLICT that changes nothing.",
    }),
    __param(0, Arg('ids', () => [ID])),
    __param(1, Info())
], MailServerResolver.prototype, "reorder", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => MailServer, {
        name: 'deleteMailServer',
        description: 'Takes a server out of the list and every dropdown; restoreMailServers undoes it.',
    }),
    __param(0, Arg('id', () => ID))
], MailServerResolver.prototype, "delete", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => Int, {
        name: 'deleteAllMailServers',
        description: 'The number deleted. With expectedCount, a CONFLICT that changes nothing where it differs.',
    }),
    __param(0, Arg('expectedCount', () => Int, { nullable: true }))
], MailServerResolver.prototype, "deleteAll", null);
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => [MailServer], {
        name: 'restoreMailServers',
        description: 'Brings deleted servers back, at the end of the order.',
    }),
    __param(0, Arg('ids', () => [ID]))
], MailServerResolver.prototype, "restore", null);
__decorate([
    Access(UserRole.ADMIN),
    Subscription(() => [MailServer], {
        name: 'mailServersChanged',
        description: 'The servers or their order changed, through any API process.',
        subscribe: ({ context }) => context.changesOf('mail-server'),
    }),
    __param(0, Info())
], MailServerResolver.prototype, "changed", null);
__decorate([
    FieldResolver(() => Int),
    __param(0, Root())
], MailServerResolver.prototype, "position", null);
__decorate([
    FieldResolver(() => Int, { description: 'User accounts that have this server chosen.' })
], MailServerResolver.prototype, "accountCount", null);
MailServerResolver = __decorate([
    Resolver(() => MailServer)
], MailServerResolver);
export { MailServerResolver };
//# sourceMappingURL=mail-server.resolver.js.map