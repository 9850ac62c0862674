import { MAILBOX_MAX_LENGTH } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { SecretColumn } from '../secret/secret-column.js'
import { OAuthGrantState } from './oauth-enums.js'
import { OAuthProvider } from './oauth-provider.entity.js'

/** What one person granted at a provider: the tokens for one mailbox, kept like passwords. */
@Entity('oauth_grant')
@ObjectType({ description: "What a person granted at a provider: Mailroom's access to a mailbox." })
export class OAuthGrant {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => ID, { description: 'The provider at which it was granted.' })
  @Index('oauth_grant_provider_id')
  @Column({ type: 'uuid' })
  providerId!: string

  @ManyToOne(() => OAuthProvider, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'provider_id', foreignKeyConstraintName: 'oauth_grant_provider_fk' })
  provider!: OAuthProvider

  @Index('oauth_grant_user_id')
  @Column({ type: 'uuid' })
  userId!: string

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'oauth_grant_user_fk' })
  user!: User

  @Field(() => String, { description: 'The address of the mailbox, which signs in with it.' })
  @Column({ type: 'varchar', length: MAILBOX_MAX_LENGTH })
  mailbox!: string

  @Field(() => OAuthGrantState, { description: 'Whether it still works.' })
  @Column({ type: 'varchar', length: 20 })
  state!: OAuthGrantState

  @Field(() => String, {
    nullable: true,
    description:
      'Why the last refresh failed: OAUTH_GRANT_ENDED, or AUTH_TEMPORARY where a later one may work.',
  })
  @Column({ type: 'varchar', length: 40, nullable: true })
  problem!: string | null

  /** Sealed, as is the refresh token; both null once it has ended. */
  @SecretColumn({ nullable: true })
  accessToken!: Buffer | null

  @SecretColumn({ nullable: true })
  refreshToken!: Buffer | null

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  accessExpiresAt!: Date | null

  /** Who refreshes it just now, until when: nobody else does, and no connection is held meanwhile. */
  @Column({ type: 'uuid', nullable: true })
  leaseId!: string | null

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil!: Date | null

  @Field(() => GraphQLDateTime, { description: 'When it was granted.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When it was last refreshed, or ended.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date
}
