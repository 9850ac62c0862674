import {
  DiagnosisProblem,
  IncomingAuthMethod,
  SmtpAuthMethod,
  SmtpCredentials,
} from '@mailroom/shared'
import type { AccountConnection } from '../account/account-connection.service.js'
import type { TokenSource } from '../oauth/token-source.js'
import type { Plaintext } from '../secret/secret-box.js'
import type { Credentials } from '../transport/redact.js'
import { TransportError } from '../transport/transport-error.js'

/** What signs in to an account's incoming side. Throws a TransportError where there is nothing. */
export async function incomingSignIn(
  connection: AccountConnection,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Credentials> {
  const { incomingUsername: username, incomingPassword } = connection.credentials
  if (connection.server.incoming.authMethod === IncomingAuthMethod.XOAUTH2) {
    return byToken(connection, username, tokens, signal)
  }
  return byPassword(username, incomingPassword)
}

/** What signs in to its outgoing side; undefined where nobody does. Throws as {@link incomingSignIn}. */
export async function outgoingSignIn(
  connection: AccountConnection,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Credentials | undefined> {
  const { authMethod, credentials: whose } = connection.server.outgoing
  const { incomingUsername, incomingPassword, outgoingUsername, outgoingPassword } =
    connection.credentials
  const isOwn = whose === SmtpCredentials.OUTGOING
  const username = isOwn ? (outgoingUsername ?? '') : incomingUsername
  switch (authMethod) {
    case SmtpAuthMethod.NONE:
      return undefined
    case SmtpAuthMethod.XOAUTH2:
      return byToken(connection, username, tokens, signal)
    case SmtpAuthMethod.PLAIN:
    case SmtpAuthMethod.LOGIN:
    case SmtpAuthMethod.CRAM_MD5:
    case SmtpAuthMethod.DIGEST_MD5:
      return byPassword(username, isOwn ? outgoingPassword : incomingPassword)
  }
}

function byPassword(username: string, password: Plaintext | undefined): Credentials {
  if (password === undefined) throw new TransportError(DiagnosisProblem.PASSWORD_MISSING)
  return { username, password }
}

async function byToken(
  { account, server, credentials: { oauthGrantId } }: AccountConnection,
  username: string,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Credentials> {
  const token =
    oauthGrantId === null
      ? await tokens.forProvider(server.oauthProviderId ?? '', username)
      : await tokens.forGrant(oauthGrantId, account.userId, { signal })
  return { username: token.username, password: token.accessToken }
}
