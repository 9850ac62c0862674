import { RecipientState, type RecipientKind } from '@mailroom/shared'
import { Field, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Sending } from './sending.entity.js'
import './sending-enums.js'

@Entity('sending_recipient')
@ObjectType({ description: 'What became of one recipient.' })
export class SendingRecipient {
  @PrimaryColumn({ type: 'uuid' })
  sendingId!: string

  @ManyToOne(() => Sending, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'sending_id', foreignKeyConstraintName: 'sending_recipient_sending_fk' })
  sending!: Sending

  /** 0-based, in the order given. */
  @PrimaryColumn({ type: 'int' })
  position!: number

  @Column({ type: 'varchar', length: 3 })
  kind!: RecipientKind

  @Field(() => String, { description: 'As it was given.' })
  @Column({ type: 'text' })
  address!: string

  @Field(() => RecipientState, { description: 'Whether the server took the message for it.' })
  @Column({ type: 'varchar', length: 8, default: RecipientState.PENDING })
  state!: RecipientState

  @Field(() => String, {
    nullable: true,
    description: "The server's last words about it, secrets out.",
  })
  @Column({ type: 'text', nullable: true })
  said!: string | null
}
