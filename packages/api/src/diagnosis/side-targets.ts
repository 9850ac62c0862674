import {
  DiagnosisSide,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
} from '@mailroom/shared'
import type { EndpointSettings } from '../mail-server/endpoint-settings.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { ImapSession } from '../transport/imap/imap-session.js'
import type { SessionOptions } from '../transport/mail-session.js'
import { Pop3Session } from '../transport/pop3/pop3-session.js'
import type { Redact } from '../transport/redact.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import type { DiagnosisRequest } from './diagnosis-report.js'
import type { MailboxTarget } from './incoming-test.js'
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
    ...endpointOf(outgoing, common),
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
  const { protocol, authMethod, apop } = incoming
  return {
    side: DiagnosisSide.INCOMING,
    settings: { outgoing, incoming },
    ...endpointOf(incoming, common),
    signIn: incomingSignIn,
    sendsReadable: authMethod === IncomingAuthMethod.XOAUTH2 || !apop,
    hasMailbox: true,
    createSession: protocol === MailProtocol.POP3 ? pop3Session(incoming) : imapSession(incoming),
  }
}

/** What both sides have, whatever their protocol. */
function endpointOf(
  { host, port, encryption, timeoutSeconds, pinnedCertificate, caCertificate }: EndpointSettings,
  { redact, policy, extraCa }: Common,
) {
  return {
    ...{ host, port, encryption, redact, policy, pinnedCertificate },
    extraCa: caCertificate ? [...extraCa, caCertificate] : extraCa,
    timeoutMs: timeoutSeconds * 1_000,
  }
}

/** The incoming side once more, to look for a message; undefined where nobody signs in. */
export function incomingMailbox(
  request: DiagnosisRequest,
  common: Common,
): MailboxTarget | undefined {
  const { incoming, incomingSignIn } = request
  if (incomingSignIn === undefined || 'problem' in incomingSignIn) return undefined
  const { credentials } = incomingSignIn
  const endpoint = incomingTarget(request, common)
  return incoming.protocol === MailProtocol.POP3
    ? {
        protocol: MailProtocol.POP3,
        target: { ...endpoint, credentials, createSession: pop3Session(incoming) },
      }
    : {
        protocol: MailProtocol.IMAP4,
        target: { ...endpoint, credentials, createSession: imapSession(incoming) },
      }
}

function pop3Session({ apop, authMethod, host }: DiagnosisRequest['incoming']) {
  return (options: SessionOptions) => new Pop3Session({ ...options, apop, authMethod, host })
}

function imapSession({ encryption, authMethod, host }: DiagnosisRequest['incoming']) {
  const startsTls = encryption === EncryptionMode.TLS
  return (options: SessionOptions) => new ImapSession({ ...options, startsTls, authMethod, host })
}
