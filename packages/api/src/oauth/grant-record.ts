import { AuditAction, AuditSubject, OAuthGrantState } from '@mailroom/shared'
import type { FieldChange } from '../audit/field-changes.js'
import type { AuditRecord } from '../audit/record-audit.js'

interface NamedGrant {
  readonly id: string
  readonly mailbox: string
}
interface NamedProvider {
  readonly name: string
}

/** What was done to a grant, for the record: by mailbox and provider, as people tell them apart. */
export const grantRecord = (
  action: AuditAction,
  { id, mailbox }: NamedGrant,
  { name }: NamedProvider,
  changes: readonly FieldChange[] = [],
): AuditRecord => ({
  action,
  subject: AuditSubject.OAUTH_GRANT,
  subjectId: id,
  subjectName: `${mailbox} (${name})`,
  changes,
})

/** That a grant works no more. */
export const grantEnded = (grant: NamedGrant, provider: NamedProvider): AuditRecord =>
  grantRecord(AuditAction.UPDATE, grant, provider, [
    { field: 'state', old: OAuthGrantState.ACTIVE, new: OAuthGrantState.ENDED },
  ])
