import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Language } from '@mailroom/shared'
import type { Express, Request, Response } from 'express'
import { scopeOf, type AccountScope } from '../account/account-scope.js'
import { callerIn, type Caller } from '../auth/caller.js'
import { AppError } from '../errors.js'
import type { ByteRange } from '../message/message-source-store.js'
import type { MessageService } from '../message/message.service.js'
import { answerTo } from './conditional.js'
import { DownloadSlots } from './download-slots.js'
import { attachmentNamed, savedName } from './file-name.js'
import { ROUTES } from './routes.js'
import { sendRefusal } from './send-json.js'

interface MessageParts {
  readonly messages: MessageService
  readonly callerOf: (request: Request) => Promise<Caller | undefined>
  readonly languageOf: (request: Request) => Promise<Language>
}

/** Bytes to save, and never to be shown: whatever is in them runs nowhere. */
interface Download {
  readonly name: string
  readonly size: number
  /** Another one for other bytes. */
  readonly tag: string
  /** A range of it, in pieces. */
  readonly read: (range: ByteRange) => Promise<Iterable<Buffer> | AsyncIterable<Buffer>>
}

interface Kind {
  readonly slots: DownloadSlots
  readonly find: (scope: AccountScope, request: Request) => Promise<Download>
}

/** Whoever has not taken it by then lets others have their turn. */
const DOWNLOAD_MAX_MS = 15 * 60_000
/** A source is a few megabytes in memory at a time, an attachment all of its bytes. */
const STREAMS = { total: 64, each: 24 }
const WHOLE = { total: 8, each: 3 }

/** Serves what messages are made of to whoever may read them, by session or token. */
export function serveMessages(app: Express, parts: MessageParts): void {
  const { messages } = parts
  const kinds: readonly [string, Kind][] = [
    [ROUTES.messageSource, { slots: new DownloadSlots(STREAMS), find: sourceOf(messages) }],
    [ROUTES.attachment, { slots: new DownloadSlots(WHOLE), find: attachmentOf(messages) }],
  ]
  // HEAD comes here too.
  for (const [path, kind] of kinds) {
    app.get(path, (request, response) => answer({ ...parts, ...kind }, request, response))
  }
}

const sourceOf =
  (messages: MessageService): Kind['find'] =>
  async (scope, request) => {
    const id = String(request.params['id'])
    const { sha256, sizeBytes } = await messages.sourceFacts(scope, id)
    return {
      name: `${id}.eml`,
      size: sizeBytes,
      tag: `"${sha256}"`,
      read: (range) => Promise.resolve(messages.streamSource(id, range)),
    }
  }

const attachmentOf =
  (messages: MessageService): Kind['find'] =>
  async (scope, request) => {
    const id = String(request.params['id'])
    const position = Number(request.params['position'])
    const { sha256, filename, sizeBytes } = await messages.attachmentFacts(scope, id, position)
    return {
      name: savedName(filename ?? '', `attachment-${position + 1}`),
      size: sizeBytes,
      tag: `"${sha256}-${position}"`,
      read: async ({ start, end }) => [
        (await messages.attachment(id, position)).subarray(start, end),
      ],
    }
  }

async function answer(
  { callerOf, languageOf, slots, find }: MessageParts & Kind,
  request: Request,
  response: Response,
): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  response.once('close', leave)
  // A response that waits behind another one on its connection never closes by itself.
  request.socket.once('close', leave)
  const timer = setTimeout(() => response.destroy(), DOWNLOAD_MAX_MS)
  try {
    const caller = callerIn({ user: await callerOf(request) })
    const download = await find(scopeOf(caller), request)
    await slots.hold(caller.id, gone.signal, () => send(request, response, download))
  } catch (error) {
    if (gone.signal.aborted || response.headersSent) return
    if (!(error instanceof AppError)) throw error
    sendRefusal(response, error, await languageOf(request))
  } finally {
    clearTimeout(timer)
    request.socket.off('close', leave)
  }
}

async function send(request: Request, response: Response, download: Download): Promise<void> {
  const { name, size, tag, read } = download
  const answered = answerTo(request.headers, tag, size)
  const range = answered.status === 206 ? answered.range : { start: 0, end: size }
  const hasBody = answered.status === 200 || answered.status === 206
  // What cannot be read is refused before anything is said.
  const pieces = hasBody && request.method !== 'HEAD' ? await read(range) : []
  response
    .status(answered.status)
    .set('cache-control', 'no-store')
    .set('accept-ranges', 'bytes')
    .set('etag', tag)
    .set('content-security-policy', "sandbox; default-src 'none'")
    .set('x-content-type-options', 'nosniff')
  if (answered.status === 416) response.set('content-range', `bytes */${size}`)
  if (answered.status === 206) {
    response.set('content-range', `bytes ${range.start}-${range.end - 1}/${size}`)
  }
  if (hasBody) {
    response
      .set('content-type', 'application/octet-stream')
      .set('content-disposition', attachmentNamed(name))
      .set('content-length', String(range.end - range.start))
  }
  // A source that goes meanwhile ends short of its length, which its reader is told by.
  await pipeline(Readable.from(pieces, { highWaterMark: 1 }), response)
}
