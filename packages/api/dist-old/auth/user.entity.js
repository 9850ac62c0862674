var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { LOGIN_NAME_MAX_LENGTH, UserRole } from '@mailroom/shared';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
registerEnumType(UserRole, {
    name: 'UserRole',
    description: 'ADMIN manages everything. USER has mail accounts.',
});
/** A person who signs in. */
let User = class User {
};
__decorate([
    Field(() => ID, { description: 'Never reused.' }),
    PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
], User.prototype, "id", void 0);
__decorate([
    Field(() => String, { description: 'What the person types to sign in.' }),
    Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
], User.prototype, "loginName", void 0);
__decorate([
    Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH * 18 })
], User.prototype, "loginNameKey", void 0);
__decorate([
    Field(() => String, { description: 'What the screens call the person.' }),
    Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
], User.prototype, "displayName", void 0);
__decorate([
    Field(() => UserRole, { description: 'What the person may do.' }),
    Column({ type: 'varchar', length: 20 })
], User.prototype, "role", void 0);
__decorate([
    Column({ type: 'varchar', length: 255 })
], User.prototype, "passwordHash", void 0);
__decorate([
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], User.prototype, "createdAt", void 0);
User = __decorate([
    Entity('app_user'),
    ObjectType({ description: 'A person who signs in.' }),
    Index('app_user_login_name_key_unique', ['loginNameKey'], { unique: true })
], User);
export { User };
//# sourceMappingURL=user.entity.js.map