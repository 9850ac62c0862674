import { AuditAction, AuditSubject, FieldRule } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordMany, type AuditRecord } from '../audit/record-audit.js'
import type { AnnouncedTransactions } from '../db/announced.js'
import { badUserInput } from '../errors.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { mailServerNotFound } from '../mail-server/mail-server.errors.js'
import { isUuid } from '../validation/rules.js'
import { nameOf, passwordsGoElsewhere, serverName } from './account-audit.js'
import { holdServer } from './account-choices.js'
import { accountsElsewhere } from './account.errors.js'

/** Which accounts go from where to where; left out, all of the server's. */
export interface Move {
  readonly fromServerId: string
  readonly toServerId: string
  readonly accountIds?: readonly string[] | null | undefined
}

interface MovedRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly email: string
  readonly has_password: boolean
}

/** Chooses another server for many accounts at once. */
export class AccountMoveService {
  constructor(private readonly transactions: AnnouncedTransactions) {}

  /**
   * Moves all or none, and answers how many. Everything stored stays, also what the new server does
   * not ask for, so that a move made by mistake is undone by another.
   */
  move(by: Actor, { fromServerId, toServerId, accountIds }: Move): Promise<number> {
    return this.transactions.run(async (manager) => {
      const to = isUuid(toServerId) ? await holdServer(manager, toServerId) : null
      // Only one is held: whoever changes several takes them in an order of his own.
      const from = isUuid(fromServerId)
        ? await manager.findOneBy(MailServer, { id: fromServerId })
        : null
      if (from === null) throw mailServerNotFound()
      if (to === null || to.deletedAt !== null) {
        throw badUserInput([{ path: 'toServerId', rule: FieldRule.mailServer }])
      }
      const wanted = accountIds && [...new Set(accountIds.map((id) => id.toLowerCase()))]
      const moved = await moveRows(manager, from, to, wanted?.filter(isUuid))
      if (wanted && moved.length < wanted.length) {
        throw accountsElsewhere(wanted.length - moved.length)
      }
      await recordMany(
        manager,
        by,
        moved.map((row) => recordOf(row, from, to)),
      )
      return moved.length
    })
  }
}

/** Locked by id: two moves of the same accounts wait for each other, and never both. */
async function moveRows(
  manager: EntityManager,
  from: MailServer,
  to: MailServer,
  ids: readonly string[] | null | undefined,
): Promise<MovedRow[]> {
  const [rows]: [MovedRow[], number] = await manager.query(
    `WITH chosen AS (
       SELECT id FROM mail_account
       WHERE mail_server_id = $1 AND ($3::uuid[] IS NULL OR id = ANY ($3)) ORDER BY id FOR UPDATE)
     UPDATE mail_account SET mail_server_id = $2, version = version + 1, updated_at = now()
     FROM chosen WHERE mail_account.id = chosen.id
     RETURNING mail_account.id, code, name, email,
       incoming_password IS NOT NULL OR outgoing_password IS NOT NULL AS has_password`,
    [from.id, to.id, ids ?? null],
  )
  return rows
}

function recordOf(row: MovedRow, from: MailServer, to: MailServer): AuditRecord {
  return {
    action: AuditAction.UPDATE,
    subject: AuditSubject.MAIL_ACCOUNT,
    subjectId: row.id,
    subjectName: nameOf(row),
    changes: [
      { field: 'mailServer', old: serverName(from), new: serverName(to) },
      ...passwordsGoElsewhere(row.has_password, from, to),
    ],
  }
}
