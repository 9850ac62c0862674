import { RunReason, RunState } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'
import './receiving-enums.js'

@Entity('receive_run')
@ObjectType({
  description:
    "One receiving of one account's mail. Once it is over, found = stored + alreadyHad + failed + tooLarge.",
})
@Index('receive_run_account_id', ['accountId', 'id'])
@Index('receive_run_under_way', ['accountId'], {
  unique: true,
  where: "state IN ('QUEUED', 'RUNNING')",
})
export class ReceiveRun {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => ID, { description: 'Whose mail is received.' })
  @Column({ type: 'uuid' })
  accountId!: string

  @ManyToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'receive_run_account_fk' })
  account!: MailAccount

  @Field(() => RunReason, { description: 'Why it was started.' })
  @Column({ type: 'varchar', length: 8 })
  reason!: RunReason

  /** The person's, who may be gone; null: by schedule. */
  @Column({ type: 'uuid', nullable: true })
  askedById!: string | null

  /** As it was then: the login name, and a program's token. The person himself and administrators see it. */
  @Column({ type: 'text', nullable: true })
  askedByName!: string | null

  @Field(() => RunState, { description: 'Where it stands.' })
  @Column({ type: 'varchar', length: 8, default: RunState.QUEUED })
  state!: RunState

  @Field(() => Int, {
    nullable: true,
    description: 'Messages found new on the server, once known. Over IMAP4: the unread ones.',
  })
  @Column({ type: 'int', nullable: true })
  found!: number | null

  @Field(() => Int, { description: 'Stored in this run.' })
  @Column({ type: 'int', default: 0 })
  stored!: number

  @Field(() => Int, { description: 'Found to be here already, by the server’s id or the content.' })
  @Column({ type: 'int', default: 0 })
  alreadyHad!: number

  @Field(() => Int, {
    description: 'Not received, and still on the server; tried again the next time.',
  })
  @Column({ type: 'int', default: 0 })
  failed!: number

  @Field(() => Int, { description: 'Over the size limit: left on the server and listed.' })
  @Column({ type: 'int', default: 0 })
  tooLarge!: number

  @Field(() => String, {
    nullable: true,
    description:
      'A stable code, as in DiagnosisStep.problem. With DONE: what did not work, though all mail is here.',
  })
  @Column({ type: 'varchar', length: 40, nullable: true })
  problem!: string | null

  /** What the server said, secrets out. Administrators and the owner see it. */
  @Column({ type: 'text', nullable: true })
  detail!: string | null

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  cancelAskedAt!: Date | null

  @Field(() => GraphQLDateTime, { description: 'When it was asked for.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  queuedAt!: Date

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When a worker took it up.' })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  startedAt!: Date | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was over.' })
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  endedAt!: Date | null
}
