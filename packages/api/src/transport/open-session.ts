import { DiagnosisProblem, DiagnosisStepKind, EncryptionMode } from '@mailroom/shared'
import { isIPv6, type Socket } from 'node:net'
import { withDeadline } from './deadline.js'
import { LineConnection } from './line-connection.js'
import type { MailSession, SessionOptions } from './mail-session.js'
import { openSocket } from './open-socket.js'
import { createRedact, type Credentials, type Redact } from './redact.js'
import { resolveHost, type Lookup, type ResolvedHost } from './resolve-host.js'
import { handshake } from './secure-socket.js'
import { asStepFailure } from './step-failure.js'
import { TransportError } from './transport-error.js'

/** Where a session is opened, how it is protected and who signs in. */
export interface SessionTarget<S extends MailSession> {
  readonly host: string
  readonly port: number
  readonly encryption: EncryptionMode
  /** Wall clock of each step. */
  readonly timeoutMs: number
  readonly pinnedCertificate?: string | null | undefined
  readonly extraCa?: readonly string[] | undefined
  /** Undefined: nobody signs in. */
  readonly credentials: Credentials | undefined
  readonly createSession: (options: SessionOptions) => S
  /**
   * Dials the host's addresses of this family only. A server of POP before SMTP knows its clients by
   * address: both connections of a client must leave from the same one.
   */
  readonly family?: 4 | 6 | undefined
  readonly lookup?: Lookup | undefined
}

/** A session that has greeted, is as protected as was asked for, and is signed in. */
export interface OpenedSession<S extends MailSession> {
  readonly session: S
  readonly connection: LineConnection
  readonly redact: Redact
  /** The family that was dialled, for the other side of a POP before SMTP. */
  readonly family: 4 | 6
}

/** Hears of each step as it begins. */
export type OnStep = (step: DiagnosisStepKind) => void

/**
 * Opens, protects and signs in, in the order that the encryption needs: the one place where this is
 * done for sending and receiving. Fails closed: without the protection that was asked for not a byte
 * of the credentials is written. Throws a StepFailure that names the step; no socket is left then.
 */
export async function openSession<S extends MailSession>(
  target: SessionTarget<S>,
  signal?: AbortSignal,
  onStep?: OnStep,
): Promise<OpenedSession<S>> {
  return new Opener(target, signal, onStep).open()
}

class Opener<S extends MailSession> {
  readonly #redact: Redact
  #connection: LineConnection | undefined

  constructor(
    private readonly target: SessionTarget<S>,
    private readonly signal: AbortSignal | undefined,
    private readonly onStep: OnStep | undefined,
  ) {
    this.#redact = createRedact(target.credentials === undefined ? [] : [target.credentials])
  }

  async open(): Promise<OpenedSession<S>> {
    try {
      return await this.#open()
    } catch (error) {
      this.#connection?.destroy()
      throw error
    }
  }

  async #open(): Promise<OpenedSession<S>> {
    const { encryption, createSession, credentials } = this.target
    const host = await this.#step(DiagnosisStepKind.RESOLVE, () => this.#resolve())
    const socket = await this.#step(DiagnosisStepKind.CONNECT, (at) => this.#connect(host, at))
    const connection = new LineConnection(socket)
    this.#connection = connection
    const session = createSession({ connection, redact: this.#redact })
    const secure = (at: AbortSignal) => this.#secure(connection, host, at)
    if (encryption === EncryptionMode.SSL) await this.#step(DiagnosisStepKind.TLS, secure)
    await this.#step(DiagnosisStepKind.GREETING, (at) => session.greeting(at))
    if (encryption === EncryptionMode.TLS) {
      await this.#step(DiagnosisStepKind.TLS, async (at) => {
        await session.capabilities(at)
        await session.startTls(at)
        refuseUnread(connection, DiagnosisProblem.TLS_FAILED, 'data after the consent to STARTTLS')
        await secure(at)
      })
    }
    await this.#step(DiagnosisStepKind.CAPABILITIES, (at) => session.capabilities(at))
    if (credentials !== undefined) {
      await this.#step(DiagnosisStepKind.AUTHENTICATE, (at) =>
        session.authenticate(credentials, at),
      )
    }
    const family = isIPv6(socket.remoteAddress ?? '') ? 6 : 4
    return { session, connection, redact: this.#redact, family }
  }

  async #step<T>(kind: DiagnosisStepKind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.onStep?.(kind)
    try {
      return await withDeadline(this.target.timeoutMs, this.signal, work)
    } catch (error) {
      this.signal?.throwIfAborted()
      throw asStepFailure(kind, error)
    }
  }

  async #resolve(): Promise<ResolvedHost> {
    const { family } = this.target
    const host = await resolveHost(this.target.host, this.target.lookup)
    if (family === undefined) return host
    const addresses = host.addresses.filter((address) => (isIPv6(address) ? 6 : 4) === family)
    if (addresses.length > 0) return { ...host, addresses }
    throw new TransportError(DiagnosisProblem.CONNECT_UNREACHABLE, {
      detail: `no IPv${family} address among ${host.addresses.join(', ')}`,
    })
  }

  async #connect(host: ResolvedHost, signal: AbortSignal): Promise<Socket> {
    const { port, timeoutMs } = this.target
    return openSocket(host, { port, timeoutMs, signal })
  }

  async #secure(
    connection: LineConnection,
    host: ResolvedHost,
    signal: AbortSignal,
  ): Promise<void> {
    const { pinnedCertificate, extraCa } = this.target
    const policy = { pinnedCertificate, extraCa }
    const { socket, certificate, problem } = await handshake(
      connection.detach(),
      host,
      policy,
      signal,
    )
    connection.adopt(socket)
    // Before anything is written: not one more byte goes to whoever this is.
    if (problem !== undefined) throw new TransportError(problem, { detail: certificate?.subject })
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
