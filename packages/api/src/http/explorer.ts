import type { Express } from 'express'
import { ruruHTML } from 'ruru/server'
import { serveStatic } from 'ruru/static'
import { ROUTES } from './routes.js'

const STATIC_PATH = '/explorer/static/'

/** GraphiQL at /explorer from its npm package, in development only: nothing comes from a CDN. */
export function serveExplorer(app: Express): void {
  app.use(serveStatic(STATIC_PATH))
  app.get('/explorer', (_request, response) => {
    // The explorer starts by an inline script; the console's own policy forbids those.
    response.set(
      'content-security-policy',
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:",
    )
    response.type('html').send(
      ruruHTML({
        staticPath: STATIC_PATH,
        endpoint: ROUTES.graphql,
        subscriptionEndpoint: ROUTES.graphql,
      }),
    )
  })
}
