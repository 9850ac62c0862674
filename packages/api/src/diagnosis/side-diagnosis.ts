import {
  DiagnosisProblem,
  DiagnosisStepKind,
  EncryptionMode,
  type DiagnosisSide,
} from '@mailroom/shared'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { CertificateFacts } from '../transport/certificate-facts.js'
import { withDeadline } from '../transport/deadline.js'
import { LineConnection } from '../transport/line-connection.js'
import type { MailSession, ReceivingSession, SessionOptions } from '../transport/mail-session.js'
import { openSocket } from '../transport/open-socket.js'
import type { Credentials, Redact } from '../transport/redact.js'
import { resolveHost, type Lookup, type ResolvedHost } from '../transport/resolve-host.js'
import { handshake } from '../transport/secure-socket.js'
import { TransportError } from '../transport/transport-error.js'
import type { DiagnosisRequest, SideReport, SignIn, StepReport } from './diagnosis-report.js'
import { greetingOrTls } from './greeting-or-tls.js'
import { StepRunner, type StepResult } from './step-runner.js'
import { suggest } from './suggestion.js'
import { Transcript } from './transcript.js'

/** One side of a mail server as a diagnosis sees it, whatever its protocol. */
export interface SideTarget {
  readonly side: DiagnosisSide
  /** Of both sides, for what to suggest; left out where nobody reads suggestions. */
  readonly settings?: Pick<DiagnosisRequest, 'outgoing' | 'incoming'>
  readonly host: string
  readonly port: number
  readonly encryption: EncryptionMode
  readonly timeoutMs: number
  readonly pinnedCertificate: string | null
  readonly extraCa: readonly string[]
  readonly redact: Redact
  /** Undefined: AUTHENTICATE and MAILBOX are skipped. */
  readonly signIn: SignIn
  /** Whether the chosen method lets everybody on the way read the password or token. */
  readonly sendsReadable: boolean
  /** Whether the side keeps mail to look at. */
  readonly hasMailbox: boolean
  /** The address family to prefer, where the other side has used one. */
  readonly family?: 'IPv4' | 'IPv6' | undefined
  readonly policy: AddressPolicy
  readonly createSession: (options: SessionOptions) => MailSession | ReceivingSession
  /** How the host becomes addresses, where not by the system's resolver. */
  readonly lookup?: Lookup | undefined
}

/** A certificate that ends sooner than this is a warning. */
const EXPIRY_WARNING_DAYS = 14
const DAY_MS = 86_400_000
/** Saying goodbye must not keep the person waiting. */
const QUIT_MS = 500

/** Runs one side's steps in the order that its encryption needs, until the first that fails. */
export class SideDiagnosis {
  readonly #runner: StepRunner
  readonly #transcript: Transcript
  #host: ResolvedHost | undefined
  #connection: LineConnection | undefined
  #session: MailSession | ReceivingSession | undefined
  #certificate: CertificateFacts | undefined
  #authMethods: readonly string[] = []
  #address = ''

  constructor(
    private readonly target: SideTarget,
    onStep: (step: StepReport) => void,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { side, timeoutMs, settings } = target
    this.#transcript = new Transcript(target.redact)
    this.#runner = new StepRunner({
      ...{ side, timeoutMs, signal, onStep },
      known: () => ({ certificate: this.#certificate, authMethods: this.#authMethods }),
      suggest: (problem, detail) =>
        settings &&
        suggest({
          ...{ side, problem, settings, detail },
          certificate: this.#certificate,
          authMethods: this.#authMethods,
          offersStartTls: this.#session?.offersStartTls,
        }),
      beginTranscript: (kind) => this.#transcript.begin(kind === DiagnosisStepKind.AUTHENTICATE),
      transcript: () => this.#transcript.lines,
    })
  }

  /** The family of the address that was connected to; undefined before. */
  get family(): 'IPv4' | 'IPv6' | undefined {
    if (this.#address === '') return undefined
    return this.#address.includes(':') ? 'IPv6' : 'IPv4'
  }

  async run(): Promise<SideReport> {
    const run = this.#runner.run.bind(this.#runner)
    const { encryption } = this.target
    try {
      await run(DiagnosisStepKind.RESOLVE, () => this.#resolve())
      await run(DiagnosisStepKind.CONNECT, (signal) => this.#connect(signal))
      if (encryption === EncryptionMode.NONE) this.#runner.skip(DiagnosisStepKind.TLS)
      if (encryption === EncryptionMode.SSL) {
        await run(DiagnosisStepKind.TLS, (signal) => this.#secure(signal))
      }
      await run(DiagnosisStepKind.GREETING, (signal) => this.#greet(signal))
      if (encryption === EncryptionMode.TLS) {
        await run(DiagnosisStepKind.TLS, (signal) => this.#startTls(signal))
      }
      await run(DiagnosisStepKind.CAPABILITIES, (signal) => this.#capabilities(signal))
      await this.#signIn()
    } finally {
      await this.#sayGoodbye()
    }
    const { steps } = this.#runner
    return { steps, certificate: this.#certificate, authMethods: this.#authMethods }
  }

  async #signIn(): Promise<void> {
    const { signIn, hasMailbox } = this.target
    if (signIn === undefined) {
      this.#runner.skip(DiagnosisStepKind.AUTHENTICATE)
      if (hasMailbox) this.#runner.skip(DiagnosisStepKind.MAILBOX)
      return
    }
    await this.#runner.run(DiagnosisStepKind.AUTHENTICATE, (signal) => {
      if ('problem' in signIn) throw new TransportError(signIn.problem, signIn)
      return this.#authenticate(signIn.credentials, signal)
    })
    if (!hasMailbox) return
    await this.#runner.run(DiagnosisStepKind.MAILBOX, async (signal) => {
      const session = this.#use()
      if (!('openMailbox' in session)) throw new Error('this side keeps no mail')
      return { detail: await session.openMailbox(signal) }
    })
  }

  async #authenticate(credentials: Credentials, signal: AbortSignal): Promise<StepResult> {
    const detail = await this.#use().authenticate(credentials, signal)
    const isClear = this.target.encryption === EncryptionMode.NONE
    return isClear && this.target.sendsReadable
      ? { detail, warning: DiagnosisProblem.AUTH_IN_CLEAR_TEXT }
      : { detail }
  }

  async #resolve(): Promise<StepResult> {
    const { host, port, policy, lookup } = this.target
    this.#host = await resolveHost(host, lookup, await policy.forPort(port))
    return { detail: this.#host.addresses.join(', ') }
  }

  async #connect(signal: AbortSignal): Promise<StepResult> {
    const { port, timeoutMs, redact, createSession, family } = this.target
    const socket = await openSocket(this.#resolved(), { port, timeoutMs, signal, family })
    this.#address = socket.remoteAddress ?? ''
    this.#connection = new LineConnection(socket, this.#transcript.hear)
    this.#session = createSession({ connection: this.#connection, redact })
    return { detail: `${this.#address} :${port}` }
  }

  async #greet(signal: AbortSignal): Promise<StepResult> {
    const { encryption, port, timeoutMs } = this.target
    const greeting = () => this.#use().greeting(signal)
    if (encryption === EncryptionMode.SSL) return { detail: await greeting() }
    const at = { address: this.#address, port, timeoutMs, signal }
    return { detail: await greetingOrTls(greeting, at) }
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
      throw new TransportError(problem, { detail: this.#verdict(problem, certificate) ?? detail })
    }
    const daysLeft = ((certificate?.validTo.getTime() ?? Infinity) - Date.now()) / DAY_MS
    const endsSoon = daysLeft < EXPIRY_WARNING_DAYS
    return {
      detail: endsSoon ? `${detail}; until ${certificate?.validTo.toISOString() ?? ''}` : detail,
      warning: endsSoon ? DiagnosisProblem.TLS_CERTIFICATE_EXPIRES_SOON : undefined,
      certificate,
    }
  }

  #verdict(problem: DiagnosisProblem, certificate: CertificateFacts | undefined) {
    return problem === DiagnosisProblem.TLS_CERTIFICATE_CHANGED
      ? `trusted: ${this.target.pinnedCertificate ?? ''}\nshown: ${certificate?.fingerprint256 ?? ''}`
      : certificate?.subject
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
    return { detail, authMethods: this.#authMethods }
  }

  async #sayGoodbye(): Promise<void> {
    const connection = this.#connection
    if (connection === undefined) return
    if (!this.#runner.isOver) {
      await withDeadline(QUIT_MS, this.signal, (signal) => this.#use().quit(signal)).catch(
        () => undefined,
      )
    }
    connection.destroy()
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
