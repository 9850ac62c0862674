import { FieldRule } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { badUserInput } from '../errors.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { usesOAuth } from '../mail-server/mail-server-option.type.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import type { AccountScope } from './account-scope.js'
import type { MailAccountInput } from './account.input.js'

/** What an account refers to, as it is chosen; each stays as it is until the transaction ends. */
type Choices = Pick<MailAccountInput, 'mailServerId' | 'userId' | 'oauthGrantId'>

/**
 * The server chosen. Throws BAD_USER_INPUT where it is not there, or deleted: only the account that
 * has it already keeps a deleted one.
 *
 * @param currentId the server that the account has; undefined for a new account
 */
export async function chosenServer(
  manager: EntityManager,
  { mailServerId }: Choices,
  currentId: string | undefined,
): Promise<MailServer> {
  const server = await holdServer(manager, mailServerId)
  if (server === null || (server.deletedAt !== null && server.id !== currentId)) {
    throw badUserInput([{ path: 'mailServerId', rule: FieldRule.mailServer }])
  }
  return server
}

/** A server that nobody changes or deletes before the transaction ends; null where there is none. */
export function holdServer(manager: EntityManager, id: string): Promise<MailServer | null> {
  return manager.findOne(MailServer, { where: { id }, lock: { mode: 'pessimistic_read' } })
}

/** Throws BAD_USER_INPUT for an owner outside the scope, or a grant that is not that owner's for this server. */
export async function refuseStrangers(
  manager: EntityManager,
  scope: AccountScope,
  { userId, oauthGrantId }: Choices,
  server: MailServer,
): Promise<void> {
  if (scope.userId !== undefined && userId.toLowerCase() !== scope.userId) {
    throw badUserInput([{ path: 'userId', rule: FieldRule.ownAccount }])
  }
  const lock = { mode: 'for_key_share' } as const
  const owner = await manager.findOne(User, { where: { id: userId }, lock })
  if (owner === null) throw badUserInput([{ path: 'userId', rule: FieldRule.user }])
  if (!oauthGrantId || !usesOAuth(server)) return
  const grant = await manager.findOne(OAuthGrant, { where: { id: oauthGrantId }, lock })
  if (grant?.userId !== owner.id || grant.providerId !== server.oauthProviderId) {
    throw badUserInput([{ path: 'oauthGrantId', rule: FieldRule.oauthGrant }])
  }
}
