import { type MessageFolder, ParseState } from '@mailroom/shared'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/**
 * A message as lists show it. Its source stands apart (message-source-part.entity.ts), and what parsing found in
 * it too (message-content.entity.ts). Belongs to an account, which its mail outlives for a moment
 * (mail-removal.entity.ts): whoever reads it asks for the account first.
 */
@Entity('message')
@Index('message_account_id', ['accountId', 'folder', 'id'], { where: 'deleted_at IS NULL' })
@Index('message_unread', ['accountId', 'folder', 'id'], {
  where: 'deleted_at IS NULL AND NOT is_read',
})
@Index('message_deleted', ['deletedAt'], { where: 'deleted_at IS NOT NULL' })
@Index('message_parse_pending', ['id'], { where: "parse_state = 'PENDING'" })
@Index('message_parse_failed', ['accountId', 'id'], { where: "parse_state = 'FAILED'" })
export class Message {
  /** Grows with time: the order of a list. */
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Column({ type: 'uuid' })
  accountId!: string

  @Column({ type: 'varchar', length: 8 })
  folder!: MessageFolder

  @Column({ type: 'int' })
  sizeBytes!: number

  /** Of the source. */
  @Column({ type: 'bytea' })
  sha256!: Buffer

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  storedAt!: Date

  @Column({ type: 'boolean', default: false })
  isRead!: boolean

  /** Hidden since then, and removed for good some time later. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deletedAt!: Date | null

  @Column({ type: 'varchar', length: 8, default: ParseState.PENDING })
  parseState!: ParseState

  /** Why parsing failed, as a stable code (parsing/). */
  @Column({ type: 'varchar', length: 32, nullable: true })
  parseProblem!: string | null

  /** A message that takes its process down is given up after a few. */
  @Column({ type: 'smallint', default: 0 })
  parseAttempts!: number

  /** Some process is at it until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  parseClaimedUntil!: Date | null

  // What follows is parsed. None of it is unique or to be relied on: mail says anything.

  @Column({ type: 'text', nullable: true })
  messageId!: string | null

  @Column({ type: 'text', default: '' })
  subject!: string

  /** The beginning of its text. */
  @Column({ type: 'text', default: '' })
  snippet!: string

  @Column({ type: 'text', nullable: true })
  fromName!: string | null

  @Column({ type: 'text', nullable: true })
  fromAddress!: string | null

  /** Its Date, where it is one. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  sentAt!: Date | null

  @Column({ type: 'int', default: 0 })
  attachmentCount!: number
}
