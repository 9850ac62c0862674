import { DiagnosisOutcome, type DiagnosisSide } from '@mailroom/shared'
import type { Diagnosis } from './useDiagnosis.js'

/** The worst that happened on one side; SKIPPED only where nothing was tried. */
export function sideOutcome({ steps }: Diagnosis, side: DiagnosisSide): DiagnosisOutcome {
  const outcomes = steps.filter((step) => step.side === side).map((step) => step.outcome)
  const worstFirst = [DiagnosisOutcome.FAILED, DiagnosisOutcome.WARNING, DiagnosisOutcome.OK]
  return worstFirst.find((each) => outcomes.includes(each)) ?? DiagnosisOutcome.SKIPPED
}
