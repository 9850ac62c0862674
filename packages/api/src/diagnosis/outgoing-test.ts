import {
  DiagnosisDepth,
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisStepKind,
  SmtpAuthMethod,
} from '@mailroom/shared'
import { createSmtpSender } from '../transport/smtp/smtp-sender.js'
import { SendOutcome, type Sender } from '../transport/sender.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import { TransportError } from '../transport/transport-error.js'
import type { DiagnosisRequest, DiagnosisTest } from './diagnosis-report.js'
import { envelopeProblem } from './envelope-problem.js'
import { endSession, type SideOpener } from './side-diagnosis.js'
import type { StepResult, StepRunner } from './step-runner.js'
import type { TestMessage } from './test-message.js'

interface OutgoingTest extends DiagnosisTest {
  readonly settings: DiagnosisRequest['outgoing']
  readonly message: TestMessage
  /** Hears whether the message is on its way. */
  readonly onSent: (isSent: boolean) => void
}

/** Goes on, after signing in, to naming sender and recipient, and to sending the message where that is asked for. */
export async function testOutgoing(
  runner: StepRunner,
  opener: SideOpener,
  test: OutgoingTest,
): Promise<void> {
  const isAnonymous = runner.steps.some(
    ({ kind, outcome }) =>
      kind === DiagnosisStepKind.AUTHENTICATE && outcome === DiagnosisOutcome.SKIPPED,
  )
  if (isAnonymous && test.settings.authMethod !== SmtpAuthMethod.NONE) {
    // Nobody has signed in, so a refusal would tell nothing.
    runner.skip(DiagnosisStepKind.ENVELOPE)
    if (test.depth === DiagnosisDepth.ROUND_TRIP) runner.skip(DiagnosisStepKind.SEND)
    if (!runner.isOver) await endSession(opener)
    return
  }
  const timeoutMs = test.settings.timeoutSeconds * 1_000
  let sender: Sender | undefined
  const use = () => {
    const { session, connection, redact, family = 4 } = opener
    if (!(session instanceof SmtpSession)) throw new Error('only SMTP sends')
    sender ??= createSmtpSender({ session, connection, redact, family }, timeoutMs)
    return { sender, session }
  }
  await runner.run(DiagnosisStepKind.ENVELOPE, async (signal) => {
    const { sender, session } = use()
    return tryEnvelope(sender, session.authMethods.length > 0, test, signal)
  })
  if (test.depth === DiagnosisDepth.ROUND_TRIP) {
    await runner.run(DiagnosisStepKind.SEND, async (signal) => {
      const result = await send(use().sender, test, signal)
      test.onSent(true)
      return result
    })
  }
  await sender?.close()
}

async function tryEnvelope(
  sender: Sender,
  offersAuth: boolean,
  { address, settings }: OutgoingTest,
  signal: AbortSignal,
): Promise<StepResult> {
  const refused = (said: string, otherwise: DiagnosisProblem) =>
    new TransportError(envelopeProblem({ said, settings, offersAuth, otherwise }), {
      detail: said,
    })
  try {
    const [result] = await sender.verifyEnvelope({ from: address, to: [address] }, signal)
    if (result?.accepted === true) return { detail: result.said }
    throw refused(result?.said ?? '', DiagnosisProblem.RECIPIENT_REFUSED)
  } catch (error) {
    const isSender =
      error instanceof TransportError && error.problem === DiagnosisProblem.SENDER_REFUSED
    throw isSender ? refused(error.detail ?? '', DiagnosisProblem.SENDER_REFUSED) : error
  }
}

async function send(
  sender: Sender,
  { address, message }: OutgoingTest,
  signal: AbortSignal,
): Promise<StepResult> {
  const envelope = { from: address, to: [address] }
  const { outcome, said, failure } = await sender.send({
    ...{ envelope, signal },
    source: message.source,
  })
  if (outcome === SendOutcome.SENT) return { detail: said }
  throw new TransportError(failure?.problem ?? DiagnosisProblem.MESSAGE_REFUSED, {
    detail: failure?.detail ?? said,
  })
}
