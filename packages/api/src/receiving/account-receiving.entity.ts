import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'

/** How receiving stands with an account: who may, when next, and whether it works. */
@Entity('account_receiving')
@Index('account_receiving_next_at', ['nextAt'])
@Index('account_receiving_attention', ['accountId'], {
  where: 'paused_at IS NOT NULL OR failures >= 3',
})
export class AccountReceiving {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  @OneToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'account_receiving_account_fk' })
  account!: MailAccount

  /** Grows with each lease; whoever holds an older number stores nothing more. */
  @Column({ type: 'bigint', default: 0 })
  fence!: string

  /** By the database's clock. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil!: Date | null

  /** When it is received next by itself, where that is on. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  nextAt!: Date

  /** In a row. */
  @Column({ type: 'int', default: 0 })
  failures!: number

  @Column({ type: 'int', default: 0 })
  authFailures!: number

  /** Since when nothing is received by itself, so that no server locks the account. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  pausedAt!: Date | null

  @Column({ type: 'uuid', nullable: true })
  lastRunId!: string | null

  /** When a run last went through. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastReceivedAt!: Date | null

  /** Of the last run. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  problem!: string | null
}
