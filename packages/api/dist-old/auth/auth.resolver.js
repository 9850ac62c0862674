var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { LOGIN_NAME_MAX_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, UserRole, } from '@mailroom/shared';
import { Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import { Required, RequiredText, SecretLength } from '../validation/rules.js';
import { Access } from './access.js';
import { User } from './user.entity.js';
let SignInArgs = class SignInArgs {
};
__decorate([
    Field(() => String, { description: 'As the administrator gave it; case does not matter.' }),
    RequiredText(LOGIN_NAME_MAX_LENGTH)
], SignInArgs.prototype, "loginName", void 0);
__decorate([
    Field(() => String, { description: 'The password.' }),
    SecretLength(1, PASSWORD_MAX_LENGTH)
], SignInArgs.prototype, "password", void 0);
SignInArgs = __decorate([
    ArgsType()
], SignInArgs);
let SetUpArgs = class SetUpArgs {
};
__decorate([
    Field(() => String, { description: 'From the link that Mailroom printed when it started.' }),
    Required(),
    SecretLength(1, PASSWORD_MAX_LENGTH)
], SetUpArgs.prototype, "token", void 0);
__decorate([
    Field(() => String, { description: "The first administrator's login name." }),
    RequiredText(LOGIN_NAME_MAX_LENGTH)
], SetUpArgs.prototype, "loginName", void 0);
__decorate([
    Field(() => String, { description: 'At least 8 characters.' }),
    SecretLength(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH)
], SetUpArgs.prototype, "password", void 0);
SetUpArgs = __decorate([
    ArgsType()
], SetUpArgs);
let AuthResolver = class AuthResolver {
    constructor(auth, sessions) {
        this.auth = auth;
        this.sessions = sessions;
    }
    async me(context) {
        return context.user === undefined ? null : this.auth.find(context.user.id);
    }
    needsSetUp() {
        return this.auth.needsSetUp();
    }
    async setUp(args, context) {
        const { user, token } = await this.auth.setUp(args.token, args.loginName, args.password);
        context.setSessionToken(token);
        return user;
    }
    async signIn(args, context) {
        const { user, token } = await this.auth.signIn(args.loginName, args.password, context.address);
        if (context.sessionToken !== undefined)
            await this.sessions.end(context.sessionToken);
        context.setSessionToken(token);
        return user;
    }
    async signOut(context) {
        if (context.sessionToken !== undefined)
            await this.sessions.end(context.sessionToken);
        context.setSessionToken(undefined);
        return true;
    }
};
__decorate([
    Access('PUBLIC'),
    Query(() => User, { nullable: true, description: 'Who is signed in; null for nobody.' }),
    __param(0, Ctx())
], AuthResolver.prototype, "me", null);
__decorate([
    Access('PUBLIC'),
    Query(() => Boolean, {
        description: 'Whether no user exists yet, so that the one-time set-up link is the way in.',
    })
], AuthResolver.prototype, "needsSetUp", null);
__decorate([
    Access('PUBLIC'),
    Mutation(() => User, {
        description: 'Makes the first administrator with the token of the one-time set-up link, and signs in.',
    }),
    __param(0, Args(() => SetUpArgs)),
    __param(1, Ctx())
], AuthResolver.prototype, "setUp", null);
__decorate([
    Access('PUBLIC'),
    Mutation(() => User, { description: 'Sets the session cookie. A session that was there ends.' }),
    __param(0, Args(() => SignInArgs)),
    __param(1, Ctx())
], AuthResolver.prototype, "signIn", null);
__decorate([
    Access(UserRole.USER),
    Mutation(() => Boolean, { description: 'Ends the session everywhere at once.' }),
    __param(0, Ctx())
], AuthResolver.prototype, "signOut", null);
AuthResolver = __decorate([
    Resolver()
], AuthResolver);
export { AuthResolver };
//# sourceMappingURL=auth.resolver.js.map