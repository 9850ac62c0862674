import { DiagnosisProblem, DiagnosisStepKind, RETRY_MINUTES } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import type { RecipientResult, SendResult } from '../transport/sender.js'
import { StepFailure } from '../transport/step-failure.js'
import { TransportError } from '../transport/transport-error.js'
import { failedVerdict, verdictOf } from './verdict.js'

const claim = (attempts = 1, hasReached = false) => ({
  attempts,
  hasReached,
  pending: [
    { position: 3, address: 'a@x.jp' },
    { position: 7, address: 'b@x.jp' },
  ],
})
const told = (said: string): RecipientResult => ({
  ...{ address: '', said },
  accepted: said.startsWith('2'),
  isTemporary: said.startsWith('4'),
})
const failure = (problem: DiagnosisProblem, detail: string) =>
  new StepFailure(DiagnosisStepKind.SEND, new TransportError(problem, { detail }))

const result = (overrides: Partial<SendResult>): SendResult => ({
  ...{ outcome: 'SENT', recipients: [told('250 a'), told('250 b')], said: '250 taken' },
  ...{ failure: undefined, isTemporary: false },
  ...overrides,
})
const states = ({ recipients }: ReturnType<typeof verdictOf>) =>
  recipients.map(({ position, state }) => `${position} ${state}`)

describe('what an attempt makes of a message', () => {
  it('is SENT where everybody was taken', () => {
    const verdict = verdictOf(claim(), result({}))
    expect(verdict).toMatchObject({ state: 'SENT', problem: null, retryMinutes: null })
    expect(states(verdict)).toEqual(['3 ACCEPTED', '7 ACCEPTED'])
  })

  it('goes on with those who are to be asked again, and keeps who has it', () => {
    const verdict = verdictOf(claim(), result({ recipients: [told('250 a'), told('450 b')] }))
    expect(verdict).toMatchObject({ state: 'QUEUED', retryMinutes: RETRY_MINUTES[0] })
    expect(states(verdict)).toEqual(['3 ACCEPTED', '7 PENDING'])
  })

  it('is SENT to those who have it where the others are given up', () => {
    const last = claim(RETRY_MINUTES.length + 1)
    const verdict = verdictOf(last, result({ recipients: [told('250 a'), told('450 b')] }))
    expect(verdict).toMatchObject({ state: 'SENT', problem: 'RECIPIENT_REFUSED', detail: '450 b' })
    expect(states(verdict)).toEqual(['3 ACCEPTED', '7 REFUSED'])
  })

  it('of a message that was refused reaches nobody, whoever was taken before', () => {
    const verdict = verdictOf(
      claim(),
      result({
        outcome: 'FAILED',
        recipients: [told('250 a'), told('450 b')],
        failure: failure(DiagnosisProblem.MESSAGE_REFUSED, '554 spam'),
      }),
    )
    expect(verdict).toMatchObject({ state: 'FAILED', detail: '554 spam' })
    expect(states(verdict)).toEqual(['3 REFUSED', '7 REFUSED'])
  })

  it('without an answer leaves everybody open, and tries nothing', () => {
    const verdict = verdictOf(
      claim(),
      result({
        outcome: 'UNCONFIRMED',
        isTemporary: true,
        failure: failure(DiagnosisProblem.TIMEOUT, 'late'),
      }),
    )
    expect(verdict).toMatchObject({ state: 'UNCONFIRMED', problem: 'TIMEOUT', retryMinutes: null })
    expect(states(verdict)).toEqual(['3 PENDING', '7 PENDING'])
  })

  it('that did not come to the envelope is put off, or FAILED', () => {
    const lost = { problem: DiagnosisProblem.CONNECTION_LOST, detail: null, isTemporary: true }
    expect(failedVerdict(claim(2), lost)).toMatchObject({ state: 'QUEUED', retryMinutes: 5 })
    expect(failedVerdict(claim(99), lost)).toMatchObject({ state: 'FAILED' })
    // Others have it from an earlier attempt.
    expect(failedVerdict(claim(99, true), lost)).toMatchObject({ state: 'SENT' })
  })
})
