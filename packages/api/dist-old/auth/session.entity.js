var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from './user.entity.js';
/** One sign-in. Only the SHA-256 of its opaque token is kept. */
let Session = class Session {
};
__decorate([
    PrimaryColumn({ type: 'bytea' })
], Session.prototype, "tokenHash", void 0);
__decorate([
    Index('session_user_id'),
    Column({ type: 'uuid' })
], Session.prototype, "userId", void 0);
__decorate([
    ManyToOne(() => User, { onDelete: 'CASCADE' }),
    JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'session_user_fk' })
], Session.prototype, "user", void 0);
__decorate([
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], Session.prototype, "createdAt", void 0);
__decorate([
    Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
], Session.prototype, "lastUsedAt", void 0);
__decorate([
    Index('session_expires_at'),
    Column({ type: 'timestamptz', precision: 3 })
], Session.prototype, "expiresAt", void 0);
Session = __decorate([
    Entity('session')
], Session);
export { Session };
//# sourceMappingURL=session.entity.js.map