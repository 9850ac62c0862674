import {
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
} from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAddressPolicy, type AddressPolicy } from '../transport/address-policy.js'
import { ImapSession } from '../transport/imap/imap-session.js'
import { Pop3Session } from '../transport/pop3/pop3-session.js'
import { createRedact, type Redact } from '../transport/redact.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import type {
  DiagnosisOptions,
  DiagnosisRequest,
  SideReport,
  SignIn,
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

/** What both sides of one diagnosis share. */
interface Common {
  readonly redact: Redact
  readonly extraCa: readonly string[]
  readonly policy: AddressPolicy
}

const ANYWHERE = createAddressPolicy({ allowsPrivate: true, ownServices: [] })

/**
 * Connects to both sides as sending and receiving would and says how each step went. Stores nothing;
 * a server's failure is part of the report. Each step ends within its side's time-out.
 */
export async function diagnose(
  request: DiagnosisRequest,
  { signal, extraCa = [], policy = ANYWHERE, onStep }: DiagnosisOptions = {},
): Promise<DiagnosisReport> {
  const steps: StepReport[] = []
  const incomingSignIn = Promise.withResolvers<DiagnosisOutcome>()
  const hear = (step: StepReport) => {
    steps.push(step)
    onStep?.(step)
    if (step.side === DiagnosisSide.INCOMING && step.kind === DiagnosisStepKind.AUTHENTICATE) {
      incomingSignIn.resolve(step.outcome)
    }
  }
  const signIns = [request.outgoingSignIn, request.incomingSignIn]
  const redact = createRedact(
    signIns.flatMap((one) => (one !== undefined && 'credentials' in one ? [one.credentials] : [])),
  )
  const common = { redact, extraCa, policy }
  const incomingSide = new SideDiagnosis(incomingTarget(request, common), hear, signal)
  const incomingRun = incomingSide
    .run()
    .finally(() => incomingSignIn.resolve(DiagnosisOutcome.SKIPPED))
  const outgoingRun = (async () => {
    let target = outgoingTarget(request, common)
    if (request.outgoing.popBeforeSmtp) {
      const outcome = await incomingSignIn.promise
      await pause(request.outgoing.popBeforeSmtpWaitSeconds * 1_000, signal)
      // The server remembers the address that signed in: both connections have to come from one.
      target = { ...target, family: incomingSide.family, signIn: after(outcome, target.signIn) }
    }
    return new SideDiagnosis(target, hear, signal).run()
  })()
  const [outgoing, incoming] = await Promise.all([outgoingRun, incomingRun])
  return { outcome: worst(steps), steps, outgoing, incoming }
}

/** POP before SMTP: without the one sign-in the other is not tried. */
function after(outcome: DiagnosisOutcome, signIn: SignIn): SignIn {
  return outcome === DiagnosisOutcome.FAILED
    ? { problem: DiagnosisProblem.POP_BEFORE_SMTP_FAILED }
    : signIn
}

function outgoingTarget(request: DiagnosisRequest, common: Common): SideTarget {
  const { outgoing, incoming, outgoingSignIn } = request
  const { host, port, encryption, authMethod, timeoutSeconds } = outgoing
  return {
    side: DiagnosisSide.OUTGOING,
    settings: { outgoing, incoming },
    ...{ host, port, encryption, redact: common.redact, policy: common.policy },
    pinnedCertificate: outgoing.pinnedCertificate ?? null,
    extraCa: authorities(common.extraCa, outgoing.caCertificate),
    timeoutMs: timeoutSeconds * 1_000,
    signIn: authMethod === SmtpAuthMethod.NONE ? undefined : outgoingSignIn,
    sendsReadable:
      authMethod === SmtpAuthMethod.PLAIN ||
      authMethod === SmtpAuthMethod.LOGIN ||
      authMethod === SmtpAuthMethod.XOAUTH2,
    hasMailbox: false,
    createSession: (options) => new SmtpSession({ ...options, authMethod, host }),
  }
}

function incomingTarget(request: DiagnosisRequest, common: Common): SideTarget {
  const { outgoing, incoming, incomingSignIn } = request
  const { host, port, encryption, protocol, authMethod, apop, timeoutSeconds } = incoming
  return {
    side: DiagnosisSide.INCOMING,
    settings: { outgoing, incoming },
    ...{ host, port, encryption, redact: common.redact, policy: common.policy },
    pinnedCertificate: incoming.pinnedCertificate ?? null,
    extraCa: authorities(common.extraCa, incoming.caCertificate),
    timeoutMs: timeoutSeconds * 1_000,
    signIn: incomingSignIn,
    sendsReadable: authMethod === IncomingAuthMethod.XOAUTH2 || !apop,
    hasMailbox: true,
    createSession: (options) =>
      protocol === MailProtocol.POP3
        ? new Pop3Session({ ...options, apop, authMethod, host })
        : new ImapSession({
            ...options,
            startsTls: encryption === EncryptionMode.TLS,
            authMethod,
            host,
          }),
  }
}

function authorities(extra: readonly string[], own: string | null | undefined): readonly string[] {
  return own ? [...extra, own] : extra
}

/** Worse first: one failed step makes the whole a failure. */
const BY_WEIGHT = [DiagnosisOutcome.FAILED, DiagnosisOutcome.WARNING, DiagnosisOutcome.OK] as const

function worst(steps: readonly StepReport[]): DiagnosisOutcome {
  return (
    BY_WEIGHT.find((outcome) => steps.some((step) => step.outcome === outcome)) ??
    DiagnosisOutcome.SKIPPED
  )
}

/** Waits, or stops waiting when the caller goes. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined)
}
