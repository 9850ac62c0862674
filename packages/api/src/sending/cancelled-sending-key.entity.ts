import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MailAccount } from '../account/account.entity.js'

/** The key of a mail that was taken back: a request that comes late must not send it after all. */
@Entity('cancelled_sending_key')
export class CancelledSendingKey {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  @ManyToOne(() => MailAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'cancelled_sending_key_account_fk' })
  account!: MailAccount

  @PrimaryColumn({ type: 'varchar', length: 100 })
  idempotencyKey!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  cancelledAt!: Date
}
