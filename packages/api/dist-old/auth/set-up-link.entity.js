var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { Column, Entity, PrimaryColumn } from 'typeorm';
/** A one-time set-up link, valid until a first administrator exists. */
let SetUpLink = class SetUpLink {
};
__decorate([
    PrimaryColumn({ type: 'bytea' })
], SetUpLink.prototype, "tokenHash", void 0);
__decorate([
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], SetUpLink.prototype, "createdAt", void 0);
SetUpLink = __decorate([
    Entity('set_up_link')
], SetUpLink);
export { SetUpLink };
//# sourceMappingURL=set-up-link.entity.js.map