import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An account that is gone and whose mail is still to go; a trigger notes it (the receiving migration). */
@Entity('mail_removal')
export class MailRemoval {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  askedAt!: Date
}
