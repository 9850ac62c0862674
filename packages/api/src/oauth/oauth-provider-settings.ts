import {
  FieldRule,
  NAME_MAX_LENGTH,
  OAUTH_CLIENT_ID_MAX_LENGTH,
  OAUTH_SCOPES_MAX_LENGTH,
  OAUTH_TENANT_MAX_LENGTH,
  OAUTH_URL_MAX_LENGTH,
  offersFlow,
} from '@mailroom/shared'
import { Field, InputType, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { Consistent, OptionalText, ProviderUrl, RequiredText, Tenant } from '../validation/rules.js'
import { OAuthFlow, OAuthPreset } from './oauth-enums.js'

const isSettings = (object: object): object is OAuthProviderSettings =>
  object instanceof OAuthProviderSettings

/** All that an administrator may both read and write of an OAuth 2.0 provider. */
@ObjectType()
@InputType('OAuthProviderSettingsInput')
export abstract class OAuthProviderSettings {
  @Field(() => String, { description: 'What the screens call it.' })
  @Column({ type: 'varchar', length: NAME_MAX_LENGTH })
  @RequiredText(NAME_MAX_LENGTH)
  name!: string

  @Field(() => OAuthPreset, { description: 'Whose authorisation server it is.' })
  @Column({ type: 'varchar', length: 20 })
  preset!: OAuthPreset

  @Field(() => String, {
    nullable: true,
    description:
      "CUSTOM only: the https address of the server's metadata (RFC 8414, OpenID Connect Discovery), or its issuer.",
  })
  @Column({ type: 'varchar', length: OAUTH_URL_MAX_LENGTH, nullable: true })
  @ProviderUrl(OAUTH_URL_MAX_LENGTH)
  @Consistent(
    FieldRule.required,
    isSettings,
    ({ preset, metadataUrl }) => preset !== OAuthPreset.CUSTOM || !!metadataUrl?.trim(),
  )
  metadataUrl!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'MICROSOFT only: the tenant by id or domain, or "organizations" for any company; CLIENT_CREDENTIALS needs one tenant.',
  })
  @Column({ type: 'varchar', length: OAUTH_TENANT_MAX_LENGTH, nullable: true })
  @Tenant(OAUTH_TENANT_MAX_LENGTH)
  tenant!: string | null

  @Field(() => String, {
    description: 'As the provider gave it when Mailroom was registered there.',
  })
  @Column({ type: 'varchar', length: OAUTH_CLIENT_ID_MAX_LENGTH })
  @RequiredText(OAUTH_CLIENT_ID_MAX_LENGTH)
  clientId!: string

  @Field(() => String, {
    description: 'What is asked for: scopes with spaces between them (RFC 6749 section 3.3).',
    defaultValue: '',
  })
  @Column({ type: 'varchar', length: OAUTH_SCOPES_MAX_LENGTH })
  @OptionalText(OAUTH_SCOPES_MAX_LENGTH)
  scopes!: string

  @Field(() => OAuthFlow, {
    description: 'Who signs in at the provider.',
    defaultValue: OAuthFlow.AUTHORIZATION_CODE,
  })
  @Column({ type: 'varchar', length: 20 })
  @Consistent(FieldRule.oauthFlow, isSettings, ({ preset, flow }) => offersFlow(preset, flow))
  flow!: OAuthFlow
}
