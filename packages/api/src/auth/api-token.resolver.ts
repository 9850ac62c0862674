import { ApiTokenState, UserRole } from '@mailroom/shared'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../graphql/request-context.js'
import { Access } from './access.js'
import { callerIn } from './caller.js'
import { ApiToken } from './api-token.entity.js'
import { ApiTokenInput } from './api-token.input.js'
import type { ApiTokenService, MadeApiToken } from './api-token.service.js'

@ObjectType({ description: 'A token just made.' })
class CreatedApiToken {
  @Field(() => String, {
    description: 'As the program sends it. Answered this once and never again: keep it now.',
  })
  token!: string

  @Field(() => ApiToken, { description: 'What stays in the list.' })
  apiToken!: ApiToken
}

@Resolver(() => ApiToken)
export class ApiTokenResolver {
  constructor(private readonly apiTokens: ApiTokenService) {}

  @Access(UserRole.ADMIN)
  @Query(() => [ApiToken], {
    name: 'apiTokens',
    description:
      'Those that can be used, then those that ended in the last 90 days; newest first. Administrators.',
  })
  list(): Promise<ApiToken[]> {
    return this.apiTokens.list()
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => CreatedApiToken, {
    name: 'createApiToken',
    description: "Makes a token that acts in the caller's place. Not with a token.",
  })
  create(
    @Arg('input', () => ApiTokenInput) input: ApiTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<MadeApiToken> {
    return this.apiTokens.create(context.actor, callerIn(context).id, input)
  }

  @Access(UserRole.ADMIN, { isPersonal: true })
  @Mutation(() => ApiToken, {
    name: 'revokeApiToken',
    description:
      'Ends a token at once, also what it is subscribed to. There is no way back. Not with a token.',
  })
  revoke(@Arg('id', () => ID) id: string, @Ctx() { actor }: RequestContext): Promise<ApiToken> {
    return this.apiTokens.revoke(actor, id)
  }

  @FieldResolver(() => ApiTokenState, { description: 'Whether it can be used.' })
  state(@Root() { revokedAt, expiresAt, user }: ApiToken): ApiTokenState {
    if (revokedAt !== null) return ApiTokenState.REVOKED
    if (expiresAt.getTime() <= Date.now()) return ApiTokenState.EXPIRED
    return user.deactivatedAt === null ? ApiTokenState.ACTIVE : ApiTokenState.SUSPENDED
  }
}
