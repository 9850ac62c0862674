import type { Credentials } from '../redact.js'
import { protocolError } from '../peer-errors.js'
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

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

/** RFC 4616; PLAIN knows no further challenge: "*" breaks off (RFC 5034 section 4). */
export function plainMechanism(response: string): SaslMechanism {
  return { name: 'PLAIN', response, errorAnswer: '*' }
}

/** Google's and Microsoft's form of OAuth 2.0 in SASL; `password` is the access token. */
export function xoauth2Mechanism({ username, password }: Credentials): SaslMechanism {
  const response = base64(`user=${username}\x01auth=Bearer ${password}\x01\x01`)
  return { name: 'XOAUTH2', response, errorAnswer: '' }
}

/** RFC 7628 section 3.1; the name is written as GS2 wants it (RFC 5801 section 4). */
export function oauthBearerMechanism({ username, password }: Credentials): SaslMechanism {
  const name = username.replaceAll('=', '=3D').replaceAll(',', '=2C')
  const response = base64(`n,a=${name},\x01auth=Bearer ${password}\x01\x01`)
  // RFC 7628 section 3.2.3: a lone %x01.
  return { name: 'OAUTHBEARER', response, errorAnswer: base64('\x01') }
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
