import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'
import { User } from '../auth/user.entity.js'
import type { DraftContent } from './draft-content.js'

/** The constraint that a draft meets whose account is gone. */
export const DRAFT_ACCOUNT_FK = 'draft_account_fk'

@Entity('draft')
@ObjectType({ description: "A message that the caller is writing; nobody else's to see." })
@Index('draft_user_account', ['userId', 'accountId', 'updatedAt'])
@Index('draft_account_id', ['accountId'])
export class Draft implements DraftContent {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Column({ type: 'uuid' })
  userId!: string

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'draft_user_fk' })
  user!: User

  @Field(() => ID, { description: 'The account that is to send it.' })
  @Column({ type: 'uuid' })
  accountId!: string

  @ManyToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: DRAFT_ACCOUNT_FK })
  account!: MailAccount

  @Field(() => [String], { description: 'As typed, whether or not they are addresses.' })
  @Column({ type: 'text', array: true })
  to!: string[]

  @Field(() => [String], { description: 'Others who are to see it.' })
  @Column({ type: 'text', array: true })
  cc!: string[]

  @Field(() => [String], { description: 'Who is to get it and not to be seen.' })
  @Column({ type: 'text', array: true })
  bcc!: string[]

  @Field(() => String, { description: 'One line.' })
  @Column({ type: 'text' })
  subject!: string

  @Field(() => String, { description: 'Plain text.' })
  @Column({ type: 'text' })
  text!: string

  @Field(() => String, { nullable: true, description: 'The same as HTML.' })
  @Column({ type: 'text', nullable: true })
  html!: string | null

  @Field(() => ID, { nullable: true, description: 'The message that it answers.' })
  @Column({ type: 'uuid', nullable: true })
  replyToId!: string | null

  @Field(() => ID, { nullable: true, description: 'The message that it passes on.' })
  @Column({ type: 'uuid', nullable: true })
  forwardOfId!: string | null

  @Field(() => [ID], { description: 'Attachments of forwardOfId that are to go along.' })
  @Column({ type: 'text', array: true })
  forwardAttachmentIds!: string[]

  @Field(() => Int, {
    description: 'Grows by one each time that it is saved; saveDraft must name the one it read.',
  })
  @Column({ type: 'int', default: 1 })
  version!: number

  @Field(() => GraphQLDateTime, { description: 'When it was last saved.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date
}
