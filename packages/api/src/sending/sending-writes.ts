import {
  AuditSubject,
  DiagnosisProblem,
  MessageFolder,
  RecipientState,
  type AuditAction,
} from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import { nameOf } from '../account/account-audit.js'
import type { MailAccount } from '../account/account.entity.js'
import type { AuditRecord } from '../audit/record-audit.js'
import { sendingNotFound } from './sending.errors.js'

/** Of a row of `sending`: its message is not deleted, so that somebody sees what becomes of it. */
export const IS_SHOWN = `EXISTS (
  SELECT FROM message WHERE message.id = sending.message_id AND message.deleted_at IS NULL)`

/**
 * Keeps a message from being deleted until the transaction has ended. After a change of its sending:
 * deleting looks at that with the message locked (message-flags.service.ts). Throws NOT_FOUND.
 */
export async function requireShown(manager: EntityManager, sendingId: string): Promise<void> {
  const rows: unknown[] = await manager.query(
    `SELECT FROM message WHERE deleted_at IS NULL
       AND id = (SELECT message_id FROM sending WHERE id = $1) FOR SHARE`,
    [sendingId],
  )
  if (rows.length === 0) throw sendingNotFound()
}

/** What was sent lies with what was sent, and its files are in its source only. */
export async function moveToSent(manager: EntityManager, sendingId: string): Promise<void> {
  await manager.query(
    `WITH gone AS (DELETE FROM upload WHERE sending_id = $1)
     UPDATE message SET folder = $2 FROM sending
     WHERE sending.id = $1 AND message.id = sending.message_id`,
    [sendingId, MessageFolder.SENT],
  )
}

/** Whom servers have taken it for. */
export async function reachedBy(manager: EntityManager, sendingId: string): Promise<string[]> {
  const rows: { address: string }[] = await manager.query(
    'SELECT address FROM sending_recipient WHERE sending_id = $1 AND state = $2',
    [sendingId, RecipientState.ACCEPTED],
  )
  return rows.map(({ address }) => address)
}

/** For so long the key of a mail that was taken back is taken. */
export const CANCELLED_KEYS_KEPT_DAYS = 30

/** As if it had never been sent: the sending goes along with its message. Its key stays taken. */
export async function removeMail(manager: EntityManager, sendingId: string): Promise<void> {
  await manager.query(
    `WITH old AS (
       DELETE FROM cancelled_sending_key WHERE cancelled_at < now() - $2 * interval '1 day'
         AND account_id = (SELECT account_id FROM sending WHERE id = $1)
     )
     INSERT INTO cancelled_sending_key (account_id, idempotency_key)
     SELECT account_id, idempotency_key FROM sending
     WHERE id = $1 AND idempotency_key IS NOT NULL
     ON CONFLICT (account_id, idempotency_key) DO UPDATE SET cancelled_at = now()`,
    [sendingId, CANCELLED_KEYS_KEPT_DAYS],
  )
  await manager.query(
    'DELETE FROM message USING sending WHERE sending.id = $1 AND message.id = sending.message_id',
    [sendingId],
  )
}

/** It has reached some and goes to no more. */
export async function endHalfSent(manager: EntityManager, sendingId: string): Promise<void> {
  await manager.query(
    `UPDATE sending SET state = 'SENT', content = NULL, problem = $2, ended_at = now(),
       changed_at = now() WHERE id = $1`,
    [sendingId, DiagnosisProblem.CANCELLED],
  )
  await manager.query(
    `UPDATE sending_recipient SET state = 'REFUSED' WHERE sending_id = $1 AND state = 'PENDING'`,
    [sendingId],
  )
  await moveToSent(manager, sendingId)
}

/** What a person has decided about a message on its way. */
export const recordOf = (
  action: AuditAction,
  account: MailAccount,
  sendingId: string,
): AuditRecord => ({
  action,
  subject: AuditSubject.MAIL_ACCOUNT,
  subjectId: account.id,
  subjectName: nameOf(account),
  changes: [{ field: 'sendingId', old: null, new: sendingId }],
})
