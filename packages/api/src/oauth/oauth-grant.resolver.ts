import { MAILBOX_MAX_LENGTH, UserRole } from '@mailroom/shared'
import { Args, ArgsType, Arg, Ctx, Field, ID, Mutation, Query, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn, personIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { RequiredText } from '../validation/rules.js'
import { OAuthGrant } from './oauth-grant.entity.js'
import type { OAuthGrantService } from './oauth-grant.service.js'

@ArgsType()
class StartOAuthGrantArgs {
  @Field(() => ID, { description: 'Where to sign in.' })
  providerId!: string

  @Field(() => String, {
    description: 'The address of the mailbox; the provider is told it as a hint whom to sign in.',
  })
  @RequiredText(MAILBOX_MAX_LENGTH)
  loginHint!: string
}

@Resolver(() => OAuthGrant)
export class OAuthGrantResolver {
  constructor(private readonly grants: OAuthGrantService) {}

  @Access(UserRole.USER)
  @Query(() => [OAuthGrant], {
    name: 'oauthGrants',
    description: "The caller's own grants, newest first.",
  })
  list(@Ctx() context: RequestContext): Promise<OAuthGrant[]> {
    return this.grants.list(callerIn(context).id)
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => String, {
    name: 'startOAuthGrant',
    description:
      'The address at which to sign in, within ten minutes and with this session. Back from there, the grant is in oauthGrants; granting again for a mailbox renews the same grant.',
  })
  start(
    @Args(() => StartOAuthGrantArgs) { providerId, loginHint }: StartOAuthGrantArgs,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return this.grants.start(personIn(context), providerId, loginHint.trim(), context.origin)
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, {
    name: 'deleteOAuthGrant',
    description:
      "Forgets one of the caller's own grants and revokes it; false where the provider could not be told, or offers no way to.",
  })
  delete(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    return this.grants.delete(context.actor, callerIn(context).id, id)
  }
}
