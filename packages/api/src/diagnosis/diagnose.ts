import {
  DiagnosisOutcome,
  DiagnosisSide,
  DiagnosisStepKind,
  EncryptionMode,
  MailProtocol,
  SmtpAuthMethod,
} from '@mailroom/shared'
import { ImapSession } from '../transport/imap/imap-session.js'
import { Pop3Session } from '../transport/pop3/pop3-session.js'
import { createRedact, type Redact } from '../transport/redact.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import type {
  DiagnosisOptions,
  DiagnosisRequest,
  SideReport,
  StepReport,
} from './diagnosis-report.js'
import { SideDiagnosis, type SideTarget } from './side-diagnosis.js'

export interface DiagnosisReport {
  readonly outcome: DiagnosisOutcome
  /** In the order in which they ended; both sides run side by side. */
  readonly steps: readonly StepReport[]
  readonly outgoing: SideReport
  readonly incoming: SideReport
}

/**
 * Connects to both sides as sending and receiving would and says how each step went. Stores nothing;
 * a server's failure is part of the report. Each step ends within its side's time-out.
 */
export async function diagnose(
  request: DiagnosisRequest,
  { signal, extraCa = [], onStep }: DiagnosisOptions = {},
): Promise<DiagnosisReport> {
  const steps: StepReport[] = []
  const incomingSignIn = Promise.withResolvers<undefined>()
  const hear = (step: StepReport) => {
    steps.push(step)
    onStep?.(step)
    if (step.side === DiagnosisSide.INCOMING && step.kind === DiagnosisStepKind.AUTHENTICATE) {
      incomingSignIn.resolve(undefined)
    }
  }
  const secrets = [request.outgoingCredentials, request.incomingCredentials]
  const redact = createRedact(secrets.filter((credentials) => credentials !== undefined))
  const incomingRun = new SideDiagnosis(incomingTarget(request, redact, extraCa), hear, signal)
    .run()
    .finally(() => incomingSignIn.resolve(undefined))
  const outgoingRun = (async () => {
    if (request.outgoing.popBeforeSmtp) {
      await incomingSignIn.promise
      await wait(request.outgoing.popBeforeSmtpWaitSeconds * 1_000, signal)
    }
    return new SideDiagnosis(outgoingTarget(request, redact, extraCa), hear, signal).run()
  })()
  const [outgoing, incoming] = await Promise.all([outgoingRun, incomingRun])
  return { outcome: worst(steps), steps, outgoing, incoming }
}

function outgoingTarget(
  { outgoing, outgoingCredentials }: DiagnosisRequest,
  redact: Redact,
  extraCa: readonly string[],
): SideTarget {
  const { host, port, encryption, authMethod, pinnedCertificate, timeoutSeconds } = outgoing
  return {
    side: DiagnosisSide.OUTGOING,
    ...{ host, port, encryption, redact },
    pinnedCertificate: pinnedCertificate ?? null,
    extraCa: [...extraCa, ...(outgoing.caCertificate ? [outgoing.caCertificate] : [])],
    timeoutMs: timeoutSeconds * 1_000,
    credentials: authMethod === SmtpAuthMethod.NONE ? undefined : outgoingCredentials,
    hasMailbox: false,
    createSession: (options) => new SmtpSession({ ...options, authMethod, host }),
  }
}

function incomingTarget(
  { incoming, incomingCredentials }: DiagnosisRequest,
  redact: Redact,
  extraCa: readonly string[],
): SideTarget {
  const { host, port, encryption, protocol, apop, pinnedCertificate, timeoutSeconds } = incoming
  return {
    side: DiagnosisSide.INCOMING,
    ...{ host, port, encryption, redact },
    pinnedCertificate: pinnedCertificate ?? null,
    extraCa: [...extraCa, ...(incoming.caCertificate ? [incoming.caCertificate] : [])],
    timeoutMs: timeoutSeconds * 1_000,
    credentials: incomingCredentials,
    hasMailbox: true,
    createSession: (options) =>
      protocol === MailProtocol.POP3
        ? new Pop3Session({ ...options, apop })
        : new ImapSession({
            ...options,
            startsTls: encryption === EncryptionMode.TLS,
            authMethod: incoming.authMethod,
            host,
          }),
  }
}

/** Worse first: one failed step makes the whole a failure. */
const BY_WEIGHT = [DiagnosisOutcome.FAILED, DiagnosisOutcome.WARNING, DiagnosisOutcome.OK] as const

function worst(steps: readonly StepReport[]): DiagnosisOutcome {
  return (
    BY_WEIGHT.find((outcome) => steps.some((step) => step.outcome === outcome)) ??
    DiagnosisOutcome.SKIPPED
  )
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
