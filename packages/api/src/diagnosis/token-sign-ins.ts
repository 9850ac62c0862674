import { IncomingAuthMethod, SmtpAuthMethod } from '@mailroom/shared'
import type { MailboxToken, TokenSource } from '../oauth/token-source.js'
import { TransportError } from '../transport/transport-error.js'
import type { DiagnosisRequest, SignIn } from './diagnosis-report.js'

/**
 * The request with tokens for the sides that use OAuth 2.0: the grant, where one is chosen, or stored;
 * refreshed so that one that was taken back is known at once;
 * otherwise the provider's own by client credentials, where a name alone was typed. A token that
 * cannot be had fails that side's sign-in, not the call. A token typed as the password stays.
 */
export async function withTokens(
  request: DiagnosisRequest,
  tokens: TokenSource,
  userId: string,
  signal: AbortSignal,
): Promise<DiagnosisRequest> {
  const { outgoing, incoming, oauth } = request
  if (oauth === undefined) return request
  const { grantId, grantUserId = userId, providerId } = oauth
  // Both sides share one: it need not be refreshed twice.
  let ofGrant: Promise<SignIn> | undefined
  const tokenFor = (name: string | null | undefined, typed: SignIn): Promise<SignIn> | SignIn => {
    if (grantId)
      return (ofGrant ??= signIn(tokens.forGrant(grantId, grantUserId, { signal, isAnew: true })))
    if (typed !== undefined || !providerId || !name) return typed
    return signIn(tokens.forProvider(providerId, name))
  }
  const [outgoingSignIn, incomingSignIn] = await Promise.all([
    outgoing.authMethod === SmtpAuthMethod.XOAUTH2
      ? tokenFor(oauth.outgoingName, request.outgoingSignIn)
      : request.outgoingSignIn,
    incoming.authMethod === IncomingAuthMethod.XOAUTH2
      ? tokenFor(oauth.incomingName, request.incomingSignIn)
      : request.incomingSignIn,
  ])
  return { ...request, outgoingSignIn, incomingSignIn }
}

/** Whether a provider's own token would sign in somewhere, for a name alone. */
export function asksForOwnToken(request: DiagnosisRequest): boolean {
  const { outgoing, incoming, oauth } = request
  if (!oauth?.providerId || oauth.grantId) return false
  const isAlone = (name: string | null | undefined, typed: SignIn) => !!name && typed === undefined
  return (
    (outgoing.authMethod === SmtpAuthMethod.XOAUTH2 &&
      isAlone(oauth.outgoingName, request.outgoingSignIn)) ||
    (incoming.authMethod === IncomingAuthMethod.XOAUTH2 &&
      isAlone(oauth.incomingName, request.incomingSignIn))
  )
}

async function signIn(token: Promise<MailboxToken>): Promise<SignIn> {
  try {
    const { username, accessToken } = await token
    return { credentials: { username, password: accessToken } }
  } catch (error) {
    if (error instanceof TransportError) return { problem: error.problem, detail: error.detail }
    throw error
  }
}
