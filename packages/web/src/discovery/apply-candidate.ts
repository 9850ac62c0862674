import { CODE_MAX_LENGTH, NAME_MAX_LENGTH, SmtpCredentials } from '@mailroom/shared'
import { letUsualPortsFollow, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import type { Candidate } from './useDiscovery.js'

/** Code and name as we proposed them: they are nobody's own words until somebody changes them. */
export interface Suggested {
  readonly code: string
  readonly name: string
}

/** What to call a candidate. */
export function candidateName({ providerName }: Candidate, domain: string): string {
  return providerName ?? domain
}

/** Whether both servers answered. */
export function isReached({ outgoing, incoming }: Candidate): boolean {
  return outgoing.isReached === true && incoming.isReached === true
}

/** Fills the form. Code and name are only proposed: what was typed stays. */
export function applyCandidate(
  draft: MailServerDraft,
  candidate: Candidate,
  domain: string,
  before: Suggested | undefined,
): Suggested {
  const suggested = {
    code: clipped(domain, CODE_MAX_LENGTH),
    name: clipped(candidateName(candidate, domain), NAME_MAX_LENGTH),
  }
  for (const key of ['code', 'name'] as const) {
    if (draft[key].trim() === '' || draft[key] === before?.[key]) draft[key] = suggested[key]
  }
  const { outgoing, incoming } = candidate
  const newlyTrusted = { pinnedCertificate: null, caCertificate: null }
  Object.assign(draft.outgoing, {
    ...{ host: outgoing.host, port: String(outgoing.port), encryption: outgoing.encryption },
    authMethod: outgoing.authMethod,
    credentials: SmtpCredentials.INCOMING,
    popBeforeSmtp: false,
    ...newlyTrusted,
  } satisfies Partial<MailServerDraft['outgoing']>)
  Object.assign(draft.incoming, {
    ...{ host: incoming.host, port: String(incoming.port), encryption: incoming.encryption },
    protocol: incoming.protocol,
    authMethod: incoming.authMethod,
    apop: false,
    ...newlyTrusted,
  } satisfies Partial<MailServerDraft['incoming']>)
  letUsualPortsFollow(draft)
  return suggested
}

const clipped = (text: string, max: number) => [...text].slice(0, max).join('')
