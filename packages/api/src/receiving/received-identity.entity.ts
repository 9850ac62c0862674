import { UNIQUE_ID_MAX_LENGTH } from '@mailroom/shared'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/**
 * That a message which a server calls so has been received: what keeps it from being stored twice.
 * Outlives the message, so that what a person has deleted here does not come back.
 */
@Entity('received_identity')
@Index('received_identity_sha256', ['accountId', 'sha256'])
@Index('received_identity_present', ['accountId', 'mailboxKey'], {
  where: 'removed_at IS NULL AND missed_at IS NULL',
})
export class ReceivedIdentity {
  @PrimaryColumn({ type: 'uuid' })
  accountId!: string

  /** Within which ids name the same messages (mailbox-key.ts). */
  @PrimaryColumn({ type: 'bytea' })
  mailboxKey!: Buffer

  /** Hash of the UIDL or UID, or the content's where there is none. */
  @PrimaryColumn({ type: 'bytea' })
  idKey!: Buffer

  /** Of the source. Part of the key: a server may give an id to other bytes (RFC 1939 section 7). */
  @PrimaryColumn({ type: 'bytea' })
  sha256!: Buffer

  /** The message that it was stored as, which may be gone. */
  @Column({ type: 'uuid' })
  messageId!: string

  @Column({ type: 'varchar', length: UNIQUE_ID_MAX_LENGTH, nullable: true })
  uniqueId!: string | null

  @Column({ type: 'int' })
  sizeBytes!: number

  /** How many messages of the same id and bytes one listing had. */
  @Column({ type: 'smallint', default: 1 })
  copies!: number

  @Column({ type: 'uuid' })
  runId!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  receivedAt!: Date

  /** When the server confirmed that it removed it for us: the same id later is another message. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  removedAt!: Date | null

  /** Since when it is missing in a full listing: the same id later may be another message. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  missedAt!: Date | null

  /** When it was marked to be deleted, at a server that removes no single message: once is enough. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  markedAt!: Date | null
}
