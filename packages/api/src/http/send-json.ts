import type { ServerResponse } from 'node:http'
import { ErrorCode, type Language } from '@mailroom/shared'
import type { AppError } from '../errors.js'
import { formatError } from '../graphql/format-error.js'

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** Of what is refused before any operation is looked at. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  [ErrorCode.UNAUTHENTICATED]: 401,
  [ErrorCode.FORBIDDEN]: 403,
  [ErrorCode.NOT_FOUND]: 404,
  [ErrorCode.TOO_MANY_REQUESTS]: 429,
}

/** Answers with JSON that nobody keeps. */
export function sendJson(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { ...HEADERS, 'content-length': body.length })
  response.end(body)
}

/** Refuses a whole request, in the shape of every other error of the API. */
export function sendRefusal(response: ServerResponse, error: AppError, language: Language): void {
  const { retryAfterSeconds } = error.extensions
  if (typeof retryAfterSeconds === 'number')
    response.setHeader('retry-after', String(retryAfterSeconds))
  const errors = [formatError(error, language, { error: () => undefined })]
  sendJson(response, STATUS[error.code] ?? 400, Buffer.from(JSON.stringify({ errors })))
}
