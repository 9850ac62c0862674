import type { Credentials } from '../redact.js'
import { badChallenge } from './sasl-errors.js'
import { toBase64, type SaslClient } from './sasl-client.js'

/** SASL LOGIN (draft-murchison-sasl-login): the name, then the password, whatever the server's prompts say; they vary. */
export function createSaslLogin({ username, password }: Credentials): SaslClient {
  const left = [username, password]
  return {
    mechanism: 'LOGIN',
    respond() {
      const answer = left.shift()
      if (answer === undefined) throw badChallenge('a question too many')
      return toBase64(answer)
    },
  }
}
