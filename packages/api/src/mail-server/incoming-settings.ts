import { FieldRule } from '@mailroom/shared'
import { Field, InputType, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { Consistent } from '../validation/rules.js'
import { EndpointSettings } from './endpoint-settings.js'
import { IncomingAuthMethod, MailProtocol } from './mail-server-enums.js'

const DESCRIPTION = 'How mail is received (POP3, RFC 1939; IMAP4, RFC 3501 and RFC 9051).'

/** How mail is received: column, field and rule of each setting, once. */
@ObjectType({ description: DESCRIPTION })
@InputType('IncomingSettingsInput', { description: DESCRIPTION })
export class IncomingSettings extends EndpointSettings {
  @Field(() => MailProtocol, { description: 'POP3 or IMAP4.' })
  @Column({ type: 'varchar', length: 20 })
  protocol!: MailProtocol

  @Field(() => IncomingAuthMethod, {
    description:
      'By name and password, or by an OAuth 2.0 token. The one chosen is the one used; there is no fallback.',
    defaultValue: IncomingAuthMethod.PASSWORD,
  })
  @Column({ type: 'varchar', length: 20 })
  authMethod!: IncomingAuthMethod

  @Field(() => Boolean, {
    description:
      'POP3 with PASSWORD only. Chosen and not offered is an error: never falls back to USER and PASS.',
    defaultValue: false,
  })
  @Column({ type: 'boolean' })
  @Consistent(
    FieldRule.apopNeedsPop3,
    (object) => object instanceof IncomingSettings,
    ({ apop, protocol }) => !apop || protocol === MailProtocol.POP3,
  )
  apop!: boolean
}
