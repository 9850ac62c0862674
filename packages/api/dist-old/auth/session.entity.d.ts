import { User } from './user.entity.js';
/** One sign-in. Only the SHA-256 of its opaque token is kept. */
export declare class Session {
    tokenHash: Buffer;
    userId: string;
    user: User;
    createdAt: Date;
    lastUsedAt: Date;
    expiresAt: Date;
}
