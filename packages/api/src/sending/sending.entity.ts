import { SendState } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'
import { Message } from '../message/message.entity.js'
import type { DraftContent } from './draft-content.js'
import './sending-enums.js'

/** The constraint that the same mail, sent twice, meets. */
const IDEMPOTENCY_KEY_UNIQUE = 'sending_idempotency_key_unique'
/** The constraint that a sending meets whose account is gone. */
export const SENDING_ACCOUNT_FK = 'sending_account_fk'

@Entity('sending')
@ObjectType({ description: 'A message on its way out, or that went out.' })
@Index(IDEMPOTENCY_KEY_UNIQUE, ['accountId', 'idempotencyKey'], { unique: true })
@Index('sending_message_id', ['messageId'], { unique: true })
@Index('sending_due', ['dueAt'], { where: "state = 'QUEUED'" })
@Index('sending_account_due', ['accountId', 'dueAt'], { where: "state = 'QUEUED'" })
@Index('sending_claimed', ['claimedUntil'], { where: "state = 'SENDING'" })
@Index('sending_account_changed', ['accountId', 'changedAt'])
export class Sending {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => ID, { description: 'The account that it is sent from.' })
  @Column({ type: 'uuid' })
  accountId!: string

  @ManyToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: SENDING_ACCOUNT_FK })
  account!: MailAccount

  @Column({ type: 'uuid' })
  messageId!: string

  @ManyToOne(() => Message, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'sending_message_fk' })
  message!: Message

  @Field(() => SendState, { description: 'Where it stands.' })
  @Column({ type: 'varchar', length: 12, default: SendState.QUEUED })
  state!: SendState

  /** Whom the server is told that it is from; the account's address when it was written. */
  @Column({ type: 'text' })
  sender!: string

  @Column({ type: 'varchar', length: 100, nullable: true })
  idempotencyKey!: string | null

  /** What was written, to be written on where somebody changes his mind. None once it is sent. */
  @Column({ type: 'jsonb', nullable: true })
  content!: DraftContent | null

  /** Before this it is not sent: held, or to be tried again later. */
  @Column({ type: 'timestamptz', precision: 3 })
  dueAt!: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until then cancelSending is certain to be in time; null where it did not wait.',
  })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  holdUntil!: Date | null

  @Field(() => Int, {
    description: 'How often it was tried since it was sent, or sent once more.',
  })
  @Column({ type: 'smallint', default: 0 })
  attempts!: number

  /** Grows with each worker that takes it up: what an earlier one says counts no more. */
  @Column({ type: 'bigint', default: 0 })
  fence!: string

  /** Some worker is at it until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  claimedUntil!: Date | null

  /** Written before the final dot is: from then on nobody can say that the server has not got it. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  dotAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'Why it is not sent, or not yet: a stable code, as in DiagnosisStep.problem.',
  })
  @Column({ type: 'varchar', length: 40, nullable: true })
  problem!: string | null

  @Field(() => String, { nullable: true, description: "The server's own words, secrets out." })
  @Column({ type: 'text', nullable: true })
  detail!: string | null

  @Field(() => GraphQLDateTime, { description: 'When it was put into the outbox.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  changedAt!: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was SENT, FAILED or UNCONFIRMED.',
  })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  endedAt!: Date | null
}
