import { describe, expect, it } from 'vitest'
import { useText } from '../i18n/useText.js'
import { newDraft } from '../mail-server/mail-server-draft.js'
import { fixFor, type DiagnosisStep } from './fixes-for.js'
import { toCredentials, NO_CREDENTIALS } from './typed-credentials.js'
import type { Diagnosis } from './useDiagnosis.js'

const { t } = useText()
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')

function failed(problem: string, side: DiagnosisStep['side'] = 'OUTGOING'): DiagnosisStep {
  return { side, kind: 'TLS', outcome: 'FAILED', durationMs: 1, detail: null, problem }
}
function report(offered: string[] = []): Diagnosis {
  const facts = {
    subject: 's',
    issuer: 'i',
    altNames: [],
    validFrom: '2026-01-01T00:00:00Z',
    validTo: '2027-01-01T00:00:00Z',
    fingerprint256: FINGERPRINT,
    trusted: false,
  }
  return {
    outcome: 'FAILED',
    steps: [],
    outgoingCertificate: facts,
    incomingCertificate: null,
    outgoingAuthMethods: offered,
    incomingAuthMethods: [],
  }
}
function mended(step: DiagnosisStep, offered: string[] = []) {
  const draft = newDraft()
  fixFor(step, report(offered), t)?.apply(draft)
  return draft
}

describe('the button that mends a failure', () => {
  it('trusts the certificate that was shown, as the API keeps fingerprints', () => {
    expect(mended(failed('TLS_CERTIFICATE_UNTRUSTED')).outgoing.pinnedCertificate).toBe(
      'ab'.repeat(32),
    )
  })

  it.each(['TLS_CERTIFICATE_CHANGED', 'AUTH_REJECTED', 'SOMETHING_NEW'])(
    'is not there for %s',
    (problem) => {
      expect(fixFor(failed(problem), report(), t)).toBeUndefined()
    },
  )

  it('is not there where no certificate was seen', () => {
    expect(fixFor(failed('TLS_CERTIFICATE_UNTRUSTED', 'INCOMING'), report(), t)).toBeUndefined()
  })

  it('keeps the port that turned out to speak STARTTLS', () => {
    expect(mended(failed('TLS_ON_PLAIN_PORT')).outgoing).toMatchObject({
      encryption: 'TLS',
      port: '465',
    })
  })

  it('takes the best method that the server offers', () => {
    expect(
      mended(failed('AUTH_METHOD_NOT_OFFERED'), ['CRAM-MD5', 'LOGIN']).outgoing.authMethod,
    ).toBe('LOGIN')
    expect(fixFor(failed('AUTH_METHOD_NOT_OFFERED'), report(['GSSAPI']), t)).toBeUndefined()
  })
})

describe('credentials for a diagnosis', () => {
  it('are not sent where none were typed, and outgoing ones not where they are hidden', () => {
    expect(toCredentials(NO_CREDENTIALS, true)).toBeNull()
    const typed = { ...NO_CREDENTIALS, incomingUsername: 'a', outgoingPassword: 'secret' }
    expect(toCredentials(typed, false)).toEqual({ incomingUsername: 'a', incomingPassword: null })
  })
})
