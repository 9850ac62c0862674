import { DiagnosisProblem } from '@mailroom/shared'
import type { Credentials } from '../redact.js'
import { TransportError } from '../transport-error.js'
import { badChallenge } from './sasl-errors.js'
import { decodeChallenge, toBase64, type SaslClient } from './sasl-client.js'

const COMPLAINT_MAX = 200

/** XOAUTH2's one message in base64, as Google and Microsoft describe it; the password is the token. */
export function saslXoauth2({ username, password }: Credentials): string {
  return toBase64(`user=${username}\x01auth=Bearer ${password}\x01\x01`)
}

/** OAUTHBEARER's one message in base64 (RFC 7628 section 3.1); the password is the token. */
export function saslOauthBearer({ username, password }: Credentials): string {
  // RFC 5801 section 4: "," and "=" would end the name or begin an escape.
  const name = username.replaceAll('=', '=3D').replaceAll(',', '=2C')
  return toBase64(`n,a=${name},\x01auth=Bearer ${password}\x01\x01`)
}

/** XOAUTH2: an error comes as a challenge, and an empty line asks for the refusal itself. */
export function createXoauth2(credentials: Credentials): SaslClient {
  assertToken(credentials)
  return new OAuthClient('XOAUTH2', saslXoauth2(credentials), '')
}

/** OAUTHBEARER (RFC 7628): an error comes as a challenge; %x01 asks for the refusal (section 3.2.3). */
export function createOauthBearer(credentials: Credentials): SaslClient {
  assertToken(credentials)
  return new OAuthClient('OAUTHBEARER', saslOauthBearer(credentials), 'AQ==')
}

class OAuthClient implements SaslClient {
  complaint: string | undefined

  constructor(
    readonly mechanism: string,
    readonly initialResponse: string,
    private readonly dummy: string,
  ) {}

  respond(challenge: string): string {
    if (this.complaint !== undefined) throw badChallenge('a question too many')
    this.complaint = readComplaint(decodeChallenge(challenge))
    return this.dummy
  }

  /** Success after an error is none: the server has said that it does not know the token. */
  assertProven(): void {
    if (this.complaint !== undefined) throw badChallenge('success after an error')
  }
}

/** RFC 6750 section 2.1: a token is visible ASCII; %x01 separates the message's parts. */
function assertToken({ username, password }: Credentials): void {
  if (/^[\x21-\x7e]+$/.test(password) && !username.includes('\x01')) return
  throw new TransportError(DiagnosisProblem.OAUTH_TOKEN_REJECTED, {
    detail: 'The access token or the name has characters that no token or name has.',
  })
}

/** The error's status and scope in a few words (RFC 7628 section 3.2.2). */
function readComplaint(bytes: Buffer | undefined): string {
  try {
    const error: unknown = JSON.parse(bytes?.toString('utf8') ?? '')
    if (typeof error !== 'object' || error === null || !('status' in error)) return ''
    const { status } = error
    if (typeof status !== 'string' && typeof status !== 'number') return ''
    return `status ${String(status).slice(0, COMPLAINT_MAX)}`
  } catch {
    return ''
  }
}
