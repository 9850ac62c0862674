import { DiagnosisProblem } from '@mailroom/shared'
import { TransportError } from '../transport-error.js'

/** A challenge that gets no answer. `detail` is ours: nothing of the server's is in it. */
export function badChallenge(detail: string): TransportError {
  return new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail })
}
