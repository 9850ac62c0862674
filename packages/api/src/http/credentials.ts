import type { IncomingMessage } from 'node:http'
import { bearerOf, type Credentials } from '../auth/authenticator.js'
import type { SessionCookie } from './cookies.js'
import type { RequestOrigin } from './request-origin.js'

interface CredentialParts {
  readonly cookie: SessionCookie
  readonly addressOf: (request: IncomingMessage) => string
  readonly requestOriginOf: (request: IncomingMessage) => RequestOrigin
}

/** Reads what a request brings along to say whose it is: a token, or the cookie of our own pages. */
export function createCredentialsReader({ cookie, addressOf, requestOriginOf }: CredentialParts) {
  return (request: IncomingMessage): Credentials => {
    const bearer = bearerOf(request.headers.authorization)
    // SameSite lets the cookie through from sister hosts, whose pages may be in the list.
    const mayHaveCookie = bearer === undefined && requestOriginOf(request) !== 'LISTED'
    return {
      bearer,
      sessionToken: mayHaveCookie ? cookie.read(request) : undefined,
      address: addressOf(request),
    }
  }
}
