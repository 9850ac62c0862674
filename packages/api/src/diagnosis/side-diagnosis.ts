import {
  DiagnosisOutcome,
  DiagnosisStepKind,
  EncryptionMode,
  type DiagnosisSide,
} from '@mailroom/shared'
import type { CertificateFacts } from '../transport/certificate-facts.js'
import { withDeadline } from '../transport/deadline.js'
import { LineConnection } from '../transport/line-connection.js'
import type { MailSession, ReceivingSession, SessionOptions } from '../transport/mail-session.js'
import { openSocket } from '../transport/open-socket.js'
import type { Credentials, Redact } from '../transport/redact.js'
import { resolveHost, type Lookup, type ResolvedHost } from '../transport/resolve-host.js'
import { handshake } from '../transport/secure-socket.js'
import { TransportError, toTransportError } from '../transport/transport-error.js'
import type { SideReport, StepReport } from './diagnosis-report.js'

/** One side of a mail server as a diagnosis sees it, whatever its protocol. */
export interface SideTarget {
  readonly side: DiagnosisSide
  readonly host: string
  readonly port: number
  readonly encryption: EncryptionMode
  readonly timeoutMs: number
  readonly pinnedCertificate: string | null
  readonly extraCa: readonly string[]
  readonly redact: Redact
  /** Undefined: AUTHENTICATE and MAILBOX are skipped. */
  readonly credentials: Credentials | undefined
  /** Whether the side keeps mail to look at. */
  readonly hasMailbox: boolean
  readonly createSession: (options: SessionOptions) => MailSession | ReceivingSession
  /** How the host becomes addresses, where not by the system's resolver. */
  readonly lookup?: Lookup
}

/** A certificate that ends sooner than this is a warning. */
const EXPIRY_WARNING_DAYS = 14
const DAY_MS = 86_400_000
/** Saying goodbye must not keep the person waiting. */
const QUIT_MS = 500

interface StepResult {
  readonly detail?: string
  readonly outcome?: DiagnosisOutcome
}
type Work = (signal: AbortSignal) => Promise<StepResult>

/** Runs one side's steps in the order that its encryption needs, until the first that fails. */
export class SideDiagnosis {
  readonly #steps: StepReport[] = []
  #host: ResolvedHost | undefined
  #connection: LineConnection | undefined
  #session: MailSession | ReceivingSession | undefined
  #certificate: CertificateFacts | undefined
  #authMethods: readonly string[] = []
  #hasFailed = false

  constructor(
    private readonly target: SideTarget,
    private readonly onStep: (step: StepReport) => void,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(): Promise<SideReport> {
    const { encryption } = this.target
    try {
      await this.#step(DiagnosisStepKind.RESOLVE, () => this.#resolve())
      await this.#step(DiagnosisStepKind.CONNECT, (signal) => this.#connect(signal))
      if (encryption !== EncryptionMode.TLS) await this.#tlsFirst()
      await this.#step(DiagnosisStepKind.GREETING, async (signal) => ({
        detail: await this.#use().greeting(signal),
      }))
      if (encryption === EncryptionMode.TLS) {
        await this.#step(DiagnosisStepKind.TLS, (signal) => this.#startTls(signal))
      }
      await this.#step(DiagnosisStepKind.CAPABILITIES, (signal) => this.#capabilities(signal))
      await this.#signIn()
    } finally {
      await this.#sayGoodbye()
    }
    return { steps: this.#steps, certificate: this.#certificate, authMethods: this.#authMethods }
  }

  async #tlsFirst(): Promise<void> {
    if (this.target.encryption === EncryptionMode.NONE) return this.#skip(DiagnosisStepKind.TLS)
    await this.#step(DiagnosisStepKind.TLS, (signal) => this.#secure(signal))
  }

  async #signIn(): Promise<void> {
    const { credentials, hasMailbox } = this.target
    const signedIn = async (
      kind: DiagnosisStepKind,
      work: (credentials: Credentials, signal: AbortSignal) => Promise<string>,
    ) =>
      credentials === undefined
        ? this.#skip(kind)
        : this.#step(kind, async (signal) => ({ detail: await work(credentials, signal) }))
    await signedIn(DiagnosisStepKind.AUTHENTICATE, (given, signal) =>
      this.#use().authenticate(given, signal),
    )
    if (hasMailbox) {
      await signedIn(DiagnosisStepKind.MAILBOX, (_given, signal) => this.#openMailbox(signal))
    }
  }

  #openMailbox(signal: AbortSignal): Promise<string> {
    const session = this.#use()
    if (!('openMailbox' in session)) throw new Error('this side keeps no mail')
    return session.openMailbox(signal)
  }

  /** Gives the step its wall clock; after a failure, or once cancelled, the step is skipped. */
  async #step(kind: DiagnosisStepKind, work: Work): Promise<void> {
    if (this.#hasFailed || this.#isCancelled()) return this.#skip(kind)
    const began = performance.now()
    const add = (rest: Pick<StepReport, 'outcome' | 'detail' | 'problem'>) =>
      this.#add({ kind, durationMs: performance.now() - began, ...rest })
    try {
      const { detail, outcome } = await withDeadline(this.target.timeoutMs, this.signal, work)
      add({ outcome: outcome ?? DiagnosisOutcome.OK, detail: detail ?? null, problem: null })
    } catch (error) {
      this.#hasFailed = true
      if (this.#isCancelled()) return this.#skip(kind)
      const failure = toTransportError(error)
      if (!(failure instanceof TransportError)) throw failure
      const { problem, detail = null } = failure
      add({ outcome: DiagnosisOutcome.FAILED, detail, problem })
    }
  }

  #skip(kind: DiagnosisStepKind): void {
    this.#add({
      kind,
      outcome: DiagnosisOutcome.SKIPPED,
      durationMs: 0,
      detail: null,
      problem: null,
    })
  }

  #add(step: Omit<StepReport, 'side'>): void {
    const report = { side: this.target.side, ...step }
    this.#steps.push(report)
    this.onStep(report)
  }

  async #resolve(): Promise<StepResult> {
    this.#host = await resolveHost(this.target.host, this.target.lookup)
    return { detail: this.#host.addresses.join(', ') }
  }

  async #connect(signal: AbortSignal): Promise<StepResult> {
    const { port, timeoutMs, redact, createSession } = this.target
    const socket = await openSocket(this.#resolved(), { port, timeoutMs, signal })
    this.#connection = new LineConnection(socket)
    this.#session = createSession({ connection: this.#connection, redact })
    return { detail: `${socket.remoteAddress ?? ''} :${port}` }
  }

  /** The TLS handshake on the connection as it stands. */
  async #secure(signal: AbortSignal): Promise<StepResult> {
    const connection = this.#connected()
    const { pinnedCertificate, extraCa } = this.target
    const policy = { pinnedCertificate, extraCa }
    const { socket, certificate, problem } = await handshake(
      connection.detach(),
      this.#resolved(),
      policy,
      signal,
    )
    this.#certificate = certificate
    connection.adopt(socket)
    const detail = `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().name}`
    if (problem !== undefined) {
      // Not one more byte goes to whoever this is.
      connection.destroy()
      throw new TransportError(problem, { detail: certificate?.subject ?? detail })
    }
    const daysLeft = ((certificate?.validTo.getTime() ?? Infinity) - Date.now()) / DAY_MS
    return daysLeft < EXPIRY_WARNING_DAYS && pinnedCertificate === null
      ? {
          detail: `${detail}; certificate ends ${certificate?.validTo.toISOString() ?? ''}`,
          outcome: DiagnosisOutcome.WARNING,
        }
      : { detail }
  }

  async #startTls(signal: AbortSignal): Promise<StepResult> {
    await this.#use().capabilities(signal)
    this.#authMethods = this.#use().authMethods
    await this.#use().startTls(signal)
    // Bytes behind the consent came before TLS and would be taken for protected ones (CVE-2021-38371's class).
    if (this.#connected().hasUnread) {
      throw new TransportError('TLS_FAILED', { detail: 'data after the consent to STARTTLS' })
    }
    this.#authMethods = []
    return this.#secure(signal)
  }

  async #capabilities(signal: AbortSignal): Promise<StepResult> {
    const detail = await this.#use().capabilities(signal)
    this.#authMethods = this.#use().authMethods
    return { detail }
  }

  async #sayGoodbye(): Promise<void> {
    const connection = this.#connection
    if (connection === undefined) return
    if (!this.#hasFailed && !this.#isCancelled()) {
      await withDeadline(QUIT_MS, this.signal, (signal) => this.#use().quit(signal)).catch(
        () => undefined,
      )
    }
    connection.destroy()
  }

  #isCancelled(): boolean {
    return this.signal?.aborted ?? false
  }
  #use(): MailSession | ReceivingSession {
    return present(this.#session)
  }
  #connected(): LineConnection {
    return present(this.#connection)
  }
  #resolved(): ResolvedHost {
    return present(this.#host)
  }
}

/** What an earlier step has left; a step runs only where those before it succeeded. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a diagnosis step ran out of order')
  return value
}
