import {
  DiagnosisDepth,
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
} from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAddressPolicy } from '../transport/address-policy.js'
import { createRedact } from '../transport/redact.js'
import type {
  DiagnosisOptions,
  DiagnosisRequest,
  SideReport,
  SignIn,
  StepReport,
} from './diagnosis-report.js'
import { testIncoming } from './incoming-test.js'
import { testOutgoing } from './outgoing-test.js'
import { SideDiagnosis, type SideTarget } from './side-diagnosis.js'
import { incomingMailbox, incomingTarget, outgoingTarget } from './side-targets.js'
import { createTestMessage } from './test-message.js'

export interface DiagnosisReport {
  readonly outcome: DiagnosisOutcome
  /** In the order in which they ended; both sides run side by side. */
  readonly steps: readonly StepReport[]
  readonly outgoing: SideReport
  readonly incoming: SideReport
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
  const test = testsOf(request, common)
  const incomingSide = new SideDiagnosis(
    { ...incomingTarget(request, common), ...test.incoming },
    hear,
    signal,
  )
  const incomingRun = incomingSide
    .run()
    .finally(() => incomingSignIn.resolve(DiagnosisOutcome.SKIPPED))
  const outgoingRun = (async () => {
    let target: SideTarget = { ...outgoingTarget(request, common), ...test.outgoing }
    if (request.outgoing.popBeforeSmtp) {
      const outcome = await incomingSignIn.promise
      await pause(request.outgoing.popBeforeSmtpWaitSeconds * 1_000, signal)
      // The server remembers the address that signed in: both connections have to come from one.
      target = { ...target, family: incomingSide.family, signIn: after(outcome, target.signIn) }
    }
    return new SideDiagnosis(target, hear, signal).run()
  })().finally(() => test.sent.resolve(false))
  const [outgoing, incoming] = await Promise.all([outgoingRun, incomingRun])
  return { outcome: worst(steps), steps, outgoing, incoming }
}

/** What each side goes on with after signing in; nothing unless it was asked for. */
function testsOf(request: DiagnosisRequest, common: Parameters<typeof incomingMailbox>[1]) {
  const sent = Promise.withResolvers<boolean>()
  const { test, outgoing: settings } = request
  if (test === undefined) return { sent, outgoing: {}, incoming: {} }
  const message = createTestMessage(test.address)
  const outgoing: Pick<SideTarget, 'goOn'> = {
    goOn: (runner, opener) =>
      testOutgoing(runner, opener, { ...test, settings, message, onSent: sent.resolve }),
  }
  if (test.depth !== DiagnosisDepth.ROUND_TRIP) return { sent, outgoing, incoming: {} }
  const mailbox = incomingMailbox(request, common)
  const incoming: Pick<SideTarget, 'goOn'> = {
    goOn: (runner, opener) =>
      testIncoming(runner, opener, { mailbox, messageId: message.messageId, sent: sent.promise }),
  }
  return { sent, outgoing, incoming }
}

/** POP before SMTP: without the one sign-in the other is not tried. */
function after(outcome: DiagnosisOutcome, signIn: SignIn): SignIn {
  return outcome === DiagnosisOutcome.FAILED
    ? { problem: DiagnosisProblem.POP_BEFORE_SMTP_FAILED }
    : signIn
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
