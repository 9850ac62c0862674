import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { SecretColumn } from '../secret/secret-column.js'
import { OAuthProviderSettings } from './oauth-provider-settings.js'

/** An authorisation server where Mailroom is registered as a client. */
@Entity('oauth_provider')
@ObjectType({ description: 'An OAuth 2.0 provider where Mailroom is registered as a client.' })
export class OAuthProvider extends OAuthProviderSettings {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  /** Sealed (secret/secret-box.ts). Has no field: it never leaves. */
  @SecretColumn({ nullable: true })
  clientSecret!: Buffer | null

  @Field(() => Int, {
    description: 'Grows by one with each change; updateOAuthProvider must name the one it read.',
  })
  @Column({ type: 'int', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When it was added.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date
}
