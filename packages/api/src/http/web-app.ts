import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MESSAGE_FRAME_PATHS, messageFrameHeader } from '@mailroom/shared'
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from '../logger.js'
import { ROUTES } from './routes.js'

interface WebAppParts {
  /** The built console; where it is missing, `/` says so. */
  readonly consoleDir: string
  readonly isSecure: boolean
  readonly logger: Logger
  readonly isReady: () => Promise<boolean>
  /** Adds what only development serves. */
  readonly extend: (app: Express) => void
}

const ONE_YEAR_MS = 365 * 24 * 3600 * 1_000

/** Everything over HTTP but GraphQL: health, the console, and headers that keep browsers strict. */
export function createWebApp({
  consoleDir,
  isSecure,
  isReady,
  extend,
  logger,
}: WebAppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(securityHeaders(isSecure))
  app.get(ROUTES.health, (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'alive' })
  })
  app.get(ROUTES.readiness, async (_request, response) => {
    const ready = await isReady()
    response
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({ status: ready ? 'ready' : 'not ready' })
  })
  extend(app)
  serveConsole(app, consoleDir)
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('Not found')
  })
  app.use(createErrorHandler(logger))
  return app
}

/** Instead of the framework's own, which prints stacks: a bad address is the caller's, the rest is ours. */
function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
    const isCallers = typeof status === 'number' && status >= 400 && status < 500
    if (!isCallers) logger.error({ err: error }, 'unexpected error in a request')
    response
      .status(isCallers ? status : 500)
      .type('text/plain')
      .send(isCallers ? 'Bad request' : 'Something went wrong on our side.')
  }
}

function securityHeaders(isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Component libraries place menus and dialogs by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isSecure,
    xFrameOptions: { action: 'deny' },
  })
}

/** The frame of messages has a policy of its own, and our pages may hold it. */
function allowMessageFrame(app: Express): void {
  for (const kind of ['closed', 'remote'] as const) {
    app.use(MESSAGE_FRAME_PATHS[kind], (_request, response, next) => {
      response
        .set('content-security-policy', messageFrameHeader(kind))
        .set('x-frame-options', 'SAMEORIGIN')
      next()
    })
  }
}

function serveConsole(app: Express, consoleDir: string): void {
  allowMessageFrame(app)
  // Vite names these by their content, so they never change.
  app.use(
    '/assets',
    express.static(join(consoleDir, 'assets'), {
      immutable: true,
      maxAge: ONE_YEAR_MS,
    }),
  )
  app.use(express.static(consoleDir, { index: false, maxAge: 0 }))
  const index = join(consoleDir, 'index.html')
  app.use((request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || !request.accepts('html') || /\.\w+$/.test(request.path)) return next()
    if (request.path === ROUTES.graphql) return next()
    response.set('cache-control', 'no-cache')
    if (existsSync(index)) return response.sendFile(index)
    response.status(503).type('text/plain').send('The console is not built. Run: npm start')
  })
}
