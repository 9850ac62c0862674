import { DiscoverySourceProblem } from '@mailroom/shared'
import { lookup } from 'node:dns/promises'
import { Resolver, type MxRecord, type SrvRecord } from 'node:dns'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { Lookup } from '../transport/resolve-host.js'
import { createHttpsGet, type HttpsGet } from './https-get.js'
import { limitConcurrency } from '../limit-concurrency.js'
import { SourceError } from './source-error.js'

/** All that finding settings asks of the world outside; tests bring their own. */
export interface Outside {
  readonly addresses: Lookup
  readonly names: Names
  readonly get: HttpsGet
  /** PEM of authorities besides the system's, for the mail servers that are tried. */
  readonly extraCa?: readonly string[]
}

/** Records of the DNS; none is an empty list. Throws {@link SourceError} where nobody answers. */
export interface Names {
  mx(domain: string, signal: AbortSignal): Promise<readonly MxRecord[]>
  srv(name: string, signal: AbortSignal): Promise<readonly SrvRecord[]>
}

/** The operating system's resolver waits long where there is no network and blocks a thread meanwhile. */
const LOOKUPS_AT_ONCE = 2
const RECORD_TIMEOUT_MS = 2_000

/** The world as it is. */
export function createOutside(policy: AddressPolicy): Outside {
  const limited = limitConcurrency(LOOKUPS_AT_ONCE)
  const addresses: Lookup = (name) => limited(() => lookup(name, { all: true, order: 'verbatim' }))
  return { addresses, names: systemNames, get: createHttpsGet({ lookup: addresses, policy }) }
}

type Answered<T> = (error: NodeJS.ErrnoException | null, records: T[]) => void

const systemNames: Names = {
  mx: (domain, signal) =>
    ask<MxRecord>(signal, (resolver, answered) => resolver.resolveMx(domain, answered)),
  srv: (name, signal) =>
    ask<SrvRecord>(signal, (resolver, answered) => resolver.resolveSrv(name, answered)),
}

/** One question by a resolver of its own, so that cancelling it cancels no other. */
function ask<T>(
  signal: AbortSignal,
  question: (resolver: Resolver, answered: Answered<T>) => void,
): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const resolver = new Resolver({ timeout: RECORD_TIMEOUT_MS, tries: 1 })
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    question(resolver, (error, records) => {
      signal.removeEventListener('abort', cancel)
      if (error === null) resolve(records)
      else if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') resolve([])
      else reject(recordError(error))
    })
  })
}

function recordError(error: NodeJS.ErrnoException): SourceError {
  const problem =
    error.code === 'EBADRESP' || error.code === 'EBADNAME'
      ? DiscoverySourceProblem.NOT_UNDERSTOOD
      : DiscoverySourceProblem.NAME_SERVER_UNREACHABLE
  return new SourceError(problem, { cause: error })
}

/** Asks about each name once, so that what was judged is what is dialled, however often the name comes up. */
export function rememberLookups(find: Lookup): Lookup {
  const known = new Map<string, ReturnType<Lookup>>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const answer = find(name)
    known.set(name, answer)
    return answer
  }
}
