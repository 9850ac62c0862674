import { DiscoverySource, EncryptionMode, MailProtocol } from '@mailroom/shared'
import type { Candidate, Reach, TriedCandidate } from './candidate.js'

/** Whose word counts most: the provider's own; then what we know of it, notes and all. */
const BY_TRUST: readonly DiscoverySource[] = [
  DiscoverySource.AUTOCONFIG_PROVIDER,
  DiscoverySource.PRESET,
  DiscoverySource.AUTOCONFIG_MOZILLA,
  DiscoverySource.SRV,
  DiscoverySource.MX,
  DiscoverySource.GUESS,
]
/** More would be no list to choose from. */
const CANDIDATES_MAX = 8

const trust = ({ source }: Candidate) => BY_TRUST.indexOf(source)

/** One candidate for each pair of servers: the most trusted source's, with what the others know besides. */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  const merged = new Map<string, Candidate>()
  for (const candidate of [...candidates].sort((a, b) => trust(a) - trust(b))) {
    const key = keyOf(candidate)
    const better = merged.get(key)
    merged.set(key, better === undefined ? candidate : withMore(better, candidate))
  }
  return [...merged.values()].slice(0, CANDIDATES_MAX)
}

function keyOf({ outgoing, incoming }: Candidate): string {
  const { host, port, encryption } = outgoing
  const { protocol } = incoming
  const receiving = [protocol, incoming.host, incoming.port, incoming.encryption]
  return JSON.stringify([host, port, encryption, ...receiving])
}

function withMore(better: Candidate, other: Candidate): Candidate {
  return {
    ...better,
    providerName: better.providerName ?? other.providerName,
    usernameForm: better.usernameForm ?? other.usernameForm,
    documentationUrl: better.documentationUrl ?? other.documentationUrl,
    notes: [...new Set([...better.notes, ...other.notes])],
  }
}

/** Reached before not reached, encrypted before clear, better source first, IMAP4 before POP3. */
export function rankCandidates(candidates: readonly TriedCandidate[]): TriedCandidate[] {
  return [...candidates].sort((a, b) => {
    const [left, right] = [weights(a), weights(b)]
    return left.map((weight, index) => weight - (right[index] ?? 0)).find((d) => d !== 0) ?? 0
  })
}

function weights(candidate: TriedCandidate): number[] {
  const { outgoing, incoming, outgoingReach, incomingReach } = candidate
  const isClear = ({ encryption }: { encryption: EncryptionMode }) =>
    encryption === EncryptionMode.NONE
  return [
    missing(outgoingReach) + missing(incomingReach),
    Number(isClear(outgoing)) + Number(isClear(incoming)),
    trust(candidate),
    Number(incoming.protocol === MailProtocol.POP3),
  ]
}

/** What was not tried stands between what answered and what did not. */
function missing({ isReached }: Reach): number {
  if (isReached === null) return 1
  return isReached ? 0 : 2
}
