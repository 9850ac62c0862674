import { DiagnosisProblem } from '@mailroom/shared'
import { AppError } from '../errors.js'
import { TransportError } from '../transport/transport-error.js'

/** Why a message did not go out at all. */
export interface SendFailure {
  readonly problem: DiagnosisProblem
  readonly detail: string | null
  /** Whether it may go better later, with nobody doing anything. */
  readonly isTemporary: boolean
}

/** Another worker has the message now, or it is gone: nothing more may be done with it. */
export class ClaimLost extends Error {
  override name = 'ClaimLost'
}

/** Sending failed on our side of the wire: not the mail server's fault, and never a defect. */
export class NotSent extends Error {
  override name = 'NotSent'

  constructor(readonly problem: DiagnosisProblem) {
    super(problem)
  }
}

/** What may be otherwise in a minute; the rest waits for a person's doing. */
const TEMPORARY: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.RESOLVE_FAILED,
  DiagnosisProblem.CONNECT_REFUSED,
  DiagnosisProblem.CONNECT_UNREACHABLE,
  DiagnosisProblem.CONNECTION_LOST,
  DiagnosisProblem.TIMEOUT,
  DiagnosisProblem.AUTH_TEMPORARY,
])

/** What came of opening a connection; undefined where it is a defect. */
export function failureOf(error: unknown): SendFailure | undefined {
  if (error instanceof NotSent) {
    return { problem: error.problem, detail: null, isTemporary: false }
  }
  if (error instanceof PopBeforeSmtpError) {
    const { problem, detail, reason } = error
    return { problem, detail: detail ?? null, isTemporary: isTemporary(reason) }
  }
  if (error instanceof TransportError) {
    const { problem, detail } = error
    return { problem, detail: detail ?? null, isTemporary: isTemporary(error) }
  }
  // Such as a stored password that cannot be read: said in words that are meant for people.
  if (error instanceof AppError) {
    return { problem: DiagnosisProblem.INTERNAL, detail: error.message, isTemporary: false }
  }
  return undefined
}

/** A refusal says so itself (RFC 5321 section 4.2.1); what is none, and not what was asked for, is a fault. */
function isTemporary({ problem, replyCode = 0 }: TransportError): boolean {
  return replyCode < 400 ? TEMPORARY.has(problem) : replyCode < 500
}

/** POP before SMTP: without the one sign-in the other is not tried. */
export class PopBeforeSmtpError extends TransportError {
  constructor(readonly reason: TransportError) {
    const { problem, detail } = reason
    super(DiagnosisProblem.POP_BEFORE_SMTP_FAILED, {
      detail: detail === undefined ? problem : `${problem}: ${detail}`,
      cause: reason,
    })
  }
}
