import {
  LOGIN_NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  UserRole,
} from '@mailroom/shared'
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../graphql/request-context.js'
import { Between, OptionalText, RequiredText, SecretLength } from '../validation/rules.js'
import { Access } from './access.js'
import { personIn } from './caller.js'
import type { ProfileService } from './profile.service.js'
import type { SessionService } from './session.service.js'
import { User } from './user.entity.js'
import { UserInput } from './user.input.js'
import type { UserService } from './user.service.js'

/** More than any company has here; what bounds the answer where nobody asks for less. */
const USERS_MAX = 100_000

@ArgsType()
class UsersArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Part of a login name or display name; case and width do not matter.',
  })
  @OptionalText(LOGIN_NAME_MAX_LENGTH)
  search?: string | null

  @Field(() => Int, { defaultValue: USERS_MAX, description: 'At most so many.' })
  @Between(1, USERS_MAX)
  first!: number
}

@ArgsType()
class UpdateMeArgs {
  @Field(() => String, { description: 'What the screens call the person.' })
  @RequiredText(LOGIN_NAME_MAX_LENGTH)
  displayName!: string
}

@ArgsType()
class ChangePasswordArgs {
  @Field(() => String, { description: 'The password as it is.' })
  @SecretLength(1, PASSWORD_MAX_LENGTH)
  currentPassword!: string

  @Field(() => String, { description: 'At least 8 characters.' })
  @SecretLength(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH)
  newPassword!: string
}

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly users: UserService,
    private readonly profiles: ProfileService,
    private readonly sessions: SessionService,
  ) {}

  @Access(UserRole.ADMIN)
  @Query(() => [User], {
    name: 'users',
    description:
      'Everybody who may sign in, deactivated people too, by login name. Administrators.',
  })
  list(@Args(() => UsersArgs) { search, first }: UsersArgs): Promise<User[]> {
    return this.users.list({ search: search ?? '', first })
  }

  @Access(UserRole.ADMIN)
  @Query(() => User, {
    name: 'user',
    nullable: true,
    description: 'One person; null where there is none. Administrators.',
  })
  find(@Arg('id', () => ID) id: string): Promise<User | null> {
    return this.users.find(id)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => User, { name: 'createUser', description: 'Adds a person.' })
  create(
    @Arg('input', () => UserInput) input: UserInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<User> {
    return this.users.create(actor, input)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => User, {
    name: 'updateUser',
    description:
      'Replaces all but the password, which stays where none comes along. A new role or password ends the sessions of the person. A CONFLICT where it would leave no administrator, or `version` is given and is not the current one.',
  })
  async update(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UserInput) input: UserInput,
    @Arg('version', () => Int, { nullable: true }) version: number | null,
    @Ctx() context: RequestContext,
  ): Promise<User> {
    const changed = await this.users.update(context.actor, id, input, version ?? undefined)
    const { user, hasEndedSessions } = changed
    // Whoever changes himself goes on, with a new session.
    if (hasEndedSessions && user.id === context.user?.id && context.sessionToken !== undefined) {
      context.setSessionToken(await this.sessions.goOn(user.id))
    }
    return user
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => User, {
    name: 'deactivateUser',
    description:
      'Ends the sessions of the person and lets him sign in no more; all that is his stays. A CONFLICT for oneself and for the last administrator.',
  })
  deactivate(@Arg('id', () => ID) id: string, @Ctx() { actor }: RequestContext): Promise<User> {
    return this.users.deactivate(actor, id)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => User, {
    name: 'reactivateUser',
    description: 'Lets a deactivated person sign in again.',
  })
  reactivate(@Arg('id', () => ID) id: string, @Ctx() { actor }: RequestContext): Promise<User> {
    return this.users.reactivate(actor, id)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => User, {
    name: 'unlinkUser',
    description:
      'Forgets who the person is for the provider of OpenID Connect, and ends the sessions of the person. Without a password, the next sign-in there links again by login name.',
  })
  unlink(@Arg('id', () => ID) id: string, @Ctx() { actor }: RequestContext): Promise<User> {
    return this.users.unlink(actor, id)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => Boolean, {
    name: 'deleteUser',
    description:
      'Deletes a person with all that is his. A CONFLICT for oneself and for the last administrator.',
  })
  async delete(
    @Arg('id', () => ID) id: string,
    @Ctx() { actor }: RequestContext,
  ): Promise<boolean> {
    await this.users.delete(actor, id)
    return true
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => User, { name: 'updateMe', description: 'Changes how the caller is called.' })
  rename(
    @Args(() => UpdateMeArgs) { displayName }: UpdateMeArgs,
    @Ctx() context: RequestContext,
  ): Promise<User> {
    return this.profiles.rename(context.actor, personIn(context).userId, displayName)
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => User, {
    name: 'unlinkMe',
    description:
      'Lets the caller sign in by the password alone from now on. A CONFLICT where there is none.',
  })
  unlinkMe(@Ctx() context: RequestContext): Promise<User> {
    return this.profiles.unlink(context.actor, personIn(context).userId)
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => User, {
    name: 'changePassword',
    description:
      "Replaces the caller's own password and sets a new session cookie; all the other sessions of the caller end.",
  })
  async changePassword(
    @Args(() => ChangePasswordArgs) { currentPassword, newPassword }: ChangePasswordArgs,
    @Ctx() context: RequestContext,
  ): Promise<User> {
    const id = personIn(context).userId
    const { user, token } = await this.profiles.changePassword(
      context.actor,
      id,
      currentPassword,
      newPassword,
    )
    context.setSessionToken(token)
    return user
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the person can sign in by a password. It is never answered.',
  })
  hasPassword(@Root() user: User): boolean {
    return user.passwordHash !== null
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the person has signed in by OpenID Connect and may do so again.',
  })
  isLinkedByOidc(@Root() user: User): boolean {
    return user.oidcSubject !== null
  }
}
