import { DiagnosisProblem, isHost, normaliseHost } from '@mailroom/shared'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { isDialable } from './address-policy.js'
import { toTransportError, TransportError } from './transport-error.js'

/** A host after its one look-up: the addresses checked here are the addresses dialled. */
export interface ResolvedHost {
  /** What the certificate must name: the ASCII name without a final dot, or the address itself. */
  readonly name: string
  readonly isAddress: boolean
  /** In the resolver's order; never empty, none of them forbidden. */
  readonly addresses: readonly string[]
}

/** How names become addresses; the operating system's way unless a test says otherwise. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string }[]>

/** Whoever asks for a name meanwhile gets the same answer: each question holds a thread until it has one. */
const underWay = new Map<string, ReturnType<Lookup>>()

const systemLookup: Lookup = (name) => {
  const known = underWay.get(name)
  if (known !== undefined) return known
  const asked = lookup(name, { all: true, order: 'verbatim' }).finally(() => underWay.delete(name))
  underWay.set(name, asked)
  return asked
}

/**
 * Looks a host up, once, and drops the addresses that the policy forbids, so that a name that answers
 * differently the second time (DNS rebinding) leads nowhere. Throws {@link TransportError}
 * NAME_NOT_FOUND, RESOLVE_FAILED or ADDRESS_FORBIDDEN.
 */
export async function resolveHost(
  host: string,
  find: Lookup = systemLookup,
  isAllowed: (address: string) => boolean = isDialable,
): Promise<ResolvedHost> {
  const normal = normaliseHost(host)
  if (!isHost(normal)) throw new TransportError(DiagnosisProblem.NAME_NOT_FOUND)
  const name = isIP(normal) === 0 ? asciiName(normal) : normal
  const isAddress = isIP(name) !== 0
  const found = isAddress ? [name] : await addressesOf(name, find)
  const addresses = found.filter((address) => isDialable(address) && isAllowed(address))
  if (addresses.length === 0) {
    throw new TransportError(DiagnosisProblem.ADDRESS_FORBIDDEN, { detail: found.join(', ') })
  }
  return { name, isAddress, addresses }
}

/** IDN to ASCII (RFC 5891); the final dot of a rooted name is not part of SNI or of a certificate (RFC 6066). */
function asciiName(host: string): string {
  const name = domainToASCII(host.replace(/\.$/, ''))
  // RFC 6761 section 6.4: nobody shall ask the DNS for names under .invalid.
  if (name === '' || /(^|\.)invalid$/.test(name)) {
    throw new TransportError(DiagnosisProblem.NAME_NOT_FOUND)
  }
  return name
}

async function addressesOf(name: string, find: Lookup): Promise<string[]> {
  try {
    const found = (await find(name)).map(({ address }) => address)
    if (found.length > 0) return [...new Set(found)]
  } catch (error) {
    throw toTransportError(error)
  }
  throw new TransportError(DiagnosisProblem.NAME_NOT_FOUND)
}
