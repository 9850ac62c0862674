import {
  DiagnosisProblem,
  DiagnosisStepKind,
  EncryptionMode,
  type DiagnosisSide,
} from '@mailroom/shared'
import type { MailSession, ReceivingSession } from '../transport/mail-session.js'
import type { Credentials, Redact } from '../transport/redact.js'
import { sayGoodbye } from '../transport/say-goodbye.js'
import {
  SessionOpener,
  type Family,
  type Secured,
  type SessionEndpoint,
} from '../transport/session-opener.js'
import { TransportError } from '../transport/transport-error.js'
import type { DiagnosisRequest, SideReport, SignIn, StepReport } from './diagnosis-report.js'
import { greetingOrTls } from './greeting-or-tls.js'
import { StepRunner, type StepResult } from './step-runner.js'
import { suggest } from './suggestion.js'
import { Transcript } from './transcript.js'

/** One side of a mail server as a diagnosis sees it, whatever its protocol. */
export interface SideTarget extends SessionEndpoint<MailSession | ReceivingSession> {
  readonly side: DiagnosisSide
  /** Of both sides, for what to suggest; left out where nobody reads suggestions. */
  readonly settings?: Pick<DiagnosisRequest, 'outgoing' | 'incoming'>
  readonly redact: Redact
  /** Undefined: AUTHENTICATE and MAILBOX are skipped. */
  readonly signIn: SignIn
  /** Whether the chosen method lets everybody on the way read the password or token. */
  readonly sendsReadable: boolean
  /** Whether the side keeps mail to look at. */
  readonly hasMailbox: boolean
  /** What goes on with the signed-in session, and ends it. */
  readonly goOn?: (runner: StepRunner, opener: SideOpener) => Promise<void>
}

/** The connection of one side, as far as it has got. */
export type SideOpener = SessionOpener<MailSession | ReceivingSession>

/** A certificate that ends sooner than this is a warning. */
const EXPIRY_WARNING_DAYS = 14
const DAY_MS = 86_400_000

/** Runs one side's steps in the order that its encryption needs, until the first that fails. */
export class SideDiagnosis {
  readonly #runner: StepRunner
  readonly #opener: SideOpener
  #authMethods: readonly string[] = []

  constructor(
    private readonly target: SideTarget,
    onStep: (step: StepReport) => void,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { side, timeoutMs, settings } = target
    const transcript = new Transcript(target.redact)
    const opener = new SessionOpener(target, target.redact, transcript.hear)
    this.#opener = opener
    this.#runner = new StepRunner({
      ...{ side, timeoutMs, signal, onStep },
      known: () => ({ certificate: opener.certificate, authMethods: this.#authMethods }),
      suggest: (problem, detail) =>
        settings &&
        suggest({
          ...{ side, problem, settings, detail },
          certificate: opener.certificate,
          authMethods: this.#authMethods,
          offersStartTls: opener.sessionSoFar?.offersStartTls,
        }),
      beginTranscript: (kind) => transcript.begin(kind === DiagnosisStepKind.AUTHENTICATE),
      transcript: () => transcript.lines,
    })
  }

  /** The family of the address that was connected to; undefined before. */
  get family(): Family | undefined {
    return this.#opener.family
  }

  async run(): Promise<SideReport> {
    const run = this.#runner.run.bind(this.#runner)
    const opener = this.#opener
    const { encryption, port } = this.target
    try {
      await run(DiagnosisStepKind.RESOLVE, async () => ({
        detail: (await opener.resolve()).join(', '),
      }))
      await run(DiagnosisStepKind.CONNECT, async (signal) => ({
        detail: `${await opener.connect(signal)} :${port}`,
      }))
      if (encryption === EncryptionMode.NONE) this.#runner.skip(DiagnosisStepKind.TLS)
      if (encryption === EncryptionMode.SSL) {
        await run(DiagnosisStepKind.TLS, async (signal) => secured(await opener.secure(signal)))
      }
      await run(DiagnosisStepKind.GREETING, (signal) => this.#greet(signal))
      if (encryption === EncryptionMode.TLS) {
        await run(DiagnosisStepKind.TLS, async (signal) => secured(await opener.startTls(signal)))
      }
      await run(DiagnosisStepKind.CAPABILITIES, (signal) => this.#capabilities(signal))
      await this.#signIn()
      await this.#goOn()
    } finally {
      opener.destroy()
    }
    const { steps } = this.#runner
    return { steps, certificate: opener.certificate, authMethods: this.#authMethods }
  }

  /** Whoever goes on with the session ends it as well. */
  async #goOn(): Promise<void> {
    const { goOn } = this.target
    if (goOn !== undefined) return goOn(this.#runner, this.#opener)
    if (!this.#runner.isOver) await endSession(this.#opener, this.signal)
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
      const session = this.#opener.session
      if (!('openMailbox' in session)) throw new Error('this side keeps no mail')
      return { detail: await session.openMailbox(signal) }
    })
  }

  async #authenticate(credentials: Credentials, signal: AbortSignal): Promise<StepResult> {
    const detail = await this.#opener.session.authenticate(credentials, signal)
    const isClear = this.target.encryption === EncryptionMode.NONE
    return isClear && this.target.sendsReadable
      ? { detail, warning: DiagnosisProblem.AUTH_IN_CLEAR_TEXT }
      : { detail }
  }

  async #greet(signal: AbortSignal): Promise<StepResult> {
    const { encryption, port, timeoutMs } = this.target
    const greeting = () => this.#opener.session.greeting(signal)
    if (encryption === EncryptionMode.SSL) return { detail: await greeting() }
    const at = { address: this.#opener.address, port, timeoutMs, signal }
    return { detail: await greetingOrTls(greeting, at) }
  }

  async #capabilities(signal: AbortSignal): Promise<StepResult> {
    const { session } = this.#opener
    const detail = await session.capabilities(signal)
    this.#authMethods = session.authMethods
    return { detail, authMethods: this.#authMethods }
  }
}

/** Says goodbye in the session, if there is one, and lets go of the connection. */
export async function endSession(opener: SideOpener, signal?: AbortSignal): Promise<void> {
  const session = opener.sessionSoFar
  if (session !== undefined) await sayGoodbye((at) => session.quit(at), { signal })
  opener.destroy()
}

function secured({ said, certificate }: Secured): StepResult {
  const daysLeft = ((certificate?.validTo.getTime() ?? Infinity) - Date.now()) / DAY_MS
  if (daysLeft >= EXPIRY_WARNING_DAYS) return { detail: said, certificate }
  return {
    detail: `${said}; until ${certificate?.validTo.toISOString() ?? ''}`,
    warning: DiagnosisProblem.TLS_CERTIFICATE_EXPIRES_SOON,
    certificate,
  }
}
