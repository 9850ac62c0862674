var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { CODE_MAX_LENGTH, NAME_MAX_LENGTH } from '@mailroom/shared';
import { ValidateNested } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { RequiredText } from '../validation/rules.js';
import { IncomingSettings } from './incoming-settings.js';
import { OutgoingSettings } from './outgoing-settings.js';
/** All that an administrator may both read and write of a mail server. */
let MailServerSettings = class MailServerSettings {
};
__decorate([
    Field(() => String, {
        description: 'Tells this server from every other one; unique among the servers not deleted, compared in NFKC without regard to case.',
    }),
    Column({ type: 'varchar', length: CODE_MAX_LENGTH }),
    RequiredText(CODE_MAX_LENGTH)
], MailServerSettings.prototype, "code", void 0);
__decorate([
    Field(() => String, { description: 'What the dropdown shows. Two servers may share it.' }),
    Column({ type: 'varchar', length: NAME_MAX_LENGTH }),
    RequiredText(NAME_MAX_LENGTH)
], MailServerSettings.prototype, "name", void 0);
__decorate([
    Field(() => OutgoingSettings, { description: 'How mail is sent.' }),
    Column(() => OutgoingSettings),
    ValidateNested()
], MailServerSettings.prototype, "outgoing", void 0);
__decorate([
    Field(() => IncomingSettings, { description: 'How mail is received.' }),
    Column(() => IncomingSettings),
    ValidateNested()
], MailServerSettings.prototype, "incoming", void 0);
MailServerSettings = __decorate([
    ObjectType(),
    InputType('MailServerSettingsInput')
], MailServerSettings);
export { MailServerSettings };
//# sourceMappingURL=mail-server-settings.js.map