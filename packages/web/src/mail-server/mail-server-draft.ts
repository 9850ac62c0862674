import {
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  SmtpCredentials,
  normaliseHost,
  TIMEOUT_DEFAULT_SECONDS,
  toHalfWidth,
  usualIncomingPort,
  usualOutgoingPort,
} from '@mailroom/shared'
import type { MailServerDetailsFragment, MailServerInput } from '../generated/graphql.js'

type Settings<Side extends 'outgoing' | 'incoming'> = Omit<
  MailServerDetailsFragment[Side],
  'port'
> & {
  /** As typed. */
  port: string
  /** Typed by hand, so that it no longer follows encryption and protocol. */
  isPortTyped: boolean
}

/** What stands in the form: hidden fields keep what they had. */
export interface MailServerDraft {
  code: string
  name: string
  outgoing: Settings<'outgoing'>
  incoming: Settings<'incoming'>
  oauthProviderId: string | null
}
export type DraftSide = 'outgoing' | 'incoming'

/** The safe and usual choices for a new server. */
export function newDraft(): MailServerDraft {
  const ssl = EncryptionMode.SSL
  return {
    code: '',
    name: '',
    outgoing: {
      host: '',
      port: String(usualOutgoingPort(ssl)),
      isPortTyped: false,
      encryption: ssl,
      authMethod: SmtpAuthMethod.NONE,
      credentials: SmtpCredentials.INCOMING,
      popBeforeSmtp: false,
      popBeforeSmtpWaitSeconds: 0,
      timeoutSeconds: TIMEOUT_DEFAULT_SECONDS,
      pinnedCertificate: null,
      caCertificate: null,
    },
    incoming: {
      protocol: MailProtocol.IMAP4,
      host: '',
      port: String(usualIncomingPort(MailProtocol.IMAP4, ssl)),
      isPortTyped: false,
      encryption: ssl,
      authMethod: IncomingAuthMethod.PASSWORD,
      apop: false,
      timeoutSeconds: TIMEOUT_DEFAULT_SECONDS,
      pinnedCertificate: null,
      caCertificate: null,
    },
    oauthProviderId: null,
  }
}

/** A stored server as a form; a port that is the usual one goes on following. */
export function toDraft(stored: MailServerDetailsFragment) {
  const { code, name, outgoing, incoming, oauthProviderId } = stored
  const draft: MailServerDraft = {
    code,
    name,
    outgoing: { ...outgoing, port: String(outgoing.port), isPortTyped: false },
    incoming: { ...incoming, port: String(incoming.port), isPortTyped: false },
    oauthProviderId,
  }
  letUsualPortsFollow(draft)
  return draft
}

/** The draft as it would be kept: tidied, and each hidden field at its neutral value. */
export function neutralised(draft: MailServerDraft): MailServerDraft {
  const { code, name, outgoing, incoming } = draft
  const authenticates = outgoing.authMethod !== SmtpAuthMethod.NONE
  return {
    code: code.trim(),
    name: name.trim(),
    outgoing: {
      ...outgoing,
      host: normaliseHost(outgoing.host),
      port: toHalfWidth(outgoing.port),
      credentials: authenticates ? outgoing.credentials : SmtpCredentials.INCOMING,
      popBeforeSmtpWaitSeconds: outgoing.popBeforeSmtp ? outgoing.popBeforeSmtpWaitSeconds : 0,
      ...neutralTrust(outgoing),
    },
    incoming: {
      ...incoming,
      host: normaliseHost(incoming.host),
      port: toHalfWidth(incoming.port),
      apop: offersApop(incoming) && incoming.apop,
      ...neutralTrust(incoming),
    },
    oauthProviderId: usesOAuth(draft) ? draft.oauthProviderId : null,
  }
}

/** Whether a side signs in with tokens of a provider. */
export function usesOAuth({
  outgoing,
  incoming,
}: Pick<MailServerDraft, 'outgoing' | 'incoming'>): boolean {
  return (
    outgoing.authMethod === SmtpAuthMethod.XOAUTH2 ||
    incoming.authMethod === IncomingAuthMethod.XOAUTH2
  )
}

/** APOP is a way of proving a password, and POP3's alone. */
export function offersApop({ protocol, authMethod }: MailServerDraft['incoming']): boolean {
  return protocol === MailProtocol.POP3 && authMethod === IncomingAuthMethod.PASSWORD
}

/** Without encryption there is nobody to trust. */
function neutralTrust({ encryption, pinnedCertificate, caCertificate }: Settings<DraftSide>) {
  const isEncrypted = encryption !== EncryptionMode.NONE
  return {
    pinnedCertificate: isEncrypted ? pinnedCertificate : null,
    caCertificate: (isEncrypted && caCertificate?.trim()) || null,
  }
}

/** What is sent: no forgotten choice comes to life from a hidden field. */
export function toInput(draft: MailServerDraft): MailServerInput {
  const { code, name, outgoing, incoming, oauthProviderId } = neutralised(draft)
  return {
    code,
    name,
    outgoing: {
      host: outgoing.host,
      port: Number(outgoing.port),
      encryption: outgoing.encryption,
      authMethod: outgoing.authMethod,
      credentials: outgoing.credentials,
      popBeforeSmtp: outgoing.popBeforeSmtp,
      popBeforeSmtpWaitSeconds: outgoing.popBeforeSmtpWaitSeconds,
      timeoutSeconds: outgoing.timeoutSeconds,
      pinnedCertificate: outgoing.pinnedCertificate,
      caCertificate: outgoing.caCertificate,
    },
    incoming: {
      protocol: incoming.protocol,
      host: incoming.host,
      port: Number(incoming.port),
      encryption: incoming.encryption,
      authMethod: incoming.authMethod,
      apop: incoming.apop,
      timeoutSeconds: incoming.timeoutSeconds,
      pinnedCertificate: incoming.pinnedCertificate,
      caCertificate: incoming.caCertificate,
    },
    oauthProviderId,
  }
}

/** Ports that are the usual ones go on following. */
export function letUsualPortsFollow(draft: MailServerDraft): void {
  for (const side of ['outgoing', 'incoming'] as const) {
    draft[side].isPortTyped = draft[side].port !== String(usualPort(draft, side))
  }
}

/** The port that the chosen encryption and protocol usually have. */
export function usualPort(draft: MailServerDraft, side: DraftSide): number {
  return side === 'outgoing'
    ? usualOutgoingPort(draft.outgoing.encryption)
    : usualIncomingPort(draft.incoming.protocol, draft.incoming.encryption)
}

/** After a change of encryption or protocol: the port goes along unless somebody typed one. */
export function followPort(draft: MailServerDraft, side: DraftSide): void {
  if (!draft[side].isPortTyped) draft[side].port = String(usualPort(draft, side))
}

/** Takes a port as typed; an emptied field follows again. */
export function typePort(draft: MailServerDraft, side: DraftSide, text: string): void {
  draft[side].port = text
  draft[side].isPortTyped = text.trim() !== ''
}

/** Goes back to the usual port, which follows again. */
export function takeUsualPort(draft: MailServerDraft, side: DraftSide): void {
  draft[side].isPortTyped = false
  followPort(draft, side)
}
