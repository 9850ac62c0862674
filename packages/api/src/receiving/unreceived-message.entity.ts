import { UNIQUE_ID_MAX_LENGTH } from '@mailroom/shared'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'

/** A message that stays on its server, and why; gone from here once it is received, or no longer there. */
@Entity('unreceived_message')
export class UnreceivedMessage {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  @ManyToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'unreceived_message_account_fk' })
  account!: MailAccount

  @PrimaryColumn({ type: 'bytea' })
  mailboxKey!: Buffer

  @PrimaryColumn({ type: 'bytea' })
  idKey!: Buffer

  @Column({ type: 'varchar', length: UNIQUE_ID_MAX_LENGTH, nullable: true })
  uniqueId!: string | null

  /** As the server says. */
  @Column({ type: 'bigint', nullable: true })
  sizeBytes!: string | null

  @Column({ type: 'varchar', length: 40 })
  problem!: string

  @Column({ type: 'text', nullable: true })
  detail!: string | null

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  firstSeenAt!: Date

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  lastSeenAt!: Date

  @Column({ type: 'uuid' })
  runId!: string
}
