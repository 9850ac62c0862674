var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
/** What a screen that chooses a server needs. */
let MailServerOption = class MailServerOption {
};
__decorate([
    Field(() => ID, { description: "The mail server's id." })
], MailServerOption.prototype, "id", void 0);
__decorate([
    Field(() => String, { description: 'Shown beside the name where names repeat.' })
], MailServerOption.prototype, "code", void 0);
__decorate([
    Field(() => String, { description: 'What the dropdown shows.' })
], MailServerOption.prototype, "name", void 0);
__decorate([
    Field(() => GraphQLDateTime, {
        nullable: true,
        description: 'Set where an account still names a server that has been deleted; never set in mailServerOptions.',
    })
], MailServerOption.prototype, "deletedAt", void 0);
MailServerOption = __decorate([
    ObjectType({
        description: 'What a screen that chooses a server needs, and all that a plain user may see of one.',
    })
], MailServerOption);
export { MailServerOption };
//# sourceMappingURL=mail-server-option.type.js.map