import type { MessageFolder } from '@mailroom/shared'
import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What a folder holds, deleted messages apart; triggers keep it (the mailbox migration). */
@Entity('mailbox_count')
export class MailboxCount {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  @PrimaryColumn({ type: 'varchar', length: 8 })
  folder!: MessageFolder

  @Column({ type: 'int' })
  total!: number

  @Column({ type: 'int' })
  unread!: number

  /** Another one after each change of what its list shows. */
  @Column({ type: 'int', default: 1 })
  change!: number
}
