import { DiagnosisProblem, DiagnosisStepKind, RECIPIENTS_MAX } from '@mailroom/shared'
import type { Envelope } from '../sender.js'
import { StepFailure } from '../step-failure.js'
import { TransportError } from '../transport-error.js'
import { parseEnvelopeAddress } from './envelope-address.js'
import type { SmtpExtensions } from './smtp-reply-parser.js'

/** An envelope as it goes on the wire, in the order given. */
export interface PreparedEnvelope {
  readonly from: string
  readonly to: readonly string[]
  readonly needsSmtpUtf8: boolean
}

/** Checks every address; throws a StepFailure SENDER_REFUSED or RECIPIENT_REFUSED that names the first bad one. */
export function prepareEnvelope(envelope: Envelope, extensions: SmtpExtensions): PreparedEnvelope {
  if (envelope.to.length === 0 || envelope.to.length > RECIPIENTS_MAX) {
    throw refusal(
      DiagnosisProblem.RECIPIENT_REFUSED,
      `1 to ${RECIPIENTS_MAX} recipients, not ${envelope.to.length}`,
    )
  }
  const check = (text: string, problem: DiagnosisProblem) => {
    const parsed = parseEnvelopeAddress(text)
    const shown = JSON.stringify(text.slice(0, 100))
    if (parsed === undefined) throw refusal(problem, `${shown} is not a mail address`)
    if (parsed.needsSmtpUtf8 && !extensions.has('SMTPUTF8')) {
      throw refusal(problem, `${shown} needs SMTPUTF8 (RFC 6531), which this server does not offer`)
    }
    return parsed
  }
  const from =
    envelope.from === '' ? undefined : check(envelope.from, DiagnosisProblem.SENDER_REFUSED)
  const to = envelope.to.map((text) => check(text, DiagnosisProblem.RECIPIENT_REFUSED))
  return {
    from: from?.address ?? '',
    to: to.map(({ address }) => address),
    needsSmtpUtf8:
      (envelope.hasUtf8Headers === true && extensions.has('SMTPUTF8')) ||
      [from, ...to].some((parsed) => parsed?.needsSmtpUtf8 === true),
  }
}

function refusal(problem: DiagnosisProblem, detail: string): StepFailure {
  return new StepFailure(DiagnosisStepKind.ENVELOPE, new TransportError(problem, { detail }))
}
