import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import { redirectUriOf } from './oauth-grant.service.js'
import { OAuthProvider } from './oauth-provider.entity.js'
import { OAuthProviderInput } from './oauth-provider.input.js'
import type { OAuthProviderService } from './oauth-provider.service.js'

@Resolver(() => OAuthProvider)
export class OAuthProviderResolver {
  constructor(private readonly providers: OAuthProviderService) {}

  @Access(UserRole.ADMIN)
  @Query(() => [OAuthProvider], {
    name: 'oauthProviders',
    description: 'Where Mailroom is registered as an OAuth 2.0 client, by name. Administrators.',
  })
  list(): Promise<OAuthProvider[]> {
    return this.providers.list()
  }

  @Access(UserRole.ADMIN)
  @Query(() => OAuthProvider, {
    name: 'oauthProvider',
    nullable: true,
    description: 'One provider; null where there is none. Administrators.',
  })
  find(@Arg('id', () => ID) id: string): Promise<OAuthProvider | null> {
    return this.providers.find(id)
  }

  @Access(UserRole.ADMIN)
  @Query(() => String, {
    name: 'oauthRedirectUri',
    description: 'The redirect URI to register at every provider. Administrators.',
  })
  redirectUri(@Ctx() context: RequestContext): string {
    return redirectUriOf(context.origin)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => OAuthProvider, { name: 'createOAuthProvider', description: 'Adds a provider.' })
  create(
    @Arg('input', () => OAuthProviderInput) input: OAuthProviderInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<OAuthProvider> {
    return this.providers.create(actor, input)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => OAuthProvider, {
    name: 'updateOAuthProvider',
    description:
      'Replaces all settings; a CONFLICT where `version` is not the current one. Where the server or the client changes, what was granted ends.',
  })
  update(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => OAuthProviderInput) input: OAuthProviderInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<OAuthProvider> {
    return this.providers.update(actor, id, version, input)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => OAuthProvider, {
    name: 'deleteOAuthProvider',
    description:
      'Deletes a provider and what was granted there; a CONFLICT while a mail server uses it.',
  })
  delete(
    @Arg('id', () => ID) id: string,
    @Ctx() { actor }: RequestContext,
  ): Promise<OAuthProvider> {
    return this.providers.delete(actor, id)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether a client secret is stored. It is never answered.',
  })
  hasClientSecret(@Root() provider: OAuthProvider): boolean {
    return provider.clientSecret !== null
  }

  @FieldResolver(() => Int, { description: 'How many mailboxes have been granted there.' })
  grantCount(@Root() provider: OAuthProvider): Promise<number> {
    return this.providers.countGrants(provider.id)
  }
}
