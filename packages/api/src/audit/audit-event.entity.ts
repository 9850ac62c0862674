import type { ActorKind, AuditAction, AuditSubject } from '@mailroom/shared'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { FieldChange } from './field-changes.js'

/** One thing that somebody did. Names nothing by a foreign key: it outlives what it tells of. */
@Entity('audit_event')
@Index('audit_event_subject', ['subject', 'subjectId', 'id'])
export class AuditEvent {
  /** Grows with time (UUID version 7), so that it is also the order. */
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' })
  id!: string

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date

  @Column({ type: 'varchar', length: 20 })
  actorKind!: ActorKind

  @Column({ type: 'uuid', nullable: true })
  actorId!: string | null

  @Column({ type: 'varchar', length: 200 })
  actorName!: string

  @Column({ type: 'varchar', length: 100, nullable: true })
  address!: string | null

  @Column({ type: 'varchar', length: 20 })
  action!: AuditAction

  @Column({ type: 'varchar', length: 20 })
  subject!: AuditSubject

  @Column({ type: 'uuid', nullable: true })
  subjectId!: string | null

  /** What people call it: name or code, as it was then. */
  @Column({ type: 'varchar', length: 300 })
  subjectName!: string

  @Column({ type: 'jsonb', default: () => "'[]'" })
  changes!: FieldChange[]

  /** All settings after the change, where a version may be put back. Never a secret. */
  @Column({ type: 'jsonb', nullable: true })
  snapshot!: object | null
}
