import { AuditAction, AuditSubject } from '@mailroom/shared'
import { fieldChanges } from '../audit/field-changes.js'
import type { AuditRecord } from '../audit/record-audit.js'
import type { MailServer } from './mail-server.entity.js'
import type { MailServerSettings } from './mail-server-settings.js'

/** What a server is told by. */
export type Named = Pick<MailServer, 'id' | 'code' | 'name'>

/** A server that has another place now. */
export interface Move {
  readonly code: string
  readonly from: number
  readonly to: number
}

/** Dragging one server to the other end moves all the others by one place. */
const MOVES_KEPT_MAX = 100

/** That something was done, without what it changed. */
export function bareRecord(action: AuditAction, { id, code, name }: Named): AuditRecord {
  return {
    action,
    subject: AuditSubject.MAIL_SERVER,
    subjectId: id,
    subjectName: `${name} (${code})`,
  }
}

/** What was done, field by field. */
export function recordOf(
  action: AuditAction,
  before: MailServerSettings | undefined,
  after: MailServerSettings & Pick<MailServer, 'id'>,
): AuditRecord {
  const settings = settingsOf(after)
  return {
    ...bareRecord(action, after),
    changes: fieldChanges(before && settingsOf(before), settings),
    snapshot: settings,
  }
}

/** All that an administrator set, without what Mailroom adds. */
function settingsOf({ code, name, outgoing, incoming, oauthProviderId }: MailServerSettings) {
  return { code, name, outgoing, incoming, oauthProviderId }
}

/** The farthest first: those are the ones that somebody moved. */
export function recordOfMoves(moves: Move[]): AuditRecord {
  const farthest = moves.toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return {
    action: AuditAction.REORDER,
    subject: AuditSubject.MAIL_SERVER_ORDER,
    subjectName: '',
    changes: farthest
      .slice(0, MOVES_KEPT_MAX)
      .map(({ code, from, to }) => ({ field: code, old: String(from), new: String(to) })),
  }
}
