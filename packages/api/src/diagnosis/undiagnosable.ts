import {
  DiagnosisOutcome,
  type DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
} from '@mailroom/shared'
import type { DiagnosisReport } from './diagnose.js'
import type { SideReport, StepReport } from './diagnosis-report.js'

/** The report on what is not connected to at all, and why; nothing was sent anywhere. */
export function undiagnosable(problem: DiagnosisProblem): DiagnosisReport {
  const [outgoing, incoming] = [
    sideOf(DiagnosisSide.OUTGOING, problem),
    sideOf(DiagnosisSide.INCOMING, problem),
  ]
  const steps = [...outgoing.steps, ...incoming.steps]
  return { outcome: DiagnosisOutcome.FAILED, steps, outgoing, incoming }
}

function sideOf(side: DiagnosisSide, problem: DiagnosisProblem): SideReport {
  const step: StepReport = {
    ...{ side, kind: DiagnosisStepKind.RESOLVE, outcome: DiagnosisOutcome.FAILED, durationMs: 0 },
    ...{ problem, detail: null, suggestion: null, certificate: null },
    ...{ authMethods: [], transcript: [] },
  }
  return { steps: [step], certificate: undefined, authMethods: [] }
}
