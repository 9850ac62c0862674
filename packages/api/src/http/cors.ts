import type { IncomingMessage, ServerResponse } from 'node:http'
import cors from 'cors'

/** How long a browser need not ask again; what Chromium takes at most. */
const PREFLIGHT_SECONDS = 7_200

/** Handles a request, or hands it on. */
type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * Lets web pages of the named origins read answers of /graphql and /uploads, and answers their browsers' preflights.
 * Without credentials: they come with an API token, and the cookie stays the console's. With no origin
 * named there are no CORS headers at all, and browsers refuse.
 */
export function createCors(origins: readonly string[]): Handler {
  if (origins.length === 0) return (_request, _response, next) => next()
  return cors({
    origin: [...origins],
    methods: ['POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language'],
    exposedHeaders: ['retry-after'],
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  })
}
