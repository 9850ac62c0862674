import { API_TOKEN_NAME_MAX_LENGTH, ApiTokenState, UserRole } from '@mailroom/shared'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from './user.entity.js'

registerEnumType(ApiTokenState, {
  name: 'ApiTokenState',
  description:
    'ACTIVE can be used. SUSPENDED cannot while its person is deactivated; EXPIRED and REVOKED never again.',
})

/** What a program signs in with. Only the SHA-256 of the token itself is kept. */
@Entity('api_token')
@ObjectType({ description: 'What a program signs in with, in the place of who made it.' })
export class ApiToken {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => String, { description: 'What the program is called, in lists and the audit log.' })
  @Column({ type: 'varchar', length: API_TOKEN_NAME_MAX_LENGTH })
  name!: string

  @Field(() => UserRole, {
    description: 'What it may do at most; never more than `user`, whose place it takes, may.',
  })
  @Column({ type: 'varchar', length: 20 })
  role!: UserRole

  @Index('api_token_user_id')
  @Column({ type: 'uuid' })
  userId!: string

  @Field(() => User, { description: 'Who made it, and whose it ends with.' })
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'api_token_user_fk' })
  user!: User

  @Index('api_token_token_hash_unique', { unique: true })
  @Column({ type: 'bytea' })
  tokenHash!: Buffer

  @Field(() => String, { description: 'The last four characters, to know it by.' })
  @Column({ type: 'varchar', length: 4 })
  ending!: string

  @Field(() => Date, { description: 'When it was made.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => Date, { description: 'When it ends by itself.' })
  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt!: Date

  @Field(() => Date, { nullable: true, description: 'Right to within five minutes; null: never.' })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'When somebody ended it.' })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null
}
