import type { DiagnosisStepKind } from '@mailroom/shared'
import { toTransportError, TransportError } from './transport-error.js'

/** A {@link TransportError} that knows in which step of a connection it came. */
export class StepFailure extends TransportError {
  override name = 'StepFailure'

  constructor(
    readonly step: DiagnosisStepKind,
    failure: TransportError,
  ) {
    const { problem, detail, replyCode } = failure
    super(problem, { detail, replyCode, cause: failure.cause ?? failure })
  }
}

/** An error as the failure of `step`; one that is no fault of a mail server stays as it is. */
export function asStepFailure(step: DiagnosisStepKind, error: unknown): Error {
  if (error instanceof StepFailure) return error
  const failure = toTransportError(error)
  return failure instanceof TransportError ? new StepFailure(step, failure) : failure
}
