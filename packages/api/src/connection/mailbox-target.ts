import { EncryptionMode, MailProtocol } from '@mailroom/shared'
import type { EndpointSettings } from '../mail-server/endpoint-settings.js'
import type { IncomingSettings } from '../mail-server/incoming-settings.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { ImapSession } from '../transport/imap/imap-session.js'
import { openImapReceiver } from '../transport/imap/imap-receiver.js'
import type { SessionOptions } from '../transport/mail-session.js'
import type { SessionTarget } from '../transport/open-session.js'
import { openPop3Receiver } from '../transport/pop3/pop3-receiver.js'
import { Pop3Session } from '../transport/pop3/pop3-session.js'
import type { Receiver, ReceiverOptions } from '../transport/receiver.js'
import type { Credentials } from '../transport/redact.js'

/** What does not come from the settings of a mail server. */
export interface ConnectionRules {
  readonly policy: AddressPolicy
  readonly extraCa?: readonly string[] | undefined
}

/** An inbox and who signs in to it, by either protocol. */
export type MailboxTarget =
  | { readonly protocol: typeof MailProtocol.IMAP4; readonly target: SessionTarget<ImapSession> }
  | { readonly protocol: typeof MailProtocol.POP3; readonly target: SessionTarget<Pop3Session> }

/** One side's settings as the transport takes them, whatever the protocol. */
export function endpointOf(settings: EndpointSettings, { policy, extraCa = [] }: ConnectionRules) {
  const { host, port, encryption, timeoutSeconds, pinnedCertificate, caCertificate } = settings
  return {
    ...{ host, port, encryption, policy, pinnedCertificate },
    extraCa: caCertificate ? [...extraCa, caCertificate] : extraCa,
    timeoutMs: timeoutSeconds * 1_000,
  }
}

/** The session that the incoming side's settings ask for. */
export function incomingSession(incoming: IncomingSettings) {
  return incoming.protocol === MailProtocol.POP3 ? pop3Session(incoming) : imapSession(incoming)
}

export function mailboxTarget(
  incoming: IncomingSettings,
  credentials: Credentials,
  rules: ConnectionRules,
): MailboxTarget {
  const target = { ...endpointOf(incoming, rules), credentials }
  return incoming.protocol === MailProtocol.POP3
    ? {
        protocol: MailProtocol.POP3,
        target: { ...target, createSession: pop3Session(incoming) },
      }
    : {
        protocol: MailProtocol.IMAP4,
        target: { ...target, createSession: imapSession(incoming) },
      }
}

/** Signs in to an inbox; see openSession for what it throws. */
export function openReceiver(mailbox: MailboxTarget, options: ReceiverOptions): Promise<Receiver> {
  return mailbox.protocol === MailProtocol.POP3
    ? openPop3Receiver(mailbox.target, options)
    : openImapReceiver(mailbox.target, options)
}

function pop3Session({ apop, authMethod, host }: IncomingSettings) {
  return (options: SessionOptions) => new Pop3Session({ ...options, apop, authMethod, host })
}

function imapSession({ encryption, authMethod, host }: IncomingSettings) {
  const startsTls = encryption === EncryptionMode.TLS
  return (options: SessionOptions) => new ImapSession({ ...options, startsTls, authMethod, host })
}
