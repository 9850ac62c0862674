import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { ActorKind, AuditAction, AuditSubject } from './audit-enums.js'
import type { FieldChange } from './field-changes.js'

/** One thing that somebody did. Names nothing by a foreign key: it outlives what it tells of. */
@Entity('audit_event')
@ObjectType({ description: 'One thing that somebody did; it is never changed nor taken out.' })
// Each filter reads backwards along its own index, however rare what it looks for is.
@Index('audit_event_subject', ['subject', 'subjectId', 'id'])
@Index('audit_event_subject_kind', ['subject', 'id'])
@Index('audit_event_action', ['action', 'id'])
@Index('audit_event_actor', ['actorId', 'id'])
export class AuditEvent {
  /** Grows with time (UUID version 7), so that it is also the order. */
  @Field(() => ID, { description: 'Grows with time.' })
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Field(() => GraphQLDateTime, { description: 'When it was done.' })
  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date

  @Field(() => ActorKind, { description: 'What kind of actor it was.' })
  @Column({ type: 'varchar', length: 20 })
  actorKind!: ActorKind

  @Field(() => ID, { nullable: true, description: "The person's or the token's." })
  @Column({ type: 'uuid', nullable: true })
  actorId!: string | null

  @Field(() => String, {
    description: 'The login name or the name of the token, as it was then; empty for nobody.',
  })
  @Column({ type: 'varchar', length: 200 })
  actorName!: string

  @Field(() => String, {
    nullable: true,
    description: 'The network address it came from; null where Mailroom itself did it.',
  })
  @Column({ type: 'varchar', length: 100, nullable: true })
  address!: string | null

  @Field(() => AuditAction, { description: 'What was done.' })
  @Column({ type: 'varchar', length: 20 })
  action!: AuditAction

  @Field(() => AuditSubject, { description: 'What it was done to.' })
  @Column({ type: 'varchar', length: 20 })
  subject!: AuditSubject

  @Field(() => ID, { nullable: true, description: 'Of what it was done to; null of what is one.' })
  @Column({ type: 'uuid', nullable: true })
  subjectId!: string | null

  @Field(() => String, {
    description: 'What people call it: name or code, as it was then. May be empty.',
  })
  @Column({ type: 'varchar', length: 300 })
  subjectName!: string

  @Column({ type: 'jsonb', default: () => "'[]'" })
  changes!: FieldChange[]

  /** All settings after the change, where a version may be put back. Never a secret. */
  @Column({ type: 'jsonb', nullable: true })
  snapshot!: object | null

  @Field(() => ID, {
    nullable: true,
    description: 'The event whose version was put back by this change.',
  })
  @Column({ type: 'uuid', nullable: true })
  restoredFrom!: string | null
}
