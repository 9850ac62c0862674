import { OAUTH_CLIENT_SECRET_MAX_LENGTH } from '@mailroom/shared'
import { Field, InputType } from 'type-graphql'
import { SecretLength } from '../validation/rules.js'
import { OAuthProviderSettings } from './oauth-provider-settings.js'

/** The whole of a provider's settings, and the secret that is only ever written. */
@InputType({
  description: "The whole of a provider's settings; an update replaces them all, but the secret.",
})
export class OAuthProviderInput extends OAuthProviderSettings {
  @Field(() => String, {
    nullable: true,
    description:
      'Never answered. Left out, the stored one stays; null forgets it. Must come along where the provider it goes to changes.',
  })
  @SecretLength(1, OAUTH_CLIENT_SECRET_MAX_LENGTH)
  clientSecret?: string | null
}
