import { Column, Entity, PrimaryColumn } from 'typeorm'

/**
 * A piece of a message, byte for byte, where PostgreSQL keeps it (message-source-store.ts). A trigger
 * removes it with its message: a foreign key would be checked for each piece.
 */
@Entity('message_source_part')
export class MessageSourcePart {
  @PrimaryColumn({ type: 'uuid' })
  messageId!: string

  /** From 0, without gaps. */
  @PrimaryColumn({ type: 'int' })
  part!: number

  @Column({ type: 'bytea' })
  bytes!: Buffer
}
