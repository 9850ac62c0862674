import { DiagnosisDepth, FieldRule, SmtpCredentials } from '@mailroom/shared'
import { badUserInput } from '../errors.js'
import type { MailServerSettings } from '../mail-server/mail-server-settings.js'
import { normaliseSettings } from '../mail-server/normalise-settings.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import type { DiagnosisRequest, DiagnosisTest, SignIn } from './diagnosis-report.js'
import type { DiagnosisCredentialsInput } from './diagnosis.type.js'

/** How far to go beyond signing in, as it was asked for. */
interface TestArgs {
  readonly depth?: DiagnosisDepth | null | undefined
  readonly address?: string | null | undefined
}

/** What was typed as what is diagnosed: settings as they would be stored, names with their passwords. */
export function diagnosisRequest(
  input: MailServerSettings,
  credentials: DiagnosisCredentialsInput | null | undefined,
  { depth, address }: TestArgs = {},
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
  const test = testOf(depth, address)
  return { outgoing, incoming, outgoingSignIn, incomingSignIn, oauth, test }
}

/** Throws BAD_USER_INPUT where an address is needed and none that a server could take is given. */
function testOf(depth: TestArgs['depth'], address: TestArgs['address']): DiagnosisTest | undefined {
  if (depth == null || depth === DiagnosisDepth.SIGN_IN) return undefined
  if (!address) throw badUserInput([{ path: 'address', rule: FieldRule.required }])
  if (parseEnvelopeAddress(address) === undefined) {
    throw badUserInput([{ path: 'address', rule: FieldRule.email }])
  }
  return { depth, address }
}

/** A name with its password; one alone signs nobody in. */
function pair(username: string | null | undefined, password: string | null | undefined): SignIn {
  return username && password ? { credentials: { username, password } } : undefined
}
