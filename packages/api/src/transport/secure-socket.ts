import { DiagnosisProblem } from '@mailroom/shared'
import type { Socket } from 'node:net'
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import { certificateFacts, type CertificateFacts } from './certificate-facts.js'
import type { ResolvedHost } from './resolve-host.js'
import { problemOf, toTransportError, TransportError } from './transport-error.js'

/** NIST SP 800-131A. */
const RSA_MIN_BITS = 2_048

/** Which certificate is accepted. */
export interface TlsPolicy {
  /** SHA-256 in lower-case hex of the one certificate to accept, whatever its authority and names. */
  readonly pinnedCertificate?: string | null | undefined
  /** PEM of further authorities, for this connection only. */
  readonly extraCa?: readonly string[] | undefined
}

/** A finished handshake: judged, and not yet refused, so that an untrusted certificate can be shown. */
export interface Handshake {
  readonly socket: TLSSocket
  readonly certificate: CertificateFacts | undefined
  readonly problem: DiagnosisProblem | undefined
}

/**
 * Puts TLS 1.2 or later on a connected socket. Node is told not to judge the certificate so that its
 * facts can be reported; the verdict is in `problem`, and no byte may be written where it is set.
 */
export async function handshake(
  plain: Socket,
  host: ResolvedHost,
  policy: TlsPolicy,
  signal: AbortSignal,
): Promise<Handshake> {
  const socket = connect({
    socket: plain,
    secureContext: secureContext(policy.extraCa),
    host: host.name,
    // RFC 6066 section 3: SNI carries names only.
    servername: host.isAddress ? '' : host.name,
    rejectUnauthorized: false,
  })
  await shakeHands(socket, signal)
  const certificate = socket.getPeerCertificate()
  const problem = judge(socket, host, policy)
  return {
    socket,
    certificate: certificateFacts(certificate, problem === undefined),
    problem,
  }
}

function shakeHands(socket: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandon = () => socket.destroy(new TransportError(DiagnosisProblem.TIMEOUT))
    const settle = (failure?: unknown) => {
      signal.removeEventListener('abort', abandon)
      socket.removeListener('error', fail).removeListener('close', lose)
      if (failure === undefined) return resolve()
      // A later error of the same socket must find a listener.
      socket.on('error', () => undefined).destroy()
      reject(failure instanceof Error ? failure : new Error('handshake', { cause: failure }))
    }
    const fail = (error: Error) => settle(toTransportError(error))
    const lose = () => settle(new TransportError(DiagnosisProblem.CONNECTION_LOST))
    signal.addEventListener('abort', abandon, { once: true })
    socket
      .once('secureConnect', () => settle())
      .on('error', fail)
      .once('close', lose)
  })
}

function judge(
  socket: TLSSocket,
  host: ResolvedHost,
  policy: TlsPolicy,
): DiagnosisProblem | undefined {
  const certificate = socket.getPeerCertificate()
  const facts = certificateFacts(certificate, false)
  if (facts === undefined) return DiagnosisProblem.TLS_FAILED
  if (policy.pinnedCertificate) {
    return facts.fingerprint256 === policy.pinnedCertificate
      ? undefined
      : DiagnosisProblem.TLS_CERTIFICATE_CHANGED
  }
  // Node puts a code here though it is typed as an Error; a wrong name is judged here as well.
  const reason: unknown = socket.authorizationError
  if (!socket.authorized) return certificateProblem(reason, socket)
  return checkServerIdentity(host.name, certificate) === undefined
    ? undefined
    : DiagnosisProblem.TLS_CERTIFICATE_WRONG_NAME
}

function certificateProblem(reason: unknown, socket: TLSSocket): DiagnosisProblem {
  if (reason === 'UNSPECIFIED' && isWeak(socket)) return DiagnosisProblem.TLS_CERTIFICATE_WEAK
  const code = typeof reason === 'string' ? Object.assign(new Error(), { code: reason }) : reason
  return problemOf(code) ?? DiagnosisProblem.TLS_CERTIFICATE_UNTRUSTED
}

/** What OpenSSL's security level 2 refuses; Node has no code of its own for it. */
function isWeak(socket: TLSSocket): boolean {
  const key = socket.getPeerX509Certificate()?.publicKey
  const bits = key?.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < RSA_MIN_BITS) return true
  // NIST SP 800-131A: no new SHA-1 signature since 2014. The only other reason for the same verdict.
  const signature = socket.getPeerX509Certificate()?.signatureAlgorithm
  return signature === undefined || /sha1|md5/i.test(signature)
}

let ordinary: SecureContext | undefined

/** The authorities of Node, of NODE_EXTRA_CA_CERTS and of the operating system, parsed once, since they are many; TLS 1.2 or later. */
export function secureContext(extraCa: readonly string[] = []): SecureContext {
  if (extraCa.length > 0) return createContext(extraCa)
  ordinary ??= createContext([])
  return ordinary
}

function createContext(extra: readonly string[]): SecureContext {
  const known = [...getCACertificates('default'), ...getCACertificates('system')]
  return createSecureContext({ ca: [...new Set([...known, ...extra])], minVersion: 'TLSv1.2' })
}
