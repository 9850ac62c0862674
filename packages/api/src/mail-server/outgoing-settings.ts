import {
  POP_BEFORE_SMTP_WAIT_MAX_SECONDS,
  POP_BEFORE_SMTP_WAIT_MIN_SECONDS,
} from '@mailroom/shared'
import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { Between } from '../validation/rules.js'
import { EndpointSettings } from './endpoint-settings.js'
import { SmtpAuthMethod, SmtpCredentials } from './mail-server-enums.js'

const DESCRIPTION = 'How mail is sent (SMTP, RFC 5321).'

/** How mail is sent: column, field and rule of each setting, once. */
@ObjectType({ description: DESCRIPTION })
@InputType('OutgoingSettingsInput', { description: DESCRIPTION })
export class OutgoingSettings extends EndpointSettings {
  @Field(() => SmtpAuthMethod, {
    description: 'The SMTP AUTH mechanism (RFC 4954).',
    defaultValue: SmtpAuthMethod.NONE,
  })
  @Column({ type: 'varchar', length: 20 })
  authMethod!: SmtpAuthMethod

  @Field(() => SmtpCredentials, {
    description:
      'Whose user name and password authenticate sending. INCOMING where authMethod is NONE.',
    defaultValue: SmtpCredentials.INCOMING,
  })
  @Column({ type: 'varchar', length: 20 })
  credentials!: SmtpCredentials

  @Field(() => Boolean, {
    description: 'Sign in to the incoming server before each sending.',
    defaultValue: false,
  })
  @Column({ type: 'boolean' })
  popBeforeSmtp!: boolean

  @Field(() => Int, {
    description: '0 to 10: between that sign-in and sending. 0 where popBeforeSmtp is false.',
    defaultValue: 0,
  })
  @Column({ type: 'int' })
  @Between(POP_BEFORE_SMTP_WAIT_MIN_SECONDS, POP_BEFORE_SMTP_WAIT_MAX_SECONDS)
  popBeforeSmtpWaitSeconds!: number
}
