import { DiagnosisProblem, RecipientState, RETRY_MINUTES, SendState } from '@mailroom/shared'
import { SendOutcome, type RecipientResult, type SendResult } from '../transport/sender.js'
import type { SendFailure } from './send-failure.js'
import type { Claim } from './send-store.js'

/** What one attempt makes of a message. */
export interface Verdict {
  readonly state: SendState
  readonly problem: DiagnosisProblem | null
  readonly detail: string | null
  /** Until the next attempt; null where there is none. */
  readonly retryMinutes: number | null
  readonly recipients: readonly {
    readonly position: number
    readonly state: RecipientState
    readonly said: string | null
  }[]
}

type Attempted = Pick<Claim, 'attempts' | 'pending' | 'hasReached'>
type Told = Verdict['recipients'][number]

/** Of an attempt in which the server was told who gets it. */
export function verdictOf(claim: Attempted, result: SendResult): Verdict {
  const told = claim.pending.map(({ position }, at) => ({
    position,
    ...toldOf(result.recipients[at], result.outcome),
  }))
  const refused = result.recipients.find(({ said, accepted }) => said !== '' && !accepted)
  const failure: SendFailure = {
    problem: result.failure?.problem ?? DiagnosisProblem.RECIPIENT_REFUSED,
    detail: result.failure?.detail ?? (result.failure === undefined ? refused?.said : null) ?? null,
    isTemporary: true,
  }
  if (result.outcome === SendOutcome.UNCONFIRMED) {
    const { problem, detail } = failure
    return { state: SendState.UNCONFIRMED, problem, detail, retryMinutes: null, recipients: told }
  }
  if (result.outcome === SendOutcome.SENT && refused === undefined) {
    return {
      state: SendState.SENT,
      problem: null,
      detail: null,
      retryMinutes: null,
      recipients: told,
    }
  }
  // Of recipients one is enough that was told to come later: others may be refused for good.
  const isOfRecipients =
    result.outcome === SendOutcome.SENT || !result.recipients.some(({ accepted }) => accepted)
  const isTemporary =
    (result.outcome === SendOutcome.FAILED && result.isTemporary) ||
    (isOfRecipients && result.recipients.some((each) => each.isTemporary))
  return settle(claim, told, { ...failure, isTemporary })
}

/** Of an attempt that did not come so far. */
export function failedVerdict(claim: Attempted, failure: SendFailure): Verdict {
  const told = claim.pending.map(({ position }) => ({
    ...{ position, state: RecipientState.PENDING, said: null },
  }))
  return settle(claim, told, failure)
}

function settle(claim: Attempted, told: readonly Told[], failure: SendFailure): Verdict {
  const { problem, detail, isTemporary } = failure
  const minutes = RETRY_MINUTES[claim.attempts - 1]
  const isOpen = told.some(({ state }) => state === RecipientState.PENDING)
  if (isOpen && isTemporary && minutes !== undefined) {
    const state = SendState.QUEUED
    return { state, problem, detail, retryMinutes: minutes, recipients: told }
  }
  const recipients = told.map((each) =>
    each.state === RecipientState.PENDING ? { ...each, state: RecipientState.REFUSED } : each,
  )
  const hasReached = claim.hasReached || told.some(({ state }) => state === RecipientState.ACCEPTED)
  const state = hasReached ? SendState.SENT : SendState.FAILED
  return { state, problem, detail, retryMinutes: null, recipients }
}

/** What became of a recipient; a message that was not taken has reached nobody. */
function toldOf(
  result: RecipientResult | undefined,
  outcome: SendOutcome,
): Pick<Told, 'state' | 'said'> {
  if (result === undefined || result.said === '')
    return { state: RecipientState.PENDING, said: null }
  const { accepted, isTemporary, said } = result
  if (!accepted)
    return { state: isTemporary ? RecipientState.PENDING : RecipientState.REFUSED, said }
  return outcome === SendOutcome.SENT
    ? { state: RecipientState.ACCEPTED, said }
    : { state: RecipientState.PENDING, said: null }
}
