import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { Message } from './message.entity.js'

/** A message byte for byte, where PostgreSQL keeps it (message-source-store.ts). */
@Entity('message_source')
export class MessageSource {
  @PrimaryColumn({ type: 'uuid' })
  messageId!: string

  @OneToOne(() => Message, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'message_source_message_fk' })
  message!: Message

  @Column({ type: 'bytea' })
  source!: Buffer
}
