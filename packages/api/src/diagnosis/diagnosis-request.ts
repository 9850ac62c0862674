import { SmtpCredentials } from '@mailroom/shared'
import type { MailServerInput } from '../mail-server/mail-server.input.js'
import { normaliseSettings } from '../mail-server/normalise-settings.js'
import type { DiagnosisRequest, SignIn } from './diagnosis-report.js'
import type { DiagnosisCredentialsInput } from './diagnosis.type.js'

/** What was typed as what is diagnosed: settings as they would be stored, names with their passwords. */
export function diagnosisRequest(
  input: MailServerInput,
  credentials: DiagnosisCredentialsInput | null | undefined,
): DiagnosisRequest {
  const { outgoing, incoming, oauthProviderId } = normaliseSettings(input)
  const incomingSignIn = pair(credentials?.incomingUsername, credentials?.incomingPassword)
  const isOwn = outgoing.credentials === SmtpCredentials.OUTGOING
  const outgoingSignIn = isOwn
    ? pair(credentials?.outgoingUsername, credentials?.outgoingPassword)
    : incomingSignIn
  const oauth = {
    grantId: credentials?.oauthGrantId,
    providerId: oauthProviderId,
    outgoingName: isOwn ? credentials?.outgoingUsername : credentials?.incomingUsername,
    incomingName: credentials?.incomingUsername,
  }
  return { outgoing, incoming, outgoingSignIn, incomingSignIn, oauth }
}

/** A name with its password; one alone signs nobody in. */
function pair(username: string | null | undefined, password: string | null | undefined): SignIn {
  return username && password ? { credentials: { username, password } } : undefined
}
