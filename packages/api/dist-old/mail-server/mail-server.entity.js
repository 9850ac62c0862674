var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { CODE_MAX_LENGTH } from '@mailroom/shared';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { MailServerSettings } from './mail-server-settings.js';
/** The constraint that a second live server with the same code meets. */
export const CODE_UNIQUE = 'mail_server_code_key_unique';
/** A mail server of the company: its settings, its place in the display order, its history. */
let MailServer = class MailServer extends MailServerSettings {
};
__decorate([
    Field(() => ID, { description: 'Never reused.' }),
    PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
], MailServer.prototype, "id", void 0);
__decorate([
    Column({ type: 'varchar', length: CODE_MAX_LENGTH * 18 })
], MailServer.prototype, "codeKey", void 0);
__decorate([
    Field(() => Int, {
        description: '1-based place in the display order: a permutation of 1..N over the servers not deleted. 0 for a deleted one.',
    }),
    Column({ type: 'int', nullable: true })
], MailServer.prototype, "position", void 0);
__decorate([
    Field(() => Int, {
        description: 'Grows by one with each change of the settings, deletion and restoring; updateMailServer must name the one it read. A new place in the order leaves it.',
    }),
    Column({ type: 'int', default: 1 })
], MailServer.prototype, "version", void 0);
__decorate([
    Field(() => GraphQLDateTime, { description: 'When it was added.' }),
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], MailServer.prototype, "createdAt", void 0);
__decorate([
    Field(() => GraphQLDateTime, { description: 'When its settings last changed.' }),
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], MailServer.prototype, "updatedAt", void 0);
__decorate([
    Field(() => GraphQLDateTime, {
        nullable: true,
        description: 'When it was deleted; restoreMailServers brings it back.',
    }),
    Column({ type: 'timestamptz', precision: 3, nullable: true })
], MailServer.prototype, "deletedAt", void 0);
MailServer = __decorate([
    Entity('mail_server'),
    ObjectType({ description: 'A mail server that the administrator has registered.' })
    // Checked at COMMIT, so that one statement may renumber everything.
    ,
    Unique('mail_server_position_unique', ['position'], { deferrable: 'INITIALLY DEFERRED' }),
    Check('mail_server_position_iff_live', '(position IS NULL) = (deleted_at IS NOT NULL)'),
    Index(CODE_UNIQUE, ['codeKey'], { unique: true, where: 'deleted_at IS NULL' })
], MailServer);
export { MailServer };
//# sourceMappingURL=mail-server.entity.js.map