var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { FieldRule } from '@mailroom/shared';
import { Field, InputType, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { Consistent } from '../validation/rules.js';
import { EndpointSettings } from './endpoint-settings.js';
import { IncomingAuthMethod, MailProtocol } from './mail-server-enums.js';
const DESCRIPTION = 'How mail is received (POP3, RFC 1939; IMAP4, RFC 3501 and RFC 9051).';
/** How mail is received: column, field and rule of each setting, once. */
let IncomingSettings = class IncomingSettings extends EndpointSettings {
};
__decorate([
    Field(() => MailProtocol, { description: 'POP3 or IMAP4.' }),
    Column({ type: 'varchar', length: 20 })
], IncomingSettings.prototype, "protocol", void 0);
__decorate([
    Field(() => IncomingAuthMethod, {
        description: 'By name and password, or by an OAuth 2.0 token. The one chosen is the one used; there is no fallback.',
        defaultValue: IncomingAuthMethod.PASSWORD,
    }),
    Column({ type: 'varchar', length: 20 })
], IncomingSettings.prototype, "authMethod", void 0);
__decorate([
    Field(() => Boolean, {
        description: 'POP3 with PASSWORD only. Chosen and not offered is an error: never falls back to USER and PASS.',
        defaultValue: false,
    }),
    Column({ type: 'boolean' }),
    Consistent(FieldRule.apopNeedsPop3, (object) => object instanceof IncomingSettings, ({ apop, protocol }) => !apop || protocol === MailProtocol.POP3)
], IncomingSettings.prototype, "apop", void 0);
IncomingSettings = __decorate([
    ObjectType({ description: DESCRIPTION }),
    InputType('IncomingSettingsInput', { description: DESCRIPTION })
], IncomingSettings);
export { IncomingSettings };
//# sourceMappingURL=incoming-settings.js.map