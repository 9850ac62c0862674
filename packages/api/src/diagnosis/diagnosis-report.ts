import type {
  DiagnosisDepth,
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
} from '@mailroom/shared'
import type { IncomingSettings } from '../mail-server/incoming-settings.js'
import type { OutgoingSettings } from '../mail-server/outgoing-settings.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { CertificateFacts } from '../transport/certificate-facts.js'
import type { Credentials } from '../transport/redact.js'
import type { Suggestion } from './suggestion.js'

/** Whose name and password (or token) to try; a problem where they could not be had. */
export type SignIn =
  | { readonly credentials: Credentials }
  | { readonly problem: DiagnosisProblem; readonly detail?: string | undefined }
  | undefined

/** Whose tokens to use: a grant's, or the provider's own for the names that were typed. */
interface OAuthSource {
  readonly grantId: string | null | undefined
  /** Whose the grant is; undefined: the caller's. */
  readonly grantUserId?: string
  readonly providerId: string | null
  readonly outgoingName: string | null | undefined
  readonly incomingName: string | null | undefined
}

/** What is tried after signing in. */
export interface DiagnosisTest {
  readonly depth: Exclude<DiagnosisDepth, 'SIGN_IN'>
  /** Sender and recipient in one: the account's own address. */
  readonly address: string
}

/** What to diagnose: settings as typed or stored, and how to sign in. Without a sign-in that step is skipped. */
export interface DiagnosisRequest {
  readonly outgoing: Readonly<OutgoingSettings>
  readonly incoming: Readonly<IncomingSettings>
  readonly outgoingSignIn: SignIn
  readonly incomingSignIn: SignIn
  /** How far to go beyond signing in, and with whose address; undefined: no further. */
  readonly test?: DiagnosisTest | undefined
  /** Where the tokens of sides with OAuth 2.0 come from; undefined: only what was typed. */
  readonly oauth?: OAuthSource | undefined
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
  readonly suggestion: Suggestion | null
  /** What the step has shown of the server's certificate. */
  readonly certificate: CertificateFacts | null
  /** Methods on offer, once they are known. */
  readonly authMethods: readonly string[]
  /** What passed on the wire, secrets out. */
  readonly transcript: readonly string[]
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
  /** PEM of authorities besides the system's and the settings' own. */
  readonly extraCa?: readonly string[] | undefined
  /** Where this installation may connect. */
  readonly policy?: AddressPolicy | undefined
  /** Hears each step as it ends. */
  readonly onStep?: ((step: StepReport) => void) | undefined
}
