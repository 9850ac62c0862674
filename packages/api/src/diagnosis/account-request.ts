import {
  DiagnosisDepth,
  FieldRule,
  IncomingAuthMethod,
  SmtpAuthMethod,
  SmtpCredentials,
} from '@mailroom/shared'
import type { AccountConnection } from '../account/account-connection.service.js'
import { badUserInput, type FieldRefusal } from '../errors.js'
import type { EndpointSettings } from '../mail-server/endpoint-settings.js'
import type { MailServerSettings } from '../mail-server/mail-server-settings.js'
import type { AskedDiagnosis } from './asked-diagnosis.js'
import { diagnosisRequest } from './diagnosis-request.js'
import type { DiagnosisRequest } from './diagnosis-report.js'
import type { DiagnosisCredentialsInput } from './diagnosis.type.js'

type Typed = DiagnosisCredentialsInput
type Side = 'outgoing' | 'incoming'

/** What makes out where a secret goes, and who may read it there. */
const WHERE = [
  'host',
  'port',
  'encryption',
  'pinnedCertificate',
  'caCertificate',
] as const satisfies readonly (keyof EndpointSettings)[]

/** A diagnosis with an account's stored credentials, and whether one of its secrets is used at all. */
export interface AccountRequest {
  readonly request: DiagnosisRequest
  readonly usesSecrets: boolean
}

/**
 * The settings that were typed, or the account's own, with the credentials that are stored; what was
 * typed wins field by field. Throws BAD_USER_INPUT where a stored secret would go anywhere but where
 * the stored settings send it: whoever may type settings could else have it sent to himself.
 */
export function accountRequest(
  asked: AskedDiagnosis,
  { account, server, credentials: stored }: AccountConnection,
): AccountRequest {
  const typed: Typed = (asked.input && asked.credentials) ?? {}
  const isAnyPasswordTyped = !!typed.incomingPassword || !!typed.outgoingPassword
  const storedGrantId = typed.oauthGrantId || isAnyPasswordTyped ? null : stored.oauthGrantId
  const isBeyondSignIn = asked.depth != null && asked.depth !== DiagnosisDepth.SIGN_IN
  const address = (asked.input && asked.address) || (isBeyondSignIn ? account.email : undefined)
  const merged: Typed = {
    incomingUsername: typed.incomingUsername || stored.incomingUsername,
    incomingPassword: typed.incomingPassword || stored.incomingPassword || null,
    outgoingUsername: typed.outgoingUsername || stored.outgoingUsername,
    outgoingPassword: typed.outgoingPassword || stored.outgoingPassword || null,
    oauthGrantId: typed.oauthGrantId || storedGrantId,
  }
  const settings: MailServerSettings = asked.input ?? server
  const request = withoutStoredTokens(
    diagnosisRequest(settings, merged, { depth: asked.depth, address }),
    typed,
  )
  const sides = sidesWithSecrets(request, typed, { ...stored, oauthGrantId: storedGrantId })
  refuseElsewhere(sides, request, server)
  const oauth = request.oauth && {
    ...request.oauth,
    ...(storedGrantId === null ? {} : { grantUserId: account.userId }),
  }
  return { request: { ...request, oauth }, usesSecrets: sides.length > 0 }
}

const passwordFieldOf = ({ outgoing }: Pick<DiagnosisRequest, 'outgoing'>) =>
  outgoing.credentials === SmtpCredentials.OUTGOING ? 'outgoingPassword' : 'incomingPassword'

/** Typed in place of a password a token will do; a password that is stored is none. */
function withoutStoredTokens(request: DiagnosisRequest, typed: Typed): DiagnosisRequest {
  const isIncomingToken = request.incoming.authMethod === IncomingAuthMethod.XOAUTH2
  const isOutgoingToken = request.outgoing.authMethod === SmtpAuthMethod.XOAUTH2
  return {
    ...request,
    ...(isIncomingToken && !typed.incomingPassword ? { incomingSignIn: undefined } : {}),
    ...(isOutgoingToken && !typed[passwordFieldOf(request)] ? { outgoingSignIn: undefined } : {}),
  }
}

/** The sides at which something signs in that was not typed. */
function sidesWithSecrets(
  request: DiagnosisRequest,
  typed: Typed,
  stored: AccountConnection['credentials'],
): Side[] {
  const { incoming, outgoing } = request
  const isStored = (field: 'incomingPassword' | 'outgoingPassword') =>
    !typed[field] && stored[field] !== undefined
  const hasGrant = stored.oauthGrantId !== null
  const sides: Record<Side, boolean> = {
    incoming:
      incoming.authMethod === IncomingAuthMethod.XOAUTH2 ? hasGrant : isStored('incomingPassword'),
    outgoing:
      outgoing.authMethod === SmtpAuthMethod.XOAUTH2
        ? hasGrant
        : outgoing.authMethod !== SmtpAuthMethod.NONE && isStored(passwordFieldOf(request)),
  }
  return (['outgoing', 'incoming'] as const).filter((side) => sides[side])
}

function refuseElsewhere(
  sides: readonly Side[],
  asked: DiagnosisRequest,
  stored: MailServerSettings,
): void {
  const refused = sides.flatMap((side): FieldRefusal[] =>
    WHERE.filter((field) => asked[side][field] !== stored[side][field]).map((field) => ({
      path: `${side}.${field}`,
      rule: FieldRule.savedSettings,
    })),
  )
  if (refused.length > 0) throw badUserInput(refused)
}
