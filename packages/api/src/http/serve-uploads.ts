import { UPLOAD_MAX_BYTES, type Language } from '@mailroom/shared'
import type { Express, Request, Response } from 'express'
import { callerIn, type Caller } from '../auth/caller.js'
import { AppError, forbidden } from '../errors.js'
import { uploadTooLarge } from '../sending/sending.errors.js'
import type { UploadService } from '../sending/upload.service.js'
import type { RequestOrigin } from './request-origin.js'
import { ROUTES } from './routes.js'
import { sendJson, sendRefusal } from './send-json.js'

interface UploadRouteParts {
  readonly uploads: UploadService
  readonly callerOf: (request: Request) => Promise<Caller | undefined>
  readonly requestOriginOf: (request: Request) => RequestOrigin
  readonly languageOf: (request: Request) => Promise<Language>
}

/**
 * Takes files for messages: one raw body each, `?name=` says what it is called. By session or token;
 * never for a page of another origin.
 */
export function serveUploads(app: Express, parts: UploadRouteParts): void {
  app.post(ROUTES.uploads, async (request, response) => {
    try {
      await receive(parts, request, response)
    } catch (error) {
      if (!(error instanceof AppError)) {
        // Whoever has gone away needs no answer.
        if (request.destroyed && !request.complete) return
        throw error
      }
      // What is still to come is not read, so the connection cannot be used again.
      if (!request.complete) response.setHeader('connection', 'close')
      sendRefusal(response, error, await parts.languageOf(request))
    }
  })
}

async function receive(
  { uploads, callerOf, requestOriginOf }: UploadRouteParts,
  request: Request,
  response: Response,
): Promise<void> {
  // Browsers name the page's origin with every POST to another one.
  if (requestOriginOf(request) === 'FOREIGN') throw forbidden()
  const caller = callerIn({ user: await callerOf(request) })
  if (Number(request.headers['content-length'] ?? 0) > UPLOAD_MAX_BYTES) throw uploadTooLarge()
  const { name } = request.query
  const { id, filename, contentType, size } = await uploads.receive(caller.id, {
    filename: typeof name === 'string' ? name : '',
    contentType: request.headers['content-type'] ?? '',
    // Kept open on a refusal: whoever still sends would otherwise never read why.
    bytes: request.iterator({ destroyOnReturn: false }),
  })
  const body = Buffer.from(JSON.stringify({ id, filename, contentType, size }))
  sendJson(response, 201, body)
}
