import { DiscoverySource, DiscoverySourceProblem } from '@mailroom/shared'
import type { AddressPolicy } from '../transport/address-policy.js'
import { withDeadline } from '../transport/deadline.js'
import { askMozilla, askProvider } from './autoconfig-source.js'
import { NOT_TRIED, type Candidate, type TriedCandidate } from './candidate.js'
import { authMethodFor, guessSettings } from './guess-source.js'
import type { MailAddress } from './mail-address.js'
import { rememberLookups, type Outside } from './outside.js'
import { presetsForDomain, presetsForMx } from './preset-source.js'
import { Prober } from './probe.js'
import { mergeCandidates, rankCandidates } from './rank-candidates.js'
import { SourceError, sourceProblem } from './source-error.js'
import { askSrv } from './srv-source.js'

/** How far finding may go: not off this machine, to the name servers and mail servers, or to web servers too. */
export type DiscoveryMode = 'off' | 'local' | 'on'

interface UnaskedSource {
  readonly source: DiscoverySource
  readonly problem: DiscoverySourceProblem
}
export interface Discovery {
  /** The best first. */
  readonly candidates: readonly TriedCandidate[]
  readonly unasked: readonly UnaskedSource[]
}

interface DiscoverOptions {
  readonly outside: Outside
  readonly policy: AddressPolicy
  readonly mode: DiscoveryMode
  /** Ends it and its connections. */
  readonly signal: AbortSignal
}

const MX_MS = 2_500
const SOURCE_MS = 4_500
const PROBES_MS = 4_500

/**
 * Finds settings for an address: asks all sources side by side, tries what they propose, and sorts.
 * Stores nothing. Ends within ten seconds whatever anybody out there does.
 */
export async function discover(
  address: MailAddress,
  { outside, policy, mode, signal }: DiscoverOptions,
): Promise<Discovery> {
  const { domain } = address
  const unasked: UnaskedSource[] = []
  const ask = async (
    source: DiscoverySource,
    work: (signal: AbortSignal) => Promise<Candidate[]>,
  ) => {
    try {
      if (!isAllowed(source, mode)) throw new SourceError(DiscoverySourceProblem.SWITCHED_OFF)
      return await withDeadline(SOURCE_MS, signal, work)
    } catch (error) {
      unasked.push({ source, problem: problemFrom(error, signal) })
      return []
    }
  }
  const preset = presetsForDomain(domain)
  const mx =
    mode === 'off'
      ? Promise.resolve([])
      : withDeadline(MX_MS, signal, (ends) => mailHosts(domain, outside, ends))
  // Whoever waits for it hears of its failure; nobody may be waiting.
  mx.catch(() => undefined)
  const found = await Promise.all([
    ask(DiscoverySource.AUTOCONFIG_PROVIDER, (ends) => askProvider(address, outside.get, ends)),
    ask(DiscoverySource.AUTOCONFIG_MOZILLA, (ends) => askMozilla(address, mx, outside.get, ends)),
    ask(DiscoverySource.SRV, (ends) => askSrv(domain, outside.names, ends)),
    // Where the domain itself is known, its delivery tells nothing more.
    ask(DiscoverySource.MX, async () => {
      const hosts = await mx
      return preset.length > 0 ? [] : presetsForMx(domain, hosts)
    }),
  ])
  const candidates = mergeCandidates([...preset, ...found.flat()])
  if (mode === 'off') {
    unasked.push({ source: DiscoverySource.GUESS, problem: DiscoverySourceProblem.SWITCHED_OFF })
    return { candidates: rankCandidates(candidates.map(untried)), unasked }
  }
  const tried = await withinTime(signal, (ends) => {
    const { extraCa = [] } = outside
    const lookup = rememberLookups(outside.addresses)
    const prober = new Prober({ lookup, extraCa, policy, signal: ends })
    return candidates.length === 0
      ? guessSettings(domain, prober)
      : Promise.all(candidates.map((candidate) => tryOut(candidate, prober)))
  })
  return { candidates: rankCandidates(tried), unasked }
}

/** Ends the connections when their time is over, and waits for what they have to say of it. */
async function withinTime<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const end = () => controller.abort()
  const timer = setTimeout(end, PROBES_MS)
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

function isAllowed(source: DiscoverySource, mode: DiscoveryMode): boolean {
  if (mode === 'on') return true
  const isOfTheWeb =
    source === DiscoverySource.AUTOCONFIG_PROVIDER || source === DiscoverySource.AUTOCONFIG_MOZILLA
  return mode === 'local' && !isOfTheWeb
}

async function mailHosts(domain: string, { names }: Outside, signal: AbortSignal) {
  const records = await names.mx(domain, signal)
  return [...records]
    .sort((a, b) => a.priority - b.priority)
    .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''))
    .slice(0, 5)
}

function problemFrom(error: unknown, signal: AbortSignal): DiscoverySourceProblem {
  return signal.aborted ? DiscoverySourceProblem.TIMED_OUT : sourceProblem(error)
}

const untried = (candidate: Candidate): TriedCandidate => ({
  ...candidate,
  outgoingReach: NOT_TRIED,
  incomingReach: NOT_TRIED,
})

async function tryOut(candidate: Candidate, prober: Prober): Promise<TriedCandidate> {
  const { source, outgoing, incoming } = candidate
  const [sent, received] = await Promise.all([
    prober.probe(outgoing, null),
    prober.probe(incoming, incoming.protocol),
  ])
  // SRV records do not say how to authenticate; the server has said what it offers.
  const asksServer = source === DiscoverySource.SRV && sent.isReached === true
  return {
    ...candidate,
    outgoing: asksServer ? { ...outgoing, authMethod: authMethodFor(sent.authMethods) } : outgoing,
    outgoingReach: { isReached: sent.isReached, problem: sent.problem },
    incomingReach: { isReached: received.isReached, problem: received.problem },
  }
}
