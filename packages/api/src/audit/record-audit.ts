import type { AuditAction, AuditSubject } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from './actor.js'
import type { FieldChange } from './field-changes.js'

/** What was done to what. */
export interface AuditRecord {
  readonly action: AuditAction
  readonly subject: AuditSubject
  readonly subjectId?: string | null
  /** What people call it, as it is now. */
  readonly subjectName: string
  readonly changes?: readonly FieldChange[]
  /** All settings after the change, where a version may be put back. Never a secret. */
  readonly snapshot?: object
}

/** Of the columns; what is longer is cut, since a record must never fail what it records. */
const NAME_MAX_LENGTH = 200
const SUBJECT_NAME_MAX_LENGTH = 300

/**
 * Writes down what is done, in the transaction that does it: both happen or neither. One statement,
 * however many records.
 */
export async function recordAudit(
  manager: Pick<EntityManager, 'query'>,
  by: Actor,
  ...records: readonly AuditRecord[]
): Promise<void> {
  if (records.length === 0) return
  await manager.query(
    `INSERT INTO audit_event
       (actor_kind, actor_id, actor_name, address, action, subject, subject_id, subject_name, changes, snapshot)
     SELECT $1, $2, $3, $4, action, subject, subject_id, subject_name, changes, snapshot
     FROM jsonb_to_recordset($5::jsonb)
       AS r (action varchar, subject varchar, subject_id uuid, subject_name varchar, changes jsonb, snapshot jsonb)`,
    [
      by.kind,
      by.id,
      cut(by.name, NAME_MAX_LENGTH),
      by.address,
      JSON.stringify(
        records.map(({ action, subject, subjectId, subjectName, changes, snapshot }) => ({
          action,
          subject,
          subject_id: subjectId ?? null,
          subject_name: cut(subjectName, SUBJECT_NAME_MAX_LENGTH),
          changes: changes ?? [],
          snapshot: snapshot ?? null,
        })),
      ).replaceAll('\\u0000', '\\ufffd'),
    ],
  )
}

const cut = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text
