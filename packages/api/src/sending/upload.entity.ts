import { FILENAME_MAX_LENGTH } from '@mailroom/shared'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { Draft } from './draft.entity.js'
import { Sending } from './sending.entity.js'

/** A file on its way into a message, its bytes apart (upload-part.entity.ts). */
@Entity('upload')
@ObjectType({ description: "A file of the caller's that a message can bring along." })
@Index('upload_user_id', ['userId'])
@Index('upload_draft_id', ['draftId'])
@Index('upload_sending_id', ['sendingId'])
@Index('upload_unused', ['usedAt'], { where: 'draft_id IS NULL AND sending_id IS NULL' })
export class Upload {
  @Field(() => ID, { description: 'Never reused.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Column({ type: 'uuid' })
  userId!: string

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'upload_user_fk' })
  user!: User

  @Field(() => String, { description: 'What it is called.' })
  @Column({ type: 'varchar', length: FILENAME_MAX_LENGTH })
  filename!: string

  @Field(() => String, { description: 'As the browser said.' })
  @Column({ type: 'varchar', length: 255 })
  contentType!: string

  @Field(() => Int, { description: 'Bytes.' })
  @Column({ type: 'int', default: 0 })
  size!: number

  /** Whether all of it is here. */
  @Column({ type: 'boolean', default: false })
  isComplete!: boolean

  /** Within its draft or message. */
  @Column({ type: 'smallint', default: 0 })
  position!: number

  @Column({ type: 'uuid', nullable: true })
  draftId!: string | null

  @ManyToOne(() => Draft, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'draft_id', foreignKeyConstraintName: 'upload_draft_fk' })
  draft!: Draft | null

  /** The message whose source has it; kept until that is sent, should somebody change his mind. */
  @Column({ type: 'uuid', nullable: true })
  sendingId!: string | null

  @ManyToOne(() => Sending, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'sending_id', foreignKeyConstraintName: 'upload_sending_fk' })
  sending!: Sending | null

  /** When it came, or was last let go of. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  usedAt!: Date
}
