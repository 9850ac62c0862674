import { AuditAction, AuditSubject } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { fieldChanges, secretChange, type FieldChange } from '../audit/field-changes.js'
import { recordAudit, type AuditRecord } from '../audit/record-audit.js'
import { actorOf } from './caller.js'
import type { TooManyRequests } from './request-limit.service.js'
import { User } from './user.entity.js'

interface UserChange {
  readonly before?: User | undefined
  readonly after?: User | undefined
  readonly hasNewPassword?: boolean
}

/** Writes down what was done to a person, in the transaction that does it; nothing where nothing was. */
export async function recordUser(
  manager: EntityManager,
  by: Actor,
  change: UserChange,
): Promise<void> {
  const record = recordOf(change)
  if (record !== undefined) await recordAudit(manager, by, record)
}

/** Whose sign-in it was; undefined where that is nobody of ours. */
type Who = Pick<User, 'id' | 'loginName'> | null | undefined

/**
 * Writes down that a sign-in failed, and whose it was where that is somebody of ours. A name that
 * nobody has is not kept: people type passwords into the wrong field.
 */
export function recordFailedSignIn(
  manager: EntityManager,
  who: Who,
  address: string,
  changes: readonly FieldChange[] = [],
): Promise<void> {
  return recordAudit(manager, actorOf(undefined, address), {
    action: AuditAction.SIGN_IN_FAILED,
    subject: AuditSubject.USER,
    subjectId: who?.id ?? null,
    subjectName: who?.loginName ?? '',
    changes,
  })
}

/** Writes down that from here on attempts are not looked at; only the first of them is told. */
export function recordStoppedSignIns(
  manager: EntityManager,
  who: Who,
  address: string,
  { retryAfterSeconds }: TooManyRequests,
): Promise<void> {
  const wait = { field: 'retryAfterSeconds', old: null, new: String(retryAfterSeconds) }
  return recordFailedSignIn(manager, who, address, [wait])
}

/**
 * Changes a person, whose row the transaction has locked since `before` was read, and writes it down.
 * Answers the person afterwards.
 */
export async function changeUser(
  manager: EntityManager,
  by: Actor,
  before: User,
  columns: Partial<User>,
): Promise<User> {
  const { id } = before
  await manager.update(
    User,
    { id },
    { ...columns, version: () => 'version + 1', updatedAt: () => 'now()' },
  )
  const after = await manager.findOneByOrFail(User, { id })
  const hasNewPassword = columns.passwordHash !== undefined
  await recordUser(manager, by, { before, after, hasNewPassword })
  return after
}

function recordOf(change: UserChange): AuditRecord | undefined {
  const { before, after, hasNewPassword = false } = change
  const user = after ?? before
  if (user === undefined) return undefined
  const changes = fieldChanges(before && settingsOf(before), after && settingsOf(after))
  if (hasNewPassword) changes.push(secretChange('password'))
  if (changes.length === 0) return undefined
  return {
    action: actionOf(change),
    subject: AuditSubject.USER,
    subjectId: user.id,
    subjectName: `${user.displayName} (${user.loginName})`,
    changes,
  }
}

function actionOf({ before, after }: UserChange): AuditAction {
  if (before === undefined) return AuditAction.CREATE
  return after === undefined ? AuditAction.DELETE : AuditAction.UPDATE
}

function settingsOf({ loginName, displayName, role, deactivatedAt, oidcSubject }: User) {
  return {
    loginName,
    displayName,
    role,
    deactivated: deactivatedAt !== null,
    oidcSubject,
  }
}
