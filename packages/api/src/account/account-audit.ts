import { AuditAction, AuditSubject, isElsewhere, PASSWORDS_GO_TO } from '@mailroom/shared'
import type { FieldChange } from '../audit/field-changes.js'
import { fieldChanges, secretChange } from '../audit/field-changes.js'
import type { AuditRecord } from '../audit/record-audit.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import { PASSWORD_FIELDS, type MailAccount, type PasswordField } from './account.entity.js'

/** What a memory of a change to an account holds: names as people read them, and no secret. */
export function recordOf(
  action: AuditAction,
  before: MailAccount | undefined,
  after: MailAccount | undefined,
  ...others: readonly FieldChange[]
): AuditRecord {
  const { id, ...named } = subjectOf(after ?? before)
  return {
    action,
    subject: AuditSubject.MAIL_ACCOUNT,
    subjectId: id,
    subjectName: nameOf(named),
    changes: [...fieldChanges(before && readable(before), after && readable(after)), ...others],
  }
}

/** With the passwords that were stored. */
export function recordOfCreate(account: MailAccount): AuditRecord {
  const stored = PASSWORD_FIELDS.filter((field) => account[field] !== null)
  return recordOf(AuditAction.CREATE, undefined, account, ...stored.map(secretChange))
}

/** With the passwords that were set or removed, and where those that stay are sent from now on. */
export function recordOfUpdate(
  before: MailAccount,
  after: MailAccount,
  { from, to }: { readonly from: ServerPlaces; readonly to: ServerPlaces },
): AuditRecord {
  const isKept = (field: PasswordField) => isSame(before[field], after[field])
  return recordOf(
    AuditAction.UPDATE,
    before,
    after,
    ...PASSWORD_FIELDS.filter((field) => !isKept(field)).map(secretChange),
    ...passwordsGoElsewhere(
      PASSWORD_FIELDS.some((field) => after[field] !== null && isKept(field)),
      from,
      to,
    ),
  )
}

const isSame = (a: Buffer | null, b: Buffer | null) =>
  a === null || b === null ? a === b : a.equals(b)

/**
 * That stored passwords will be sent elsewhere from now on. None where nothing is stored, or it stays
 * with the same hosts and ports.
 *
 * @param hasSome whether any was stored before and stays
 */
export function passwordsGoElsewhere(
  hasSome: boolean,
  from: ServerPlaces,
  to: ServerPlaces,
): FieldChange[] {
  const isMoved = isElsewhere(from.incoming, to.incoming) || isElsewhere(from.outgoing, to.outgoing)
  return hasSome && isMoved
    ? [{ field: PASSWORDS_GO_TO, old: placesOf(from), new: placesOf(to) }]
    : []
}

type ServerPlaces = Pick<MailServer, 'incoming' | 'outgoing'>

function placesOf({ incoming, outgoing }: ServerPlaces): string {
  return [incoming, outgoing].map(({ host, port }) => `${host} :${port}`).join(', ')
}

type Named = Pick<MailAccount, 'code' | 'name' | 'email'>

/** A server as lists show it. */
export const serverName = ({ name, code }: Pick<MailServer, 'name' | 'code'>) => `${name} (${code})`

/** As lists show it. */
export function nameOf({ code, name, email }: Named): string {
  return `${name || email} (${code})`
}

function subjectOf(account: MailAccount | undefined): Named & Pick<MailAccount, 'id'> {
  if (account === undefined) throw new Error('a change is of something')
  return account
}

function readable({ user, mailServer, ...account }: MailAccount) {
  const { code, name, email, incomingUsername, outgoingUsername, oauthGrantId } = account
  const { leaveOnServer, deleteAfterDays, enabled } = account
  return {
    ...{ code, name, email },
    user: user.loginName,
    mailServer: serverName(mailServer),
    ...{ incomingUsername, outgoingUsername, oauthGrantId },
    ...{ leaveOnServer, deleteAfterDays, enabled },
  }
}
