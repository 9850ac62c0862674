import { DiscoverySourceProblem, type DiagnosisProblem } from '@mailroom/shared'
import { TransportError, toTransportError } from '../transport/transport-error.js'

/** A source that could not be asked, or that answered something of no use. */
export class SourceError extends Error {
  override name = 'SourceError'

  constructor(
    readonly problem: DiscoverySourceProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options)
  }
}

const PROBLEMS: Partial<Record<DiagnosisProblem, DiscoverySourceProblem>> = {
  RESOLVE_FAILED: DiscoverySourceProblem.NAME_SERVER_UNREACHABLE,
  ADDRESS_FORBIDDEN: DiscoverySourceProblem.ADDRESS_FORBIDDEN,
  TIMEOUT: DiscoverySourceProblem.TIMED_OUT,
  PROTOCOL_ERROR: DiscoverySourceProblem.NOT_UNDERSTOOD,
}

/** What a failure means for the source; a defect is thrown on. */
export function sourceProblem(error: unknown): DiscoverySourceProblem {
  if (error instanceof SourceError) return error.problem
  const failure = toTransportError(error)
  if (!(failure instanceof TransportError)) throw failure
  if (failure.problem.startsWith('TLS_CERTIFICATE_')) {
    return DiscoverySourceProblem.CERTIFICATE_UNTRUSTED
  }
  return PROBLEMS[failure.problem] ?? DiscoverySourceProblem.UNREACHABLE
}
