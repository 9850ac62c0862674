import { DiagnosisProblem, SmtpAuthMethod } from '@mailroom/shared'
import type { OutgoingSettings } from '../mail-server/outgoing-settings.js'

/** What a server said to MAIL FROM or RCPT TO, and what it offers. */
interface EnvelopeRefusal {
  readonly said: string
  readonly settings: Pick<OutgoingSettings, 'authMethod' | 'popBeforeSmtp'>
  readonly offersAuth: boolean
  /** What it is where the words tell nothing more. */
  readonly otherwise: DiagnosisProblem
}

/** Servers with POP before SMTP say so in words only; qmail's, Postfix's and Courier's patches each in their own. */
const POP_FIRST =
  /pop[- ]?(before|3 ?first|first|auth)|check (for )?(your )?mail first|(log|sign) ?in (via|with|by) pop|smtp[- ]after[- ]pop/i
/** RFC 4954 section 6 (530), RFC 3463 (5.7.1), and how open-relay checks put it. */
const NOT_KNOWN =
  /^530\b|authentication (is )?required|must authenticate|not permitted to relay|relay(ing)? (access )?(is )?(denied|not (allowed|permitted))/i

/**
 * Why an envelope was refused. A server that does not know who sends says so in many ways: it wants
 * SMTP AUTH where it offers that, and a sign-in by POP first where it offers nothing.
 */
export function envelopeProblem({
  said,
  settings,
  offersAuth,
  otherwise,
}: EnvelopeRefusal): DiagnosisProblem {
  if (settings.authMethod !== SmtpAuthMethod.NONE) return otherwise
  if (!settings.popBeforeSmtp && POP_FIRST.test(said))
    return DiagnosisProblem.POP_BEFORE_SMTP_NEEDED
  if (!NOT_KNOWN.test(said)) return otherwise
  if (offersAuth) return DiagnosisProblem.AUTH_NEEDED
  return settings.popBeforeSmtp ? otherwise : DiagnosisProblem.POP_BEFORE_SMTP_NEEDED
}
