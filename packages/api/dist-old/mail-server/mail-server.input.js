var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { InputType } from 'type-graphql';
import { MailServerSettings } from './mail-server-settings.js';
/** The whole of a mail server's settings: create and update take the same. */
let MailServerInput = class MailServerInput extends MailServerSettings {
};
MailServerInput = __decorate([
    InputType({ description: "The whole of a mail server's settings; an update replaces them all." })
], MailServerInput);
export { MailServerInput };
//# sourceMappingURL=mail-server.input.js.map