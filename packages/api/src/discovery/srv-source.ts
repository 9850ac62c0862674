import {
  DiscoverySource,
  EncryptionMode,
  IncomingAuthMethod,
  isHost,
  MailProtocol,
  normaliseHost,
  SmtpAuthMethod,
} from '@mailroom/shared'
import type { SrvRecord } from 'node:dns'
import type { Candidate, FoundEndpoint } from './candidate.js'
import type { Names } from './outside.js'

const { SSL, TLS } = EncryptionMode
/** RFC 8314 section 5.1 prefers implicit TLS; RFC 6186 section 3 has the others, which are asked for STARTTLS. */
const OUTGOING = [
  ['_submissions._tcp', SSL],
  ['_submission._tcp', TLS],
] as const
const INCOMING = [
  ['_imaps._tcp', MailProtocol.IMAP4, SSL],
  ['_imap._tcp', MailProtocol.IMAP4, TLS],
  ['_pop3s._tcp', MailProtocol.POP3, SSL],
  ['_pop3._tcp', MailProtocol.POP3, TLS],
] as const

/** What a domain's SRV records name (RFC 6186, RFC 8314): one candidate each for IMAP4 and POP3. */
export async function askSrv(
  domain: string,
  names: Names,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const ask = async (service: string, encryption: EncryptionMode) =>
    bestTarget(await names.srv(`${service}.${domain}`, signal), encryption)
  const [sending, receiving] = await Promise.all([
    Promise.all(OUTGOING.map(([service, encryption]) => ask(service, encryption))),
    Promise.all(
      INCOMING.map(async ([service, protocol, encryption]) => ({
        protocol,
        target: await ask(service, encryption),
      })),
    ),
  ])
  const outgoing = sending.find((target) => target !== undefined)
  if (outgoing === undefined) return []
  return [MailProtocol.IMAP4, MailProtocol.POP3].flatMap((protocol) => {
    const found = receiving.find((each) => each.protocol === protocol && each.target !== undefined)
    if (found?.target === undefined) return []
    return [
      {
        source: DiscoverySource.SRV,
        providerName: null,
        outgoing: { ...outgoing, authMethod: SmtpAuthMethod.PLAIN },
        incoming: { ...found.target, protocol, authMethod: IncomingAuthMethod.PASSWORD },
        // RFC 6186 section 4: the whole address first.
        usernameForm: null,
        documentationUrl: null,
        notes: [],
      },
    ]
  })
}

/** The target of lowest priority, of those the heaviest (RFC 2782); "." says that there is no such service. */
export function bestTarget(
  records: readonly SrvRecord[],
  encryption: EncryptionMode,
): FoundEndpoint | undefined {
  const [best] = [...records].sort((a, b) => a.priority - b.priority || b.weight - a.weight)
  const host = normaliseHost(best?.name.replace(/\.$/, '') ?? '')
  if (best === undefined || !isHost(host) || best.port < 1) return undefined
  return { host, port: best.port, encryption }
}
