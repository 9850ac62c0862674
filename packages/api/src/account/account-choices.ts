import { FieldRule, IncomingAuthMethod, OAuthFlow, SmtpAuthMethod } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import { User } from '../auth/user.entity.js'
import { badUserInput } from '../errors.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { needsOutgoingCredentials, usesOAuth } from '../mail-server/mail-server-option.type.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import { OAuthProvider } from '../oauth/oauth-provider.entity.js'
import type { AccountScope } from './account-scope.js'
import type { MailAccount } from './account.entity.js'
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

type MailboxNames = Pick<MailAccount, 'mailServerId' | 'incomingUsername' | 'outgoingUsername'>

/**
 * Throws BAD_USER_INPUT where somebody who is no administrator names a mailbox that Mailroom signs in
 * to with a token of its own: such a token opens everybody's.
 *
 * @param before the account as it is; undefined for a new one
 */
export async function refuseNamedMailboxes(
  manager: EntityManager,
  scope: AccountScope,
  names: MailboxNames,
  server: MailServer,
  before: MailboxNames | undefined,
): Promise<void> {
  if (scope.userId === undefined) return
  // A name counts as given by an administrator only at the server where it was looked at.
  const kept = before?.mailServerId === server.id ? before : undefined
  const named = tokenNames(server).filter(
    (field) => names[field] !== null && names[field] !== kept?.[field],
  )
  if (named.length === 0 || !(await signsInItself(manager, server))) return
  throw badUserInput(named.map((path) => ({ path, rule: FieldRule.namedMailbox })))
}

/** The names that tokens are used for. */
function tokenNames(server: MailServer): ('incomingUsername' | 'outgoingUsername')[] {
  const isIncoming = server.incoming.authMethod === IncomingAuthMethod.XOAUTH2
  const isOutgoing = server.outgoing.authMethod === SmtpAuthMethod.XOAUTH2
  const hasOwn = needsOutgoingCredentials(server)
  return [
    ...(isIncoming || (isOutgoing && !hasOwn) ? (['incomingUsername'] as const) : []),
    ...(isOutgoing && hasOwn ? (['outgoingUsername'] as const) : []),
  ]
}

async function signsInItself(manager: EntityManager, { oauthProviderId }: MailServer) {
  const where = { id: oauthProviderId ?? '', flow: OAuthFlow.CLIENT_CREDENTIALS }
  return oauthProviderId !== null && manager.existsBy(OAuthProvider, where)
}
