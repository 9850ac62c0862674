import {
  HOST_MAX_LENGTH,
  POP_BEFORE_SMTP_WAIT_MAX_SECONDS,
  POP_BEFORE_SMTP_WAIT_MIN_SECONDS,
  PORT_MAX,
  PORT_MIN,
  TIMEOUT_DEFAULT_SECONDS,
  TIMEOUT_MAX_SECONDS,
  TIMEOUT_MIN_SECONDS,
} from '@mailroom/shared'
import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Column } from 'typeorm'
import { Between, Fingerprint, Host } from '../validation/rules.js'
import { EncryptionMode, SmtpAuthMethod, SmtpCredentials } from './mail-server-enums.js'

/** How mail is sent: column, field and rule of each setting, once. */
@ObjectType({ description: 'How mail is sent (SMTP, RFC 5321).' })
@InputType('OutgoingSettingsInput', { description: 'How mail is sent (SMTP, RFC 5321).' })
export class OutgoingSettings {
  @Field(() => String, { description: 'A host name (IDN allowed), an IPv4 or an IPv6 literal.' })
  @Column({ type: 'varchar', length: HOST_MAX_LENGTH })
  @Host(HOST_MAX_LENGTH)
  host!: string

  @Field(() => Int, { description: '1 to 65535.' })
  @Column({ type: 'int' })
  @Between(PORT_MIN, PORT_MAX)
  port!: number

  @Field(() => EncryptionMode, {
    description: 'Whether and how the connection is encrypted.',
    defaultValue: EncryptionMode.SSL,
  })
  @Column({ type: 'varchar', length: 20 })
  encryption!: EncryptionMode

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

  @Field(() => Int, {
    description: '1 to 120: the wall clock of each step of the protocol.',
    defaultValue: TIMEOUT_DEFAULT_SECONDS,
  })
  @Column({ type: 'int' })
  @Between(TIMEOUT_MIN_SECONDS, TIMEOUT_MAX_SECONDS)
  timeoutSeconds!: number

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the one certificate to trust in place of the system's authorities, as 64 hex digits.",
  })
  @Column({ type: 'varchar', length: 64, nullable: true })
  @Fingerprint()
  pinnedCertificate!: string | null
}
