import {
  DiagnosisOutcome,
  type DiagnosisProblem,
  type DiagnosisSide,
  type DiagnosisStepKind,
} from '@mailroom/shared'
import type { CertificateFacts } from '../transport/certificate-facts.js'
import { withDeadline } from '../transport/deadline.js'
import { toTransportError, TransportError } from '../transport/transport-error.js'
import type { StepReport } from './diagnosis-report.js'
import type { Suggestion } from './suggestion.js'

/** What a step has to say for itself. */
export interface StepResult {
  readonly detail?: string
  /** A problem of a step that worked all the same: a warning. */
  readonly warning?: DiagnosisProblem | undefined
  readonly certificate?: CertificateFacts | undefined
  readonly authMethods?: readonly string[]
}
type Work = (signal: AbortSignal) => Promise<StepResult>

/** What surrounds the steps of one side. */
interface StepSurroundings {
  readonly side: DiagnosisSide
  /** The wall clock of each step. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly onStep: (step: StepReport) => void
  /** What is known at the end of a failed step besides its error. */
  known(): { certificate?: CertificateFacts | undefined; authMethods: readonly string[] }
  suggest(problem: DiagnosisProblem, detail: string | null): Suggestion | undefined
  beginTranscript(kind: DiagnosisStepKind): void
  transcript(): readonly string[]
}

/** Runs steps one after the other, each with its wall clock, until the first that fails; then skips. */
export class StepRunner {
  readonly steps: StepReport[] = []
  #hasFailed = false

  constructor(private readonly around: StepSurroundings) {}

  /** Whether no further step can run: one has failed, or the caller has gone. */
  get isOver(): boolean {
    return this.#hasFailed || this.#isCancelled
  }

  /** Runs a step, or skips it after a failure or a cancellation. Throws only what is a defect of ours. */
  async run(kind: DiagnosisStepKind, work: Work): Promise<void> {
    if (this.isOver) return this.skip(kind)
    const { timeoutMs, signal } = this.around
    const began = performance.now()
    this.around.beginTranscript(kind)
    try {
      const result = await withDeadline(timeoutMs, signal, work)
      const isWarning = result.warning !== undefined
      this.#add(kind, performance.now() - began, {
        ...result,
        outcome: isWarning ? DiagnosisOutcome.WARNING : DiagnosisOutcome.OK,
        problem: result.warning,
      })
    } catch (error) {
      this.#hasFailed = true
      if (this.#isCancelled) return this.skip(kind)
      const failure = toTransportError(error)
      if (!(failure instanceof TransportError)) throw failure
      this.#add(kind, performance.now() - began, {
        ...this.around.known(),
        outcome: DiagnosisOutcome.FAILED,
        problem: failure.problem,
        ...(failure.detail === undefined ? {} : { detail: failure.detail }),
      })
    }
  }

  /** Reports a step that was not asked for or cannot be tried. */
  skip(kind: DiagnosisStepKind): void {
    this.around.beginTranscript(kind)
    this.#add(kind, 0, { outcome: DiagnosisOutcome.SKIPPED })
  }

  #add(
    kind: DiagnosisStepKind,
    durationMs: number,
    step: StepResult & { outcome: DiagnosisOutcome; problem?: DiagnosisProblem | undefined },
  ): void {
    const { side, onStep } = this.around
    const { outcome, problem = null, detail = null, certificate = null, authMethods = [] } = step
    const suggestion = (problem && this.around.suggest(problem, detail)) ?? null
    const transcript = [...this.around.transcript()]
    const facts = { detail, problem, suggestion, certificate, authMethods, transcript }
    const report: StepReport = { side, kind, outcome, durationMs, ...facts }
    this.steps.push(report)
    onStep(report)
  }

  get #isCancelled(): boolean {
    return this.around.signal?.aborted ?? false
  }
}
