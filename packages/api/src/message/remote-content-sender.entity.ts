import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../auth/user.entity.js'

/** A sender whose remote images somebody wants to see. */
@Entity('remote_content_sender')
export class RemoteContentSender {
  @PrimaryColumn({ type: 'uuid' })
  userId!: string

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'remote_content_sender_user_fk' })
  user!: User

  /** Folded, so that one address is one row however it is written. */
  @PrimaryColumn({ type: 'varchar', length: 320 })
  sender!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  allowedAt!: Date
}
