import { DiagnosisProblem, DiscoverySource, DiscoverySourceProblem } from '@mailroom/shared'
import { TransportError, toTransportError } from '../transport/transport-error.js'
import type { Candidate } from './candidate.js'
import type { HttpsGet } from './https-get.js'
import type { MailAddress } from './mail-address.js'
import { parseAutoconfig } from './parse-autoconfig.js'
import { SourceError } from './source-error.js'

/**
 * The provider's own file, at the two places where the format has it. The first is a program that may
 * answer differently for each address, and is the only one to be told the whole of it.
 */
export async function askProvider(
  address: MailAddress,
  get: HttpsGet,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const { domain } = address
  const told = new URL(`https://autoconfig.${domain}/mail/config-v1.1.xml`)
  told.searchParams.set('emailaddress', address.address)
  const wellKnown = new URL(`https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`)
  const read = async (url: URL) => {
    const xml = await ifThereIsOne(get(url, signal))
    // Many web servers answer everything with some page of theirs.
    return xml === undefined || !xml.includes('<clientConfig')
      ? []
      : parseAutoconfig(xml, address, DiscoverySource.AUTOCONFIG_PROVIDER)
  }
  return firstFound([read(told), read(wellKnown)])
}

const NOBODY: readonly DiagnosisProblem[] = [
  DiagnosisProblem.NAME_NOT_FOUND,
  DiagnosisProblem.CONNECT_REFUSED,
]

/** No such name, and nobody who listens there, are answers: this provider has no file. */
async function ifThereIsOne(file: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await file
  } catch (error) {
    const failure = toTransportError(error)
    if (failure instanceof TransportError && NOBODY.includes(failure.problem)) return undefined
    throw failure
  }
}

/** Mozilla's list; it hears the domain alone. Asked for the domain, then for those that take its mail. */
export async function askMozilla(
  address: MailAddress,
  mx: Promise<readonly string[]>,
  get: HttpsGet,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const ask = async (domain: string) => {
    const url = new URL(`https://autoconfig.thunderbird.net/v1.1/${domain}`)
    const xml = await get(url, signal).catch(seeMissingNetwork)
    return xml === undefined
      ? []
      : parseAutoconfig(xml, address, DiscoverySource.AUTOCONFIG_MOZILLA)
  }
  const own = await ask(address.domain)
  if (own.length > 0) return own
  const others = baseDomains((await mx.catch(() => []))[0] ?? '').filter(
    (domain) => domain !== address.domain,
  )
  return firstFound(others.map(ask))
}

/** Mozilla's name always exists: whoever says that it does not, knows nothing of the world outside. */
function seeMissingNetwork(error: unknown): never {
  const isUnknown =
    error instanceof TransportError && error.problem === DiagnosisProblem.NAME_NOT_FOUND
  if (!isUnknown) throw error
  throw new SourceError(DiscoverySourceProblem.NAME_SERVER_UNREACHABLE, { cause: error })
}

// Where a registry sells names below a second level, as .jp does: co.jp, ne.jp, com.au.
const SOLD_BELOW = /^(?:ac|ad|co|com|ed|edu|go|gov|gr|lg|mil|ne|net|or|org)\.[a-z]{2}$/

/** By which names Mozilla may know a host's owner: its last three labels, and its last two where they are an owner's. */
export function baseDomains(host: string): string[] {
  const labels = host.split('.')
  const last = (count: number) => labels.slice(-count).join('.')
  const two = labels.length >= 2 && !SOLD_BELOW.test(last(2)) ? [last(2)] : []
  return labels.length >= 3 ? [last(3), ...two] : two
}

/** Asked side by side, taken in order; fails only where none has anything and one could not be asked. */
async function firstFound(answers: readonly Promise<Candidate[]>[]): Promise<Candidate[]> {
  const settled = await Promise.allSettled(answers)
  const found = settled.find((each) => each.status === 'fulfilled' && each.value.length > 0)
  if (found?.status === 'fulfilled') return found.value
  const failed = settled.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return []
}
