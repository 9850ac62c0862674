import {
  LOGIN_NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  UserRole,
} from '@mailroom/shared'
import { Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../graphql/request-context.js'
import { Required, RequiredText, SecretLength } from '../validation/rules.js'
import { Access } from './access.js'
import type { AuthService } from './auth.service.js'
import type { SessionService } from './session.service.js'
import { User } from './user.entity.js'

@ArgsType()
class SignInArgs {
  @Field(() => String, { description: 'As the administrator gave it; case does not matter.' })
  @RequiredText(LOGIN_NAME_MAX_LENGTH)
  loginName!: string

  @Field(() => String, { description: 'The password.' })
  @SecretLength(1, PASSWORD_MAX_LENGTH)
  password!: string
}

@ArgsType()
class SetUpArgs {
  @Field(() => String, { description: 'From the link that Mailroom printed when it started.' })
  @Required()
  @SecretLength(1, PASSWORD_MAX_LENGTH)
  token!: string

  @Field(() => String, { description: "The first administrator's login name." })
  @RequiredText(LOGIN_NAME_MAX_LENGTH)
  loginName!: string

  @Field(() => String, { description: 'At least 8 characters.' })
  @SecretLength(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH)
  password!: string
}

@Resolver()
export class AuthResolver {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
  ) {}

  @Access('PUBLIC')
  @Query(() => User, {
    nullable: true,
    description: 'Who is signed in, or whose token it is with what that may do; null for nobody.',
  })
  async me(@Ctx() context: RequestContext): Promise<User | null> {
    if (context.user === undefined) return null
    const user = await this.auth.find(context.user.id)
    // A token's may be less than its person's, and is what the caller can do.
    return user && Object.assign(user, { role: context.user.role })
  }

  @Access('PUBLIC')
  @Query(() => Boolean, {
    description: 'Whether no user exists yet, so that the one-time set-up link is the way in.',
  })
  needsSetUp(): Promise<boolean> {
    return this.auth.needsSetUp()
  }

  @Access('PUBLIC', { isPersonal: true })
  @Mutation(() => User, {
    description:
      'Makes the first administrator with the token of the one-time set-up link, and signs in.',
  })
  async setUp(
    @Args(() => SetUpArgs) args: SetUpArgs,
    @Ctx() context: RequestContext,
  ): Promise<User> {
    const { user, token } = await this.auth.setUp(
      context.actor,
      args.token,
      args.loginName,
      args.password,
    )
    context.setSessionToken(token)
    return user
  }

  @Access('PUBLIC', { isPersonal: true })
  @Mutation(() => User, { description: 'Sets the session cookie. A session that was there ends.' })
  async signIn(
    @Args(() => SignInArgs) args: SignInArgs,
    @Ctx() context: RequestContext,
  ): Promise<User> {
    const { user, token } = await this.auth.signIn(args.loginName, args.password, context.address)
    if (context.sessionToken !== undefined) await this.sessions.end(context.sessionToken)
    context.setSessionToken(token)
    return user
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => Boolean, { description: 'Ends the session everywhere at once.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    const { sessionToken, actor } = context
    if (sessionToken !== undefined) await this.sessions.end(sessionToken, actor)
    context.setSessionToken(undefined)
    return true
  }
}
