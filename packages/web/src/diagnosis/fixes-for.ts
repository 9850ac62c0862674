import { DiagnosisProblem, DiagnosisSide, EncryptionMode, SmtpAuthMethod } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'
import {
  followPort,
  type DraftSide,
  type MailServerDraft,
} from '../mail-server/mail-server-draft.js'
import type { Diagnosis } from './useDiagnosis.js'

export type DiagnosisStep = Diagnosis['steps'][number]
export interface Fix {
  readonly label: string
  readonly apply: (draft: MailServerDraft) => void
}

/** Certificates that a person may accept after looking at them; a changed one is not among them. */
const TRUSTABLE: ReadonlySet<string> = new Set([
  DiagnosisProblem.TLS_CERTIFICATE_UNTRUSTED,
  DiagnosisProblem.TLS_CERTIFICATE_WRONG_NAME,
  DiagnosisProblem.TLS_CERTIFICATE_EXPIRED,
])
/** As servers name them, the one to suggest first. */
const SUGGESTED_METHODS: readonly (readonly [string, SmtpAuthMethod])[] = [
  ['PLAIN', SmtpAuthMethod.PLAIN],
  ['LOGIN', SmtpAuthMethod.LOGIN],
  ['CRAM-MD5', SmtpAuthMethod.CRAM_MD5],
  ['DIGEST-MD5', SmtpAuthMethod.DIGEST_MD5],
]

function sideOf(side: DiagnosisSide): DraftSide {
  return side === DiagnosisSide.OUTGOING ? 'outgoing' : 'incoming'
}

/** The change of settings that would mend a failed step, where there is one. */
export function fixFor(step: DiagnosisStep, report: Diagnosis, t: Translate): Fix | undefined {
  const side = sideOf(step.side)
  if (step.problem != null && TRUSTABLE.has(step.problem)) return trust(report, side, t)
  switch (step.problem) {
    case DiagnosisProblem.TLS_ON_PLAIN_PORT:
      return encrypt(side, EncryptionMode.TLS, true, t)
    case DiagnosisProblem.TLS_EXPECTED:
      return encrypt(side, EncryptionMode.SSL, true, t)
    case DiagnosisProblem.TLS_NOT_OFFERED:
      return encrypt(side, EncryptionMode.SSL, false, t)
    case DiagnosisProblem.AUTH_METHOD_NOT_OFFERED:
      return side === 'outgoing' ? useMethod(report.outgoingAuthMethods, t) : undefined
    case DiagnosisProblem.APOP_NOT_OFFERED:
      return { label: t('diagnosis.noApop'), apply: ({ incoming }) => (incoming.apop = false) }
    default:
      return undefined
  }
}

function trust(report: Diagnosis, side: DraftSide, t: Translate): Fix | undefined {
  const facts = side === 'outgoing' ? report.outgoingCertificate : report.incomingCertificate
  if (!facts) return undefined
  const fingerprint = facts.fingerprint256.replaceAll(':', '').toLowerCase()
  return {
    label: t('diagnosis.trust'),
    apply: (draft) => (draft[side].pinnedCertificate = fingerprint),
  }
}

/** `isSamePort`: this very port speaks the other kind; otherwise the port goes along. */
function encrypt(side: DraftSide, mode: EncryptionMode, isSamePort: boolean, t: Translate): Fix {
  const words = t(mode === EncryptionMode.SSL ? 'fields.encryptionSSL' : 'fields.encryptionTLS')
  return {
    label: t('diagnosis.useEncryption', { label: words }),
    apply(draft) {
      draft[side].encryption = mode
      if (isSamePort) draft[side].isPortTyped = true
      followPort(draft, side)
    },
  }
}

function useMethod(offered: readonly string[], t: Translate): Fix | undefined {
  const names = offered.map((name) => name.toUpperCase().replace('_', '-'))
  const found = SUGGESTED_METHODS.find(([name]) => names.includes(name))
  if (found === undefined) return undefined
  const [method, value] = found
  return {
    label: t('diagnosis.useMethod', { method }),
    apply: ({ outgoing }) => (outgoing.authMethod = value),
  }
}
