import {
  CODE_MAX_LENGTH,
  DELETE_AFTER_MAX_DAYS,
  DELETE_AFTER_MIN_DAYS,
  EMAIL_MAX_LENGTH,
  FieldRule,
  NAME_MAX_LENGTH,
  USERNAME_MAX_LENGTH,
} from '@mailroom/shared'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Column, Index } from 'typeorm'
import {
  EmailAddress,
  OptionalBetween,
  OptionalText,
  Reference,
  RequiredText,
} from '../validation/rules.js'

/** All that may be both read and written of a mail account. */
@ObjectType()
@InputType('AccountSettingsInput')
export abstract class AccountSettings {
  @Field(() => String, {
    description:
      'Tells this account from every other one; unique, compared in NFKC without regard to case.',
  })
  @Column({ type: 'varchar', length: CODE_MAX_LENGTH })
  @RequiredText(CODE_MAX_LENGTH)
  code!: string

  /** Kept empty where it is the e-mail address, which account-reader.ts then gives in its place. */
  @Field(() => String, { description: 'What the screens call it. Blank: the e-mail address.' })
  @Column({ type: 'varchar', length: NAME_MAX_LENGTH })
  @OptionalText(NAME_MAX_LENGTH)
  name!: string

  @Field(() => String, { description: 'The address that mail is sent from.' })
  @Column({ type: 'varchar', length: EMAIL_MAX_LENGTH })
  @EmailAddress()
  email!: string

  @Field(() => String, {
    description:
      'Signs in to the incoming side, and to the outgoing one where the server has no account of its own for sending. Where Mailroom signs in by a token of its own, only administrators set it.',
  })
  @Column({ type: 'varchar', length: USERNAME_MAX_LENGTH })
  @RequiredText(USERNAME_MAX_LENGTH)
  incomingUsername!: string

  @Field(() => String, {
    nullable: true,
    description:
      'Signs in to the outgoing side. Null where the server asks for none (MailServerOption.needsOutgoingCredentials).',
  })
  @Column({ type: 'varchar', length: USERNAME_MAX_LENGTH, nullable: true })
  @OptionalText(USERNAME_MAX_LENGTH)
  outgoingUsername!: string | null

  @Field(() => ID, {
    nullable: true,
    description:
      "Of the owner's oauthGrants, the one that signs in where the server uses OAuth 2.0 (MailServerOption.oauthProviderId).",
  })
  @Index('mail_account_oauth_grant_id')
  @Column({ type: 'uuid', nullable: true })
  @Reference(FieldRule.oauthGrant)
  oauthGrantId!: string | null

  @Field(() => Boolean, {
    description: 'Leave received mail on the incoming server.',
    defaultValue: true,
  })
  @Column({ type: 'boolean' })
  leaveOnServer!: boolean

  @Field(() => Int, {
    nullable: true,
    description:
      'Left on the server, then deleted there after so many days, 1 to 3650; null: never. Null where mail is not left.',
  })
  @Column({ type: 'int', nullable: true })
  @OptionalBetween(DELETE_AFTER_MIN_DAYS, DELETE_AFTER_MAX_DAYS)
  deleteAfterDays!: number | null

  @Field(() => Boolean, {
    description: 'Whether it sends and receives.',
    defaultValue: true,
  })
  @Column({ type: 'boolean' })
  enabled!: boolean
}
