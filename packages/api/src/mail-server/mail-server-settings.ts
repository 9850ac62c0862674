import { CODE_MAX_LENGTH, FieldRule, NAME_MAX_LENGTH } from '@mailroom/shared'
import { ValidateNested } from 'class-validator'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { Column, Index } from 'typeorm'
import { Reference, RequiredText } from '../validation/rules.js'
import { IncomingSettings } from './incoming-settings.js'
import { OutgoingSettings } from './outgoing-settings.js'

/** All that an administrator may both read and write of a mail server. */
@ObjectType()
@InputType('MailServerSettingsInput')
export abstract class MailServerSettings {
  @Field(() => String, {
    description:
      'Tells this server from every other one; unique among the servers not deleted, compared in NFKC without regard to case.',
  })
  @Column({ type: 'varchar', length: CODE_MAX_LENGTH })
  @RequiredText(CODE_MAX_LENGTH)
  code!: string

  @Field(() => String, { description: 'What the dropdown shows. Two servers may share it.' })
  @Column({ type: 'varchar', length: NAME_MAX_LENGTH })
  @RequiredText(NAME_MAX_LENGTH)
  name!: string

  @Field(() => OutgoingSettings, { description: 'How mail is sent.' })
  @Column(() => OutgoingSettings)
  @ValidateNested()
  outgoing!: OutgoingSettings

  @Field(() => IncomingSettings, { description: 'How mail is received.' })
  @Column(() => IncomingSettings)
  @ValidateNested()
  incoming!: IncomingSettings

  @Field(() => ID, {
    nullable: true,
    description: 'Whose tokens the sides with XOAUTH2 sign in with. Null where neither has it.',
  })
  @Index('mail_server_oauth_provider_id')
  @Column({ type: 'uuid', nullable: true })
  @Reference(FieldRule.oauthProvider)
  oauthProviderId!: string | null
}
