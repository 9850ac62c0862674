import { CODE_MAX_LENGTH } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { MailServerOption } from '../mail-server/mail-server-option.type.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import { SecretColumn, secretPlace } from '../secret/secret-column.js'
import { AccountSettings } from './account-settings.js'

/** The constraint that a second account with the same code meets. */
export const ACCOUNT_CODE_UNIQUE = 'mail_account_code_key_unique'
/** The constraints that an account meets whose owner, or whose grant, is gone. */
export const USER_FK = 'mail_account_user_fk'
export const OAUTH_GRANT_FK = 'mail_account_oauth_grant_fk'

/** One person's address at one mail server. The server is kept as it was chosen, also once deleted. */
@Entity('mail_account')
@ObjectType({
  description: "A user account of the mail application: one person's address at one mail server.",
})
@Index(ACCOUNT_CODE_UNIQUE, ['codeKey'], { unique: true })
@Index('mail_account_user_id', ['userId', 'codeKey'])
@Index('mail_account_mail_server_id', ['mailServerId', 'codeKey'])
export class MailAccount extends AccountSettings {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  /** What codes are compared, and lists ordered by (shared codeKey). */
  @Column({ type: 'varchar', length: CODE_MAX_LENGTH * 18 })
  codeKey!: string

  /** What is searched: code, name and address, folded like codes. */
  @Column({ type: 'text' })
  searchText!: string

  @Column({ type: 'uuid' })
  userId!: string

  @Field(() => User, { description: 'Whose it is. Deleting the person deletes it.' })
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: USER_FK })
  user!: User

  @Column({ type: 'uuid' })
  mailServerId!: string

  @ManyToOne(() => MailServer, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'mail_server_id', foreignKeyConstraintName: 'mail_account_mail_server_fk' })
  server!: MailServer

  @ManyToOne(() => OAuthGrant, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'oauth_grant_id', foreignKeyConstraintName: OAUTH_GRANT_FK })
  oauthGrant!: OAuthGrant | null

  /** Sealed (secret/secret-box.ts), as is the outgoing one. Have no field: they never leave. */
  @SecretColumn({ nullable: true })
  incomingPassword!: Buffer | null

  @SecretColumn({ nullable: true })
  outgoingPassword!: Buffer | null

  @Field(() => Int, {
    description:
      'Grows by one with each change, a move to another server too; updateMailAccount must name the one it read.',
  })
  @Column({ type: 'int', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When it was added.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When it last changed.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date

  // What follows is no column: account-reader.ts adds it to each row, since a resolver of each field
  // would take longer than all the rest where a list is long.

  @Field(() => MailServerOption, {
    description: 'Stays as it was chosen when the server is deleted; deletedAt then says so.',
  })
  mailServer!: MailServerOption

  @Field(() => Boolean, {
    description: 'Whether an incoming password is stored. It is never answered.',
  })
  hasIncomingPassword!: boolean

  @Field(() => Boolean, {
    description: 'Whether an outgoing password is stored. It is never answered.',
  })
  hasOutgoingPassword!: boolean

  @Field(() => String, {
    nullable: true,
    description:
      'Why it needs attention, as a stable code such as MAIL_SERVER_DELETED; all are in docs/diagnosis.md.',
  })
  problem!: string | null
}

/** The columns that hold a secret. */
export const PASSWORD_FIELDS = ['incomingPassword', 'outgoingPassword'] as const
export type PasswordField = (typeof PASSWORD_FIELDS)[number]

/** Where an account's password stands, for the secret box. */
export const passwordPlace = (id: string, field: PasswordField) =>
  secretPlace(MailAccount, field, id)
