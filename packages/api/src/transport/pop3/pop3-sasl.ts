import type { Credentials } from '../redact.js'
import { protocolError } from '../peer-errors.js'
import { saslOauthBearer, saslXoauth2 } from '../sasl/sasl-oauth.js'
import type { Pop3Exchange } from './pop3-exchange.js'
import type { Pop3Status } from './pop3-parser.js'

/** RFC 2449 section 4, with the line end: a longer initial response follows the server's "+" (RFC 5034 section 4). */
const COMMAND_MAX = 255

/** A mechanism in which the client speaks first, and once. */
interface SaslMechanism {
  readonly name: string
  /** In base64. */
  readonly response: string
  /** What answers the challenge that carries an error, so that the server says its -ERR. */
  readonly errorAnswer: string
}

/** RFC 4616; PLAIN knows no further challenge: "*" breaks off (RFC 5034 section 4). */
export function plainMechanism(response: string): SaslMechanism {
  return { name: 'PLAIN', response, errorAnswer: '*' }
}

/** Google's and Microsoft's form of OAuth 2.0 in SASL; `password` is the access token. */
export function xoauth2Mechanism(credentials: Credentials): SaslMechanism {
  return { name: 'XOAUTH2', response: saslXoauth2(credentials), errorAnswer: '' }
}

/** RFC 7628 section 3.1. */
export function oauthBearerMechanism(credentials: Credentials): SaslMechanism {
  // RFC 7628 section 3.2.3: a lone %x01.
  return { name: 'OAUTHBEARER', response: saslOauthBearer(credentials), errorAnswer: 'AQ==' }
}

/** Runs a mechanism to the server's status line (RFC 5034 section 4). */
export async function saslExchange(
  exchange: Pop3Exchange,
  { name, response, errorAnswer }: SaslMechanism,
  signal: AbortSignal,
): Promise<Pop3Status> {
  exchange.keepSecret(response)
  const atOnce = `AUTH ${name} ${response}`
  const fits = atOnce.length + '\r\n'.length <= COMMAND_MAX
  let answer = await exchange.converse(fits ? atOnce : `AUTH ${name}`, signal)
  // A prompt after the response was sent at once: the server is older than RFC 5034 and left it unread.
  if ('challenge' in answer && (!fits || answer.challenge === '')) {
    answer = await exchange.converse(response, signal)
  }
  if ('challenge' in answer) answer = await exchange.converse(errorAnswer, signal)
  if (!('challenge' in answer)) return answer
  throw exchange.end(protocolError('one challenge too many', exchange.show))
}
