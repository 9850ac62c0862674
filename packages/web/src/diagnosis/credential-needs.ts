import { IncomingAuthMethod, OAuthFlow, SmtpAuthMethod, SmtpCredentials } from '@mailroom/shared'
import type { MailServerDraft } from '../mail-server/mail-server-draft.js'
import type { TypedCredentials } from './typed-credentials.js'

interface CredentialNeeds {
  /** Somebody signs in at the provider. */
  readonly hasGrant: boolean
  /** What is to be typed; a password stands for an access token where no provider is chosen. */
  readonly typed: ReadonlySet<keyof TypedCredentials>
}

/** What one has to give for a diagnosis to sign in to both sides. */
export function credentialNeeds(
  { outgoing, incoming }: Pick<MailServerDraft, 'outgoing' | 'incoming'>,
  flow: OAuthFlow | undefined,
): CredentialNeeds {
  const usesOwn = outgoing.credentials === SmtpCredentials.OUTGOING
  const sides = [
    { isIncoming: true, usesOAuth: incoming.authMethod === IncomingAuthMethod.XOAUTH2 },
    ...(outgoing.authMethod === SmtpAuthMethod.NONE
      ? []
      : [{ isIncoming: !usesOwn, usesOAuth: outgoing.authMethod === SmtpAuthMethod.XOAUTH2 }]),
  ]
  const typed = new Set<keyof TypedCredentials>()
  for (const { isIncoming, usesOAuth } of sides) {
    if (usesOAuth && flow === OAuthFlow.AUTHORIZATION_CODE) continue
    typed.add(isIncoming ? 'incomingUsername' : 'outgoingUsername')
    if (usesOAuth && flow === OAuthFlow.CLIENT_CREDENTIALS) continue
    typed.add(isIncoming ? 'incomingPassword' : 'outgoingPassword')
  }
  const usesOAuth = sides.some((side) => side.usesOAuth)
  return { hasGrant: usesOAuth && flow === OAuthFlow.AUTHORIZATION_CODE, typed }
}
