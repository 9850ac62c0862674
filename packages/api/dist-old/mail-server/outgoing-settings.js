var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { POP_BEFORE_SMTP_WAIT_MAX_SECONDS, POP_BEFORE_SMTP_WAIT_MIN_SECONDS, } from '@mailroom/shared';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { Between } from '../validation/rules.js';
import { EndpointSettings } from './endpoint-settings.js';
import { SmtpAuthMethod, SmtpCredentials } from './mail-server-enums.js';
const DESCRIPTION = 'How mail is sent (SMTP, RFC 5321).';
/** How mail is sent: column, field and rule of each setting, once. */
let OutgoingSettings = class OutgoingSettings extends EndpointSettings {
};
__decorate([
    Field(() => SmtpAuthMethod, {
        description: 'The SMTP AUTH mechanism (RFC 4954).',
        defaultValue: SmtpAuthMethod.NONE,
    }),
    Column({ type: 'varchar', length: 20 })
], OutgoingSettings.prototype, "authMethod", void 0);
__decorate([
    Field(() => SmtpCredentials, {
        description: 'Whose user name and password authenticate sending. INCOMING where authMethod is NONE.',
        defaultValue: SmtpCredentials.INCOMING,
    }),
    Column({ type: 'varchar', length: 20 })
], OutgoingSettings.prototype, "credentials", void 0);
__decorate([
    Field(() => Boolean, {
        description: 'Sign in to the incoming server before each sending.',
        defaultValue: false,
    }),
    Column({ type: 'boolean' })
], OutgoingSettings.prototype, "popBeforeSmtp", void 0);
__decorate([
    Field(() => Int, {
        description: '0 to 10: between that sign-in and sending. 0 where popBeforeSmtp is false.',
        defaultValue: 0,
    }),
    Column({ type: 'int' }),
    Between(POP_BEFORE_SMTP_WAIT_MIN_SECONDS, POP_BEFORE_SMTP_WAIT_MAX_SECONDS)
], OutgoingSettings.prototype, "popBeforeSmtpWaitSeconds", void 0);
OutgoingSettings = __decorate([
    ObjectType({ description: DESCRIPTION }),
    InputType('OutgoingSettingsInput', { description: DESCRIPTION })
], OutgoingSettings);
export { OutgoingSettings };
//# sourceMappingURL=outgoing-settings.js.map