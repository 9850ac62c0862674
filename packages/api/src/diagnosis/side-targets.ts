import { DiagnosisSide, IncomingAuthMethod, SmtpAuthMethod } from '@mailroom/shared'
import {
  endpointOf,
  incomingSession,
  mailboxTarget,
  type MailboxTarget,
} from '../connection/mailbox-target.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { Redact } from '../transport/redact.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import type { DiagnosisRequest } from './diagnosis-report.js'
import type { SideTarget } from './side-diagnosis.js'

/** What both sides of one diagnosis share. */
export interface Common {
  readonly redact: Redact
  readonly extraCa: readonly string[]
  readonly policy: AddressPolicy
}

/** The outgoing side, as its settings say. */
export function outgoingTarget(request: DiagnosisRequest, common: Common): SideTarget {
  const { outgoing, incoming, outgoingSignIn } = request
  const { host, authMethod } = outgoing
  return {
    side: DiagnosisSide.OUTGOING,
    settings: { outgoing, incoming },
    ...{ ...endpointOf(outgoing, common), redact: common.redact },
    signIn: authMethod === SmtpAuthMethod.NONE ? undefined : outgoingSignIn,
    sendsReadable:
      authMethod === SmtpAuthMethod.PLAIN ||
      authMethod === SmtpAuthMethod.LOGIN ||
      authMethod === SmtpAuthMethod.XOAUTH2,
    hasMailbox: false,
    createSession: (options) => new SmtpSession({ ...options, authMethod, host }),
  }
}

/** The incoming side, as its settings say. */
export function incomingTarget(request: DiagnosisRequest, common: Common): SideTarget {
  const { outgoing, incoming, incomingSignIn } = request
  const { authMethod, apop } = incoming
  return {
    side: DiagnosisSide.INCOMING,
    settings: { outgoing, incoming },
    ...{ ...endpointOf(incoming, common), redact: common.redact },
    signIn: incomingSignIn,
    sendsReadable: authMethod === IncomingAuthMethod.XOAUTH2 || !apop,
    hasMailbox: true,
    createSession: incomingSession(incoming),
  }
}

/** The incoming side once more, to look for a message; undefined where nobody signs in. */
export function incomingMailbox(
  { incoming, incomingSignIn }: DiagnosisRequest,
  common: Common,
): MailboxTarget | undefined {
  if (incomingSignIn === undefined || 'problem' in incomingSignIn) return undefined
  return mailboxTarget(incoming, incomingSignIn.credentials, common)
}
