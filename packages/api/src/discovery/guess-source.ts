import {
  DiscoverySource,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  usualIncomingPort,
  usualOutgoingPort,
} from '@mailroom/shared'
import type { FoundEndpoint, Reach, TriedCandidate } from './candidate.js'
import type { Probed, Prober, Receives } from './probe.js'

/** All that guessing needs of a prober. */
export type Probes = Pick<Prober, 'probe'>

/** Safe ones first. */
const ENCRYPTIONS = [EncryptionMode.SSL, EncryptionMode.TLS, EncryptionMode.NONE] as const
const SENDING_NAMES = ['smtp', 'mail']
const RECEIVING_NAMES: Record<MailProtocol, readonly string[]> = {
  IMAP4: ['imap', 'mail'],
  POP3: ['pop', 'mail'],
}

interface Guess {
  readonly endpoint: FoundEndpoint
  readonly probed: Probed
}

/** Tries the names and ports that mail servers usually have; only those that answer are candidates. */
export async function guessSettings(domain: string, prober: Probes): Promise<TriedCandidate[]> {
  const try_ = (names: readonly string[], receives: Receives) =>
    firstAnswering(domain, names, receives, prober)
  const [sending, ...receiving] = await Promise.all([
    try_(SENDING_NAMES, null),
    try_(RECEIVING_NAMES.IMAP4, MailProtocol.IMAP4),
    try_(RECEIVING_NAMES.POP3, MailProtocol.POP3),
  ])
  if (sending === undefined) return []
  const protocols = [MailProtocol.IMAP4, MailProtocol.POP3] as const
  return protocols.flatMap((protocol, index) => {
    const received = receiving[index]
    if (received === undefined) return []
    return [
      {
        source: DiscoverySource.GUESS,
        providerName: null,
        outgoing: { ...sending.endpoint, authMethod: authMethodFor(sending.probed.authMethods) },
        incoming: { ...received.endpoint, protocol, authMethod: IncomingAuthMethod.PASSWORD },
        usernameForm: null,
        documentationUrl: null,
        notes: [],
        outgoingReach: reachOf(sending.probed),
        incomingReach: reachOf(received.probed),
      },
    ]
  })
}

async function firstAnswering(
  domain: string,
  names: readonly string[],
  receives: Receives,
  prober: Probes,
): Promise<Guess | undefined> {
  const endpoints = ENCRYPTIONS.flatMap((encryption) =>
    names.map((name) => ({
      host: `${name}.${domain}`,
      port:
        receives === null ? usualOutgoingPort(encryption) : usualIncomingPort(receives, encryption),
      encryption,
    })),
  )
  const guesses = await Promise.all(
    endpoints.map(async (endpoint) => ({
      endpoint,
      probed: await prober.probe(endpoint, receives),
    })),
  )
  // A mail server whose certificate needs trusting is there, and better than one in clear text.
  return guesses.find(
    ({ probed }) =>
      probed.isReached === true || (probed.problem?.startsWith('TLS_CERTIFICATE_') ?? false),
  )
}

const reachOf = ({ isReached, problem }: Probed): Reach => ({ isReached, problem })

const BY_NAME: readonly [string, SmtpAuthMethod][] = [
  ['PLAIN', SmtpAuthMethod.PLAIN],
  ['LOGIN', SmtpAuthMethod.LOGIN],
  ['CRAM-MD5', SmtpAuthMethod.CRAM_MD5],
  ['DIGEST-MD5', SmtpAuthMethod.DIGEST_MD5],
  ['XOAUTH2', SmtpAuthMethod.XOAUTH2],
]

/** The usual one of those that a server offers; without an offer, none is asked for. */
export function authMethodFor(offered: readonly string[]): SmtpAuthMethod {
  const names = offered.map((name) => name.toUpperCase())
  return BY_NAME.find(([name]) => names.includes(name))?.[1] ?? SmtpAuthMethod.NONE
}
