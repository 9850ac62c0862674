import { DiagnosisProblem, type EncryptionMode } from '@mailroom/shared'
import { isIPv6 } from 'node:net'
import type { AddressPolicy } from './address-policy.js'
import type { CertificateFacts } from './certificate-facts.js'
import { LineConnection, type WireListener } from './line-connection.js'
import type { MailSession, SessionOptions } from './mail-session.js'
import { openSocket } from './open-socket.js'
import type { Credentials, Redact } from './redact.js'
import { resolveHost, type Lookup, type ResolvedHost } from './resolve-host.js'
import { handshake } from './secure-socket.js'
import { TransportError } from './transport-error.js'

/** An address family by its number. */
export type Family = 4 | 6

/** Where a session is opened and how it is protected. */
export interface SessionEndpoint<S extends MailSession> {
  readonly host: string
  readonly port: number
  readonly encryption: EncryptionMode
  /** Wall clock of each step. */
  readonly timeoutMs: number
  readonly pinnedCertificate?: string | null | undefined
  /** PEM of authorities besides the system's. */
  readonly extraCa?: readonly string[] | undefined
  readonly createSession: (options: SessionOptions) => S
  /**
   * Dials the host's addresses of this family only. A server of POP before SMTP knows its clients by
   * address: both connections of a client must leave from the same one.
   */
  readonly family?: Family | undefined
  /** How the host becomes addresses, where not by the system's resolver. */
  readonly lookup?: Lookup | undefined
  /** Where this installation may connect; left out: wherever anybody may. */
  readonly policy?: AddressPolicy | undefined
}

/** What the TLS handshake has settled. */
export interface Secured {
  /** Such as "TLSv1.3, TLS_AES_256_GCM_SHA384". */
  readonly said: string
  readonly certificate: CertificateFacts | undefined
}

/**
 * The steps of opening a session, each once and in one place; who calls decides on their order, their
 * clocks and what becomes of a failure. Each throws a TransportError and ends with its signal.
 */
export class SessionOpener<S extends MailSession> {
  #host: ResolvedHost | undefined
  #connection: LineConnection | undefined
  #session: S | undefined
  #address = ''
  #certificate: CertificateFacts | undefined

  constructor(
    private readonly endpoint: SessionEndpoint<S>,
    readonly redact: Redact,
    private readonly onWire?: WireListener,
  ) {}

  /** What the server has shown, also where it was refused. */
  get certificate(): CertificateFacts | undefined {
    return this.#certificate
  }
  /** The address that was connected to; '' before. */
  get address(): string {
    return this.#address
  }
  get family(): Family | undefined {
    if (this.#address === '') return undefined
    return isIPv6(this.#address) ? 6 : 4
  }
  get session(): S {
    return present(this.#session)
  }
  /** The session where there is one already. */
  get sessionSoFar(): S | undefined {
    return this.#session
  }
  get connection(): LineConnection {
    return present(this.#connection)
  }

  /** Looks the host up, once; resolves to the addresses that will be dialled. */
  async resolve(): Promise<readonly string[]> {
    const { host, port, lookup, policy, family } = this.endpoint
    const found = await resolveHost(host, lookup, await policy?.forPort(port))
    const addresses = found.addresses.filter(
      (address) => family === undefined || isIPv6(address) === (family === 6),
    )
    if (addresses.length === 0) {
      throw new TransportError(DiagnosisProblem.CONNECT_UNREACHABLE, {
        detail: `no IPv${family} address among ${found.addresses.join(', ')}`,
      })
    }
    this.#host = { ...found, addresses }
    return addresses
  }

  /** Dials; resolves to the address that answered. */
  async connect(signal: AbortSignal): Promise<string> {
    const { port, timeoutMs, createSession } = this.endpoint
    const socket = await openSocket(present(this.#host), { port, timeoutMs, signal })
    this.#address = socket.remoteAddress ?? ''
    this.#connection = new LineConnection(socket, this.onWire)
    this.#session = createSession({ connection: this.#connection, redact: this.redact })
    return this.#address
  }

  /** The TLS handshake on the connection as it stands. Not one more byte goes to whoever fails it. */
  async secure(signal: AbortSignal): Promise<Secured> {
    const { pinnedCertificate, extraCa } = this.endpoint
    const connection = this.connection
    const { socket, certificate, problem } = await handshake(
      connection.detach(),
      present(this.#host),
      { pinnedCertificate, extraCa },
      signal,
    )
    this.#certificate = certificate
    connection.adopt(socket)
    const said = `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().name}`
    if (problem === undefined) return { said, certificate }
    connection.destroy()
    throw new TransportError(problem, { detail: this.#verdict(problem) ?? said })
  }

  /** STARTTLS or STLS, required: asks, reads the consent, shakes hands. */
  async startTls(signal: AbortSignal): Promise<Secured> {
    await this.session.capabilities(signal)
    await this.session.startTls(signal)
    refuseUnread(this.connection, DiagnosisProblem.TLS_FAILED, 'data after the consent to STARTTLS')
    return this.secure(signal)
  }

  authenticate(credentials: Credentials, signal: AbortSignal): Promise<string> {
    return this.session.authenticate(credentials, signal)
  }

  /** Lets go of the connection, if there is one. */
  destroy(): void {
    this.#connection?.destroy()
  }

  #verdict(problem: DiagnosisProblem): string | undefined {
    return problem === DiagnosisProblem.TLS_CERTIFICATE_CHANGED
      ? `trusted: ${this.endpoint.pinnedCertificate ?? ''}\nshown: ${this.#certificate?.fingerprint256 ?? ''}`
      : this.#certificate?.subject
  }
}

/** Bytes where the server has to wait were put there by somebody else, or it is out of step (CVE-2021-38371's class). */
export function refuseUnread(
  connection: LineConnection,
  problem: DiagnosisProblem,
  detail: string,
): void {
  if (connection.hasUnread) throw new TransportError(problem, { detail })
}

/** What an earlier step has left; a step runs only where those before it succeeded. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a step of opening a session ran out of order')
  return value
}
