import { CODE_MAX_LENGTH } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { OAuthProvider } from '../oauth/oauth-provider.entity.js'
import { MailServerSettings } from './mail-server-settings.js'

/** The constraint that a second live server with the same code meets. */
export const CODE_UNIQUE = 'mail_server_code_key_unique'

/** The constraint that a provider which does not exist, or is deleted while in use, meets. */
export const OAUTH_PROVIDER_FK = 'mail_server_oauth_provider_fk'

/** A mail server of the company: its settings, its place in the display order, its history. */
@Entity('mail_server')
@ObjectType({ description: 'A mail server that the administrator has registered.' })
// Checked at COMMIT, so that one statement may renumber everything.
@Unique('mail_server_position_unique', ['position'], { deferrable: 'INITIALLY DEFERRED' })
@Check('mail_server_position_iff_live', '(position IS NULL) = (deleted_at IS NOT NULL)')
@Index(CODE_UNIQUE, ['codeKey'], { unique: true, where: 'deleted_at IS NULL' })
export class MailServer extends MailServerSettings {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @ManyToOne(() => OAuthProvider, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'oauth_provider_id', foreignKeyConstraintName: OAUTH_PROVIDER_FK })
  oauthProvider!: OAuthProvider | null

  /** What codes are compared by (shared codeKey). NFKC may grow a character to eighteen. */
  @Column({ type: 'varchar', length: CODE_MAX_LENGTH * 18 })
  codeKey!: string

  @Field(() => Int, {
    description:
      '1-based place in the display order: a permutation of 1..N over the servers not deleted. 0 for a deleted one.',
  })
  @Column({ type: 'int', nullable: true })
  position!: number | null

  @Field(() => Int, {
    description:
      'Grows by one with each change of the settings, deletion and restoring; updateMailServer must name the one it read. A new place in the order leaves it.',
  })
  @Column({ type: 'int', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When it was added.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When its settings last changed.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was deleted; restoreMailServers brings it back.',
  })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deletedAt!: Date | null
}
