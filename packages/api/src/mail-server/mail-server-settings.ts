import { CODE_MAX_LENGTH, NAME_MAX_LENGTH } from '@mailroom/shared'
import { ValidateNested } from 'class-validator'
import { Field, InputType, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { RequiredText } from '../validation/rules.js'
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
}
