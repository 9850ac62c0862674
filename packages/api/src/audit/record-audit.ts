import type { AuditAction, AuditSubject } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from './actor.js'
import { secretChange, type FieldChange } from './field-changes.js'
import { keptText } from './kept-text.js'

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
  /** The event whose version was put back by this. */
  readonly restoredFrom?: string | undefined
}

/** Of the columns; what is longer is cut, since a record must never fail what it records. */
const NAME_MAX_LENGTH = 200
const SUBJECT_NAME_MAX_LENGTH = 300
const ADDRESS_MAX_LENGTH = 100
/** A chain of certificates is no good reading. */
const VALUE_MAX_LENGTH = 2_000

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
       (actor_kind, actor_id, actor_name, address, action, subject, subject_id, subject_name, changes,
        snapshot, restored_from)
     SELECT $1, $2, $3, $4, action, subject, subject_id, subject_name, changes, snapshot, restored_from
     FROM jsonb_to_recordset($5::jsonb)
       AS r (action varchar, subject varchar, subject_id uuid, subject_name varchar, changes jsonb,
             snapshot jsonb, restored_from uuid)`,
    [
      by.kind,
      by.id,
      keptText(by.name, NAME_MAX_LENGTH),
      by.address === null ? null : keptText(by.address, ADDRESS_MAX_LENGTH),
      JSON.stringify(records.map(toRow)),
    ],
  )
}

/** Each record is a part of one parameter. */
const RECORDS_AT_ONCE = 2_000

/** The same for as many as there are. */
export async function recordMany(
  manager: Pick<EntityManager, 'query'>,
  by: Actor,
  records: readonly AuditRecord[],
): Promise<void> {
  for (let n = 0; n < records.length; n += RECORDS_AT_ONCE) {
    await recordAudit(manager, by, ...records.slice(n, n + RECORDS_AT_ONCE))
  }
}

const toRow = (record: AuditRecord) => ({
  action: record.action,
  subject: record.subject,
  subject_id: record.subjectId ?? null,
  subject_name: keptText(record.subjectName, SUBJECT_NAME_MAX_LENGTH),
  changes: (record.changes ?? []).map(keptChange),
  snapshot: record.snapshot ?? null,
  restored_from: record.restoredFrom ?? null,
})

function keptChange(change: FieldChange): FieldChange {
  // Whoever wrote it: of a secret nothing is kept.
  if (change.isSecret === true) return secretChange(keptText(change.field, NAME_MAX_LENGTH))
  return {
    field: keptText(change.field, NAME_MAX_LENGTH),
    old: keptValue(change.old),
    new: keptValue(change.new),
  }
}

const keptValue = (text: string | null) =>
  text === null ? null : keptText(text, VALUE_MAX_LENGTH, { hasLines: true })
