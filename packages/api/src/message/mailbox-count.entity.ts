import type { MessageFolder } from '@mailroom/shared'
import { Column, Entity, Index, PrimaryGeneratedColumn, type DataSource } from 'typeorm'

/**
 * By how much one statement changed what a folder holds, deleted messages apart, or several did:
 * triggers write it, and what a folder holds is the sum (the mailbox migration).
 */
@Entity('mailbox_count')
@Index('mailbox_count_account_id', ['accountId', 'folder'])
export class MailboxCount {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  @Column({ type: 'uuid' })
  accountId!: string

  @Column({ type: 'varchar', length: 8 })
  folder!: MessageFolder

  @Column({ type: 'int' })
  total!: number

  @Column({ type: 'int' })
  unread!: number

  /** How many changes these are of what a list shows. */
  @Column({ type: 'int', default: 1 })
  change!: number
}

/** What a folder holds. */
export type FolderCount = Omit<MailboxCount, 'id'>

/** Of these accounts; a folder that never held anything is none of them. */
export function folderCounts(
  dataSource: DataSource,
  accountIds: readonly string[],
): Promise<FolderCount[]> {
  return dataSource.query(
    `SELECT account_id AS "accountId", folder, sum(total)::int AS total, sum(unread)::int AS unread,
       sum(change)::int AS change
     FROM mailbox_count WHERE account_id = ANY ($1::uuid[]) GROUP BY account_id, folder`,
    [accountIds],
  )
}
