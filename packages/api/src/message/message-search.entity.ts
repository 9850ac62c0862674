import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { Message } from './message.entity.js'

/** By what a message is found (search-terms.ts); written when it is parsed. */
@Entity('message_search')
@Index('message_search_terms', ['terms'], { type: 'gin' })
export class MessageSearch {
  @PrimaryColumn({ type: 'uuid' })
  messageId!: string

  @OneToOne(() => Message, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'message_search_message_fk' })
  message!: Message

  @Column({ type: 'tsvector' })
  terms!: string
}
