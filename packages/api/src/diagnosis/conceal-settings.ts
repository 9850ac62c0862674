import type { DiagnosisReport } from './diagnose.js'
import type { SideReport, StepReport } from './diagnosis-report.js'

/**
 * A step for whoever is not to know where the server is and how it is set up: how it went and what is
 * wrong stay, what the server said, showed and would better be set to go.
 */
export function concealStep(step: StepReport): StepReport {
  const { side, kind, outcome, durationMs, problem } = step
  return {
    ...{ side, kind, outcome, durationMs, problem },
    ...{ detail: null, suggestion: null, certificate: null, authMethods: [], transcript: [] },
  }
}

export function concealReport(report: DiagnosisReport): DiagnosisReport {
  const concealSide = ({ steps }: SideReport): SideReport => ({
    steps: steps.map(concealStep),
    certificate: undefined,
    authMethods: [],
  })
  return {
    outcome: report.outcome,
    steps: report.steps.map(concealStep),
    outgoing: concealSide(report.outgoing),
    incoming: concealSide(report.incoming),
  }
}
