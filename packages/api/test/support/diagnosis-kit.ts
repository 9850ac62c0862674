import {
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  SmtpCredentials,
} from '@mailroom/shared'
import type { DiagnosisReport } from '../../src/diagnosis/diagnose.js'
import type { DiagnosisRequest } from '../../src/diagnosis/diagnosis-report.js'
import type { Credentials } from '../../src/transport/redact.js'

/** What of a side a test is about; the rest is a side that is skipped, since nobody listens on its host. */
interface Wanted {
  readonly outgoing?: Partial<DiagnosisRequest['outgoing']>
  readonly incoming?: Partial<DiagnosisRequest['incoming']>
  readonly outgoingCredentials?: Credentials | undefined
  readonly incomingCredentials?: Credentials | undefined
}

/** A request for one side or both. A side that is left out fails at once, by a refused connection. */
export function diagnosisRequest(wanted: Wanted): DiagnosisRequest {
  const endpoint = { host: '127.0.0.1', port: 1, encryption: EncryptionMode.NONE }
  const trust = { timeoutSeconds: 10, pinnedCertificate: null, caCertificate: null }
  return {
    outgoing: {
      ...endpoint,
      ...trust,
      authMethod: SmtpAuthMethod.PLAIN,
      credentials: SmtpCredentials.INCOMING,
      popBeforeSmtp: false,
      popBeforeSmtpWaitSeconds: 0,
      ...wanted.outgoing,
    },
    incoming: {
      ...endpoint,
      ...trust,
      protocol: MailProtocol.IMAP4,
      authMethod: IncomingAuthMethod.PASSWORD,
      apop: false,
      ...wanted.incoming,
    },
    outgoingSignIn: wanted.outgoingCredentials && { credentials: wanted.outgoingCredentials },
    incomingSignIn: wanted.incomingCredentials && { credentials: wanted.incomingCredentials },
  }
}

/** One side's steps that are not OK, as "KIND PROBLEM". */
export function problemsOf(side: DiagnosisReport['outgoing']): string[] {
  return side.steps
    .filter(({ outcome }) => outcome === 'FAILED')
    .map(({ kind, problem }) => `${kind} ${problem ?? ''}`)
}

/** How signing in to one side went, and what the server said to it. */
export function signInOf(side: DiagnosisReport['outgoing']) {
  const step = side.steps.find(({ kind }) => kind === 'AUTHENTICATE')
  return { outcome: step?.outcome, problem: step?.problem, detail: step?.detail ?? '' }
}
