import type { Credentials } from '../redact.js'
import { badChallenge } from './sasl-errors.js'
import { toBase64, type SaslClient } from './sasl-client.js'

/** SASL PLAIN's one message in base64 (RFC 4616 section 2), without an authorization identity. */
export function saslPlain({ username, password }: Credentials): string {
  return toBase64(`\0${username}\0${password}`)
}

/** SASL PLAIN (RFC 4616). */
export function createSaslPlain(credentials: Credentials): SaslClient {
  return {
    mechanism: 'PLAIN',
    initialResponse: saslPlain(credentials),
    respond() {
      throw badChallenge('a question too many')
    },
  }
}
