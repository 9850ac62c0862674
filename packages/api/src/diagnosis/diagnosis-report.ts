import type {
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
} from '@mailroom/shared'
import type { CertificateFacts } from '../transport/certificate-facts.js'
import type { Credentials } from '../transport/redact.js'
import type { IncomingSettings } from '../mail-server/incoming-settings.js'
import type { OutgoingSettings } from '../mail-server/outgoing-settings.js'

/** What to diagnose: settings as typed or stored, and whose name and password to try. */
export interface DiagnosisRequest {
  readonly outgoing: Readonly<OutgoingSettings>
  readonly incoming: Readonly<IncomingSettings>
  /** Undefined: signing in to that side is skipped. */
  readonly outgoingCredentials: Credentials | undefined
  readonly incomingCredentials: Credentials | undefined
}

/** How one step went. Data, never thrown: a failing server is the answer, not an error. */
export interface StepReport {
  readonly side: DiagnosisSide
  readonly kind: DiagnosisStepKind
  readonly outcome: DiagnosisOutcome
  readonly durationMs: number
  /** What the server said or showed, secrets out. */
  readonly detail: string | null
  readonly problem: DiagnosisProblem | null
}

/** How one side went. */
export interface SideReport {
  readonly steps: readonly StepReport[]
  readonly certificate: CertificateFacts | undefined
  readonly authMethods: readonly string[]
}

export interface DiagnosisOptions {
  /** Ends the diagnosis and its connections. */
  readonly signal?: AbortSignal | undefined
  /** PEM of authorities besides the system's. */
  readonly extraCa?: readonly string[] | undefined
  /** Hears each step as it ends. */
  readonly onStep?: ((step: StepReport) => void) | undefined
}
