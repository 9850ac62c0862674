import { DiagnosisSide, problemWords, type EncryptionMode, type Language } from '@mailroom/shared'
import type { MessageKey, Translate } from '../i18n/useText.js'
import { stepsOf, type DiagnosisStep, type DiagnosisView } from './diagnosis-view.js'

const ENCRYPTION: Readonly<Record<EncryptionMode, MessageKey>> = {
  NONE: 'servers.encryptionNone',
  SSL: 'servers.encryptionSSL',
  TLS: 'servers.encryptionTLS',
}

/**
 * A diagnosis as plain text for a support request: what was connected to, how each step went, and what
 * passed on the wire. Secrets were taken out by the API, and nothing that was typed is added here.
 */
export function reportText(view: DiagnosisView, began: Date, t: Translate, language: Language) {
  const sides = Object.values(DiagnosisSide)
  return [
    `${t('diagnosis.reportTitle')}  ${began.toISOString()}`,
    ...sides.map((side) => headOf(view, side, t)),
    ...sides.flatMap((side) => ['', ...bodyOf(view, side, t, language)]),
    '',
  ].join('\n')
}

function headOf(view: DiagnosisView, side: DiagnosisSide, t: Translate): string {
  const isOutgoing = side === DiagnosisSide.OUTGOING
  const { host, port, encryption } = isOutgoing ? view.input.outgoing : view.input.incoming
  const protocol = isOutgoing ? 'SMTP' : view.input.incoming.protocol
  const problems = stepsOf(view, side).flatMap(({ problem }) => problem ?? [])
  return [
    `${sideName(side, t)}: ${host.includes(':') ? `[${host}]` : host}:${port}`,
    `${protocol}, ${t(ENCRYPTION[encryption ?? 'SSL'])}`,
    problems.join(', ') || '-',
  ].join(' | ')
}

function bodyOf(
  view: DiagnosisView,
  side: DiagnosisSide,
  t: Translate,
  language: Language,
): string[] {
  const steps = stepsOf(view, side)
  const wire = steps.flatMap(({ kind, transcript }) =>
    transcript.length === 0 ? [] : [`# ${t(`diagnosis.kinds.${kind}`)}`, ...transcript],
  )
  return [
    `[${sideName(side, t)}]`,
    ...steps.flatMap((step) => stepLines(step, t, language)),
    ...(wire.length === 0 ? [] : [`--- ${t('diagnosis.transcript')} ---`, ...wire]),
  ]
}

function stepLines(step: DiagnosisStep, t: Translate, language: Language): string[] {
  const { kind, outcome, durationMs, problem, detail, certificate } = step
  const words = `${t(`diagnosis.kinds.${kind}`)}: ${t(`diagnosis.outcomes.${outcome}`)}`
  return [
    outcome === 'SKIPPED' ? words : `${words} (${Math.round(durationMs)} ms)`,
    ...(problem === null ? [] : [`  ${problem}: ${problemWords(problem, language).title}`]),
    ...(detail === null ? [] : detail.split('\n').map((line) => `  ${line}`)),
    ...(certificate === null ? [] : [`  SHA-256: ${certificate.fingerprint256}`]),
  ]
}

function sideName(side: DiagnosisSide, t: Translate): string {
  return t(side === DiagnosisSide.OUTGOING ? 'diagnosis.sideOutgoing' : 'diagnosis.sideIncoming')
}
