import { OIDC_PROBLEM_PARAMETER, OidcProblem } from '@mailroom/shared'
import type { Express, Request, Response } from 'express'
import type { IncomingMessage } from 'node:http'
import { actorOf } from '../auth/caller.js'
import type { SessionService } from '../auth/session.service.js'
import type { Logger } from '../logger.js'
import type { Finished, OidcService } from '../oidc/oidc.service.js'
import type { SessionCookie, TicketCookie } from './cookies.js'
import { ROUTES } from './routes.js'

interface CallbackParts {
  readonly oidc: OidcService
  readonly sessions: SessionService
  readonly cookie: SessionCookie
  readonly ticketCookie: TicketCookie
  readonly addressOf: (request: IncomingMessage) => string
  readonly originOf: (request: IncomingMessage) => string
  readonly logger: Logger
}

/**
 * Serves the address to which the provider of OpenID Connect sends people back. Whatever comes of it,
 * the browser goes on to a page of the console, which has the words in the person's language.
 */
export function serveOidcCallback(app: Express, parts: CallbackParts): void {
  app.get(ROUTES.oidcCallback, async (request, response) => {
    response.set('cache-control', 'no-store')
    try {
      const finished = await finish(parts, request)
      const { problem, reason } = finished
      if (problem !== undefined) {
        parts.logger.warn({ problem, reason }, 'a sign-in by OpenID Connect was not finished')
      }
      await goOn(parts, request, response, finished)
    } catch (error) {
      parts.logger.error({ err: error }, 'unexpected error in a sign-in by OpenID Connect')
      response.redirect(withProblem('/sign-in', OidcProblem.OIDC_FAILED))
    }
  })
}

async function finish(parts: CallbackParts, request: Request): Promise<Finished> {
  const { oidc, sessions, cookie, ticketCookie, addressOf, originOf } = parts
  const sessionToken = cookie.read(request)
  const user = sessionToken === undefined ? undefined : await sessions.userOf(sessionToken)
  const address = addressOf(request)
  return oidc.finish({
    ticket: ticketCookie.read(request),
    query: new URL(request.originalUrl, 'http://localhost').searchParams,
    origin: originOf(request),
    address,
    userId: user?.id,
    actor: actorOf(user, address),
  })
}

async function goOn(
  { sessions, cookie, ticketCookie }: CallbackParts,
  request: Request,
  response: Response,
  { errand, token, problem }: Finished,
): Promise<void> {
  const page = pageOf(errand)
  if (problem !== undefined) return response.redirect(withProblem(page, problem))
  response.append('set-cookie', ticketCookie.write(undefined))
  if (token !== undefined) {
    // As for a password: the session that was there ends, so that nobody can have planted it.
    const old = cookie.read(request)
    if (old !== undefined) await sessions.end(old)
    response.append('set-cookie', cookie.write(token))
  }
  response.redirect(page)
}

/** The sign-in page takes whoever is signed in on to the page that was asked for, if it is one of ours. */
function pageOf(errand: Finished['errand']): string {
  if (errand?.linkTo !== undefined) return '/profile'
  return errand === undefined || errand.returnTo === ''
    ? '/sign-in'
    : `/sign-in?${new URLSearchParams({ return: errand.returnTo }).toString()}`
}

function withProblem(page: string, problem: OidcProblem): string {
  const mark = page.includes('?') ? '&' : '?'
  return `${page}${mark}${OIDC_PROBLEM_PARAMETER}=${problem}`
}
