import type { DiagnosisProblem } from '@mailroom/shared'

/** Receiving failed on our side of the wire: not the mail server's fault, and never a defect. */
export class ReceiveFailure extends Error {
  override name = 'ReceiveFailure'

  constructor(
    readonly problem: DiagnosisProblem,
    readonly detail?: string,
    options?: ErrorOptions,
  ) {
    super(problem, options)
  }
}
