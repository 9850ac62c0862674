import { DiagnosisProblem } from '@mailroom/shared'

interface TransportErrorOptions {
  /** What the peer said, secrets taken out. */
  readonly detail?: string | undefined
  /** Of SMTP: the code of the reply that it is about. */
  readonly replyCode?: number | undefined
  readonly cause?: unknown
}

/** A mail server, or the way to it, failed: an expected outcome with a stable problem, never a defect. */
export class TransportError extends Error {
  override name = 'TransportError'
  readonly detail: string | undefined
  readonly replyCode: number | undefined

  constructor(
    readonly problem: DiagnosisProblem,
    options: TransportErrorOptions = {},
  ) {
    super(problem, { cause: options.cause })
    this.detail = options.detail
    this.replyCode = options.replyCode
  }
}

/** Codes of getaddrinfo, connect(2), and OpenSSL as Node names them. Texts differ by version; codes do not. */
const PROBLEM_BY_CODE: Readonly<Record<string, DiagnosisProblem>> = {
  ENOTFOUND: DiagnosisProblem.NAME_NOT_FOUND,
  ENODATA: DiagnosisProblem.NAME_NOT_FOUND,
  EAI_AGAIN: DiagnosisProblem.RESOLVE_FAILED,
  EAI_FAIL: DiagnosisProblem.RESOLVE_FAILED,
  ECONNREFUSED: DiagnosisProblem.CONNECT_REFUSED,
  EHOSTUNREACH: DiagnosisProblem.CONNECT_UNREACHABLE,
  ENETUNREACH: DiagnosisProblem.CONNECT_UNREACHABLE,
  EHOSTDOWN: DiagnosisProblem.CONNECT_UNREACHABLE,
  ENETDOWN: DiagnosisProblem.CONNECT_UNREACHABLE,
  EADDRNOTAVAIL: DiagnosisProblem.CONNECT_UNREACHABLE,
  EAFNOSUPPORT: DiagnosisProblem.CONNECT_UNREACHABLE,
  EACCES: DiagnosisProblem.CONNECT_UNREACHABLE,
  EPERM: DiagnosisProblem.CONNECT_UNREACHABLE,
  EINVAL: DiagnosisProblem.CONNECT_UNREACHABLE,
  ETIMEDOUT: DiagnosisProblem.TIMEOUT,
  ECONNRESET: DiagnosisProblem.CONNECTION_LOST,
  ECONNABORTED: DiagnosisProblem.CONNECTION_LOST,
  EPIPE: DiagnosisProblem.CONNECTION_LOST,
  CERT_HAS_EXPIRED: DiagnosisProblem.TLS_CERTIFICATE_EXPIRED,
  CERT_NOT_YET_VALID: DiagnosisProblem.TLS_CERTIFICATE_NOT_YET_VALID,
  DEPTH_ZERO_SELF_SIGNED_CERT: DiagnosisProblem.TLS_CERTIFICATE_SELF_SIGNED,
  ERR_TLS_CERT_ALTNAME_INVALID: DiagnosisProblem.TLS_CERTIFICATE_WRONG_NAME,
  // The answer to our ClientHello was no TLS record: the port speaks clear text.
  ERR_SSL_WRONG_VERSION_NUMBER: DiagnosisProblem.TLS_ON_PLAIN_PORT,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: DiagnosisProblem.TLS_ON_PLAIN_PORT,
  // The server's newest version is below ours, said by its hello or by its alert.
  ERR_SSL_UNSUPPORTED_PROTOCOL: DiagnosisProblem.TLS_VERSION_TOO_OLD,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: DiagnosisProblem.TLS_VERSION_TOO_OLD,
  EPROTO: DiagnosisProblem.TLS_FAILED,
}

/** The problem that a system's or TLS library's error stands for, or undefined for one that is a defect. */
export function problemOf(error: unknown): DiagnosisProblem | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined
  }
  const known = PROBLEM_BY_CODE[error.code]
  if (known !== undefined) return known
  return error.code.startsWith('ERR_SSL_') ? DiagnosisProblem.TLS_FAILED : undefined
}

/** An error of Node's as a {@link TransportError}; one without a known code is returned as it is. */
export function toTransportError(error: unknown): Error {
  if (error instanceof TransportError) return error
  const problem = problemOf(error)
  if (problem === undefined)
    return error instanceof Error ? error : new Error('not an Error', { cause: error })
  return new TransportError(problem, { cause: error })
}
