import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { TransportError } from './transport-error.js'

/** A provider, or the way to it, failed. Carries a code only: its texts may repeat what it was sent. */
export class ProviderError extends Error {
  override name = 'ProviderError'

  constructor(
    /** An error code of RFC 6749 (invalid_grant), of the library, or a DiagnosisProblem of the way there. */
    readonly reason: string,
    cause?: TransportError,
  ) {
    super(`the OAuth provider did not answer as it should: ${reason}`, { cause })
  }

  /** The refresh token or the code is taken no more (RFC 6749 section 5.2). */
  get isGrantEnded(): boolean {
    return this.reason === 'invalid_grant'
  }
}

const CODE = /^[\w.-]{1,64}$/

/** What the library threw as a {@link ProviderError}; what is no failure of a provider is returned as it is. */
export function toProviderError(error: unknown): unknown {
  if (error instanceof ProviderError) return error
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    return new ProviderError(CODE.test(error.error) ? error.error : 'unknown_error')
  }
  const transport = transportErrorWithin(error)
  if (transport !== undefined) return new ProviderError(transport.problem, transport)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string') return new ProviderError(CODE.test(code) ? code : 'unknown_error')
  // The library wraps whatever its fetch threw, TLS errors with their own codes among them.
  return error instanceof ClientError && error.cause !== undefined
    ? toProviderError(error.cause)
    : error
}

function transportErrorWithin(error: unknown): TransportError | undefined {
  if (error instanceof TransportError) return error
  return error instanceof Error ? transportErrorWithin(error.cause) : undefined
}
