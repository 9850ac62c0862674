import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Message } from './message.entity.js'

/** What is told of an attachment; its bytes are read out of the source when they are asked for. */
@Entity('message_attachment')
export class MessageAttachment {
  @PrimaryColumn({ type: 'uuid' })
  messageId!: string

  @ManyToOne(() => Message, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'message_attachment_message_fk' })
  message!: Message

  /** 0-based, the same for the same source. */
  @PrimaryColumn({ type: 'int' })
  position!: number

  @Column({ type: 'text', nullable: true })
  filename!: string | null

  @Column({ type: 'text' })
  contentType!: string

  @Column({ type: 'int' })
  sizeBytes!: number

  @Column({ type: 'text', nullable: true })
  contentId!: string | null

  @Column({ type: 'boolean' })
  isInline!: boolean
}
