import type { IncomingMessage } from 'node:http'
import { TICKET_SECONDS } from '../oidc/oidc-ticket.js'

interface CookieOptions {
  /** Without the prefix that it gets where people come by https. */
  readonly name: string
  readonly isSecure: boolean
  /** Left out, it lasts as long as the browser runs. */
  readonly maxAgeSeconds?: number
}

/** One that scripts cannot read; `__Host-` and Secure where people come by https. */
class OwnCookie {
  readonly #name: string
  readonly #attributes: string
  readonly #maxAge: string

  constructor({ name, isSecure, maxAgeSeconds }: CookieOptions) {
    this.#name = isSecure ? `__Host-${name}` : name
    // Lax: a link into the console keeps one signed in, a foreign form sends nothing (RFC 6265bis).
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    this.#maxAge = maxAgeSeconds === undefined ? '' : `Max-Age=${maxAgeSeconds}; `
  }

  /** Its value in a request's Cookie header. */
  read(request: IncomingMessage): string | undefined {
    const prefix = `${this.#name}=`
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const pair = part.trim()
      if (pair.startsWith(prefix)) return pair.slice(prefix.length) || undefined
    }
    return undefined
  }

  /** The Set-Cookie header that gives the value, or takes it away. */
  write(value: string | undefined): string {
    return value === undefined
      ? `${this.#name}=; Max-Age=0; ${this.#attributes}`
      : `${this.#name}=${value}; ${this.#maxAge}${this.#attributes}`
  }
}

/** Holds the token of a session. */
export class SessionCookie extends OwnCookie {
  constructor(isSecure: boolean) {
    super({ name: 'mailroom', isSecure })
  }
}

/** Holds the ticket of a sign-in while its person is at the provider of OpenID Connect. */
export class TicketCookie extends OwnCookie {
  constructor(isSecure: boolean) {
    super({ name: 'mailroom-sign-in', isSecure, maxAgeSeconds: TICKET_SECONDS })
  }
}
