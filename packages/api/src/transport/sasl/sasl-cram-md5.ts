import { createHmac } from 'node:crypto'
import type { Credentials } from '../redact.js'
import { badChallenge } from './sasl-errors.js'
import { decodeChallenge, toBase64, type SaslClient } from './sasl-client.js'

/**
 * CRAM-MD5's response to a challenge in base64 (RFC 2195 section 2). Undefined for a challenge that
 * is no message id of printable ASCII: a chosen text would help a false server to guess the password.
 */
export function saslCramMd5(
  challenge: string,
  { username, password }: Credentials,
): string | undefined {
  const stamp = decodeChallenge(challenge)?.toString('latin1') ?? ''
  if (!/^<[!-;=?-~]+>$/.test(stamp)) return undefined
  return toBase64(`${username} ${createHmac('md5', password).update(stamp).digest('hex')}`)
}

/** CRAM-MD5 (RFC 2195): one challenge, one answer. */
export function createSaslCramMd5(credentials: Credentials): SaslClient {
  let isAnswered = false
  return {
    mechanism: 'CRAM-MD5',
    respond(challenge) {
      // A second challenge would be a second sample of the password's hash.
      const answer = isAnswered ? undefined : saslCramMd5(challenge, credentials)
      if (answer === undefined) throw badChallenge('the CRAM-MD5 challenge is no message id')
      isAnswered = true
      return answer
    },
  }
}
