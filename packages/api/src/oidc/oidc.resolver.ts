import { UserRole } from '@mailroom/shared'
import { Args, ArgsType, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Access } from '../auth/access.js'
import { personIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { OptionalText } from '../validation/rules.js'
import type { OidcService } from './oidc.service.js'
import type { Errand } from './oidc-ticket.js'

/** Of an address within the console. */
const RETURN_MAX_LENGTH = 1_000

@ObjectType({ description: 'In which ways somebody can sign in here.' })
class SignInMethods {
  @Field(() => String, {
    nullable: true,
    description: 'What the provider of OpenID Connect is called; null where there is none.',
  })
  oidcName!: string | null
}

@ArgsType()
class StartOidcSignInArgs {
  @Field(() => String, {
    defaultValue: '',
    description: 'The page of the console to go to afterwards.',
  })
  @OptionalText(RETURN_MAX_LENGTH)
  returnTo!: string
}

@Resolver()
export class OidcResolver {
  constructor(private readonly oidc: OidcService) {}

  @Access('PUBLIC')
  @Query(() => SignInMethods, {
    name: 'signInMethods',
    description: 'In which ways somebody can sign in, besides login name and password.',
  })
  methods(): SignInMethods {
    return { oidcName: this.oidc.name ?? null }
  }

  @Access('PUBLIC', { isPersonal: true })
  @Mutation(() => String, {
    name: 'startOidcSignIn',
    description:
      'The address of the provider at which to sign in, within ten minutes and in this browser. It comes back to the sign-in page.',
  })
  start(
    @Args(() => StartOidcSignInArgs) { returnTo }: StartOidcSignInArgs,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return this.#begin({ returnTo }, context)
  }

  @Access(UserRole.USER, { isPersonal: true })
  @Mutation(() => String, {
    name: 'startOidcLink',
    description:
      'As startOidcSignIn, for somebody who is signed in and wants to sign in this way from now on. It comes back to the profile.',
  })
  startLink(@Ctx() context: RequestContext): Promise<string> {
    return this.#begin({ returnTo: '', linkTo: personIn(context).userId }, context)
  }

  async #begin(errand: Errand, context: RequestContext): Promise<string> {
    const { url, ticket } = await this.oidc.begin(errand, context.origin, context.ticket)
    context.setTicket(ticket)
    return url
  }
}
