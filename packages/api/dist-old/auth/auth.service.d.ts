import type { DataSource, EntityManager } from 'typeorm';
import type { SessionService } from './session.service.js';
import type { SignInLimit } from './sign-in-limit.js';
import { User } from './user.entity.js';
/** A person signed in, with the new session's token. */
export interface SignedIn {
    readonly user: User;
    readonly token: string;
}
/** Signing in, and making the first administrator. */
export declare class AuthService {
    private readonly dataSource;
    private readonly sessions;
    private readonly limit;
    constructor(dataSource: DataSource, sessions: SessionService, limit: SignInLimit);
    /** Throws UNAUTHENTICATED for a wrong name or password, TOO_MANY_REQUESTS after too many. */
    signIn(loginName: string, password: string, address: string): Promise<SignedIn>;
    find(id: string): Promise<User | null>;
    needsSetUp(manager?: EntityManager): Promise<boolean>;
    /** The token of a new one-time set-up link; undefined once somebody exists. */
    createSetUpToken(): Promise<string | undefined>;
    /** Makes the first administrator by a set-up link and signs in. FORBIDDEN where the link is used up. */
    setUp(token: string, loginName: string, password: string): Promise<SignedIn>;
    /** Makes an administrator where no user exists, however many processes try; undefined otherwise. */
    createFirstAdministrator(loginName: string, password: string): Promise<User | undefined>;
}
