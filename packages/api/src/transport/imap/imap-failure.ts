import { DiagnosisProblem } from '@mailroom/shared'
import type { Redact } from '../redact.js'
import { toTransportError, TransportError } from '../transport-error.js'

const LOST: readonly unknown[] = [
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
]
const TIMEOUTS: readonly unknown[] = ['ETIMEOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT']
/** Limits that we set, and what the parser cannot read; the code says which. */
const BROKEN =
  /^(LineTooLarge|ResponseTooLarge|TooMany\w+|ParserError\w*|MAX_IMAP_NESTING_REACHED|UnexpectedTag|MissingTag|InvalidResponse|ResponseProcessingFailed)$/

/**
 * One of imapflow's errors as ours. It is not kept as the cause: it carries the server's words, which
 * may repeat what was sent. One that says nothing about a server stays as it is.
 */
export function imapFailure(error: unknown, redact: Redact): Error {
  if (!(error instanceof Error)) return toTransportError(error)
  const { code, reason, responseStatus, responseText } = wordsOf(error)
  const detail = (text: unknown) =>
    typeof text === 'string' && text !== '' ? redact(text) : undefined
  const as = (problem: DiagnosisProblem, text: unknown) =>
    new TransportError(problem, { detail: detail(text) })
  if (LOST.includes(code)) return as(DiagnosisProblem.CONNECTION_LOST, reason)
  if (TIMEOUTS.includes(code)) return as(DiagnosisProblem.TIMEOUT, undefined)
  // A literal is a message; all else that a server puts into one is small.
  if (code === 'LiteralTooLarge') return as(DiagnosisProblem.MESSAGE_TOO_LARGE, undefined)
  if (typeof code === 'string' && BROKEN.test(code))
    return as(DiagnosisProblem.PROTOCOL_ERROR, code)
  if (responseStatus !== undefined || code === 'ETHROTTLE') {
    return as(DiagnosisProblem.MAILBOX_FAILED, responseText)
  }
  return toTransportError(error)
}

function wordsOf(error: object): {
  code?: unknown
  reason?: unknown
  responseStatus?: unknown
  responseText?: unknown
} {
  return error
}
