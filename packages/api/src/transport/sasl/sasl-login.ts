import type { Credentials } from '../redact.js'
import { badChallenge } from './sasl-errors.js'
import { toBase64, type SaslClient } from './sasl-client.js'

/** One of SASL LOGIN's two messages in base64 (draft-murchison-sasl-login). */
export function saslLogin(text: string): string {
  return toBase64(text)
}

/** SASL LOGIN: the name, then the password, whatever the server's prompts say; they vary. */
export function createSaslLogin({ username, password }: Credentials): SaslClient {
  const left = [username, password]
  return {
    mechanism: 'LOGIN',
    respond() {
      const answer = left.shift()
      if (answer === undefined) throw badChallenge('a question too many')
      return saslLogin(answer)
    },
  }
}
