import { expect, it } from 'vitest'
import type { PeerCertificate } from 'node:tls'
import { certificateFacts } from './certificate-facts.js'

const COMPLETE = {
  subjectaltname: 'DNS:mail.test, IP Address:192.0.2.1',
  valid_from: 'Nov 24 09:00:00 2026 GMT',
  valid_to: 'Nov 24 09:00:00 2027 GMT',
  fingerprint256: 'AB:CD',
}
function facts(changes: Partial<PeerCertificate> = {}) {
  const nameless = { CN: 'mail.test', C: '', ST: '', L: '', O: '', OU: '' }
  const rest = { ca: false, raw: Buffer.alloc(0), fingerprint: '', fingerprint512: '' }
  const names = { subject: nameless, issuer: nameless, serialNumber: '00' }
  return certificateFacts({ ...COMPLETE, ...rest, ...names, ...changes }, true)
}

it('reads what a person compares', () => {
  expect(facts()).toMatchObject({
    altNames: ['mail.test', '192.0.2.1'],
    validTo: new Date('2027-11-24T09:00:00Z'),
    fingerprint256: 'abcd',
  })
})

it('reads nothing out of a certificate whose dates are none', () => {
  expect(facts({ valid_to: 'Bad time value' })).toBeUndefined()
})
