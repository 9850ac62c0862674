import type { RequestContext } from '../graphql/request-context.js';
import type { AuthService } from './auth.service.js';
import type { SessionService } from './session.service.js';
import { User } from './user.entity.js';
declare class SignInArgs {
    loginName: string;
    password: string;
}
declare class SetUpArgs {
    token: string;
    loginName: string;
    password: string;
}
export declare class AuthResolver {
    private readonly auth;
    private readonly sessions;
    constructor(auth: AuthService, sessions: SessionService);
    me(context: RequestContext): Promise<User | null>;
    needsSetUp(): Promise<boolean>;
    setUp(args: SetUpArgs, context: RequestContext): Promise<User>;
    signIn(args: SignInArgs, context: RequestContext): Promise<User>;
    signOut(context: RequestContext): Promise<boolean>;
}
export {};
