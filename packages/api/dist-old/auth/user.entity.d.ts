import { UserRole } from '@mailroom/shared';
/** A person who signs in. */
export declare class User {
    id: string;
    loginName: string;
    /** What login names are compared by (shared loginNameKey). */
    loginNameKey: string;
    displayName: string;
    role: UserRole;
    /** argon2id in PHC string format. Has no field: it never leaves. */
    passwordHash: string;
    createdAt: Date;
}
