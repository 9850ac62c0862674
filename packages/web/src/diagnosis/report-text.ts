import { problemWords, type Language } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'
import type { Diagnosis } from './useDiagnosis.js'

/** A diagnosis as plain text, to be sent to whoever runs the server. Secrets were taken out by the API. */
export function reportText({ steps }: Diagnosis, t: Translate, language: Language): string {
  return steps
    .map((step) => {
      const side = t(step.side === 'OUTGOING' ? 'diagnosis.sideOutgoing' : 'diagnosis.sideIncoming')
      const head = `[${side}] ${t(`diagnosis.kinds.${step.kind}`)}: ${t(`diagnosis.outcomes.${step.outcome}`)}`
      const time = `(${Math.round(step.durationMs)} ms)`
      const problem = step.problem
        ? `\n  ${step.problem}: ${problemWords(step.problem, language).title}`
        : ''
      const detail = step.detail ? `\n  ${step.detail.replaceAll('\n', '\n  ')}` : ''
      return `${head} ${time}${problem}${detail}`
    })
    .join('\n')
}
