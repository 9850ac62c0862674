import { AuditAction, AuditSubject } from '@mailroom/shared'
import type { AuditRecord } from './record-audit.js'

/** Keys are told by their ids, which every record that they seal has in clear. */
export const keyTaken = (keyId: string): AuditRecord => ({
  action: AuditAction.CREATE,
  subject: AuditSubject.SECRET_KEY,
  subjectName: keyId,
})

/**
 * @param by the id of the key that came in its place
 * @param count of the secrets that were sealed anew
 */
export const keyRetired = (keyId: string, by: string, count: number): AuditRecord => ({
  action: AuditAction.DELETE,
  subject: AuditSubject.SECRET_KEY,
  subjectName: keyId,
  changes: [
    { field: 'keyId', old: keyId, new: by },
    { field: 'resealed', old: null, new: String(count) },
  ],
})
