import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { Message } from './message.entity.js'

interface StoredAddress {
  readonly name: string | null
  readonly address: string
}

/** What parsing found in a message and no list shows. */
@Entity('message_content')
export class MessageContent {
  @PrimaryColumn({ type: 'uuid' })
  messageId!: string

  @OneToOne(() => Message, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'message_content_message_fk' })
  message!: Message

  @Column({ type: 'jsonb' })
  replyTo!: readonly StoredAddress[]

  /** To. */
  @Column({ type: 'jsonb' })
  recipients!: readonly StoredAddress[]

  /** Cc. */
  @Column({ type: 'jsonb' })
  copies!: readonly StoredAddress[]

  @Column({ type: 'text', nullable: true })
  inReplyTo!: string | null

  @Column({ type: 'text', array: true })
  messageReferences!: string[]

  @Column({ type: 'text', nullable: true })
  text!: string | null

  /** As it came: whoever shows it makes it safe. */
  @Column({ type: 'text', nullable: true })
  html!: string | null

  /** Whether the message has more than is kept here; its source has all. */
  @Column({ type: 'boolean' })
  isCut!: boolean
}
