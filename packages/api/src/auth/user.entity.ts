import { LOGIN_NAME_MAX_LENGTH, UserRole } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'ADMIN manages everything. USER has mail accounts.',
})

/** The unique index of login names, as PostgreSQL names it in a refusal. */
export const LOGIN_NAME_UNIQUE = 'app_user_login_name_key_unique'
/** An issuer is a URL; a subject has at most 255 ASCII characters (OpenID Connect Core section 2). */
const ISSUER_MAX_LENGTH = 1_000
const SUBJECT_MAX_LENGTH = 255

/** A person who signs in. */
@Entity('app_user')
@ObjectType({ description: 'A person who signs in.' })
@Index(LOGIN_NAME_UNIQUE, ['loginNameKey'], { unique: true })
@Index('app_user_oidc_unique', ['oidcIssuer', 'oidcSubject'], { unique: true })
@Check('app_user_oidc_whole', '(oidc_issuer IS NULL) = (oidc_subject IS NULL)')
export class User {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => String, { description: 'What the person types to sign in.' })
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
  loginName!: string

  /** What login names are compared by (shared loginNameKey). */
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH * 18 })
  loginNameKey!: string

  @Field(() => String, { description: 'What the screens call the person.' })
  @Column({ type: 'varchar', length: LOGIN_NAME_MAX_LENGTH })
  displayName!: string

  @Field(() => UserRole, { description: 'What the person may do.' })
  @Column({ type: 'varchar', length: 20 })
  role!: UserRole

  /** argon2id in PHC string format; null for who signs in by OpenID Connect only. Has no field: it never leaves. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  passwordHash!: string | null

  /** Who the person is for the provider of OpenID Connect: both, or neither. */
  @Column({ type: 'varchar', length: ISSUER_MAX_LENGTH, nullable: true })
  oidcIssuer!: string | null

  @Column({ type: 'varchar', length: SUBJECT_MAX_LENGTH, nullable: true })
  oidcSubject!: string | null

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when the person may not sign in; null: may.',
  })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deactivatedAt!: Date | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'null: never.' })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastSignInAt!: Date | null

  @Field(() => Int, {
    description: 'Grows by one with each change, by an administrator or the person.',
  })
  @Column({ type: 'integer', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When the person was added.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When the person was last changed.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date
}
