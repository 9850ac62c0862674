import { once } from 'node:events'
import type { Language } from '@mailroom/shared'
import type { Express, Request, Response } from 'express'
import { scopeOf, type AccountScope } from '../account/account-scope.js'
import { callerIn, type Caller } from '../auth/caller.js'
import { AppError } from '../errors.js'
import type { MessageService } from '../message/message.service.js'
import { DownloadSlots } from './download-slots.js'
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
  readonly bytes: Buffer
}

/** Whoever has not taken it by then lets others have their turn. */
const DOWNLOAD_MAX_MS = 15 * 60_000

/** Serves what messages are made of to whoever may read them, by session or token. */
export function serveMessages(app: Express, parts: MessageParts): void {
  const { messages } = parts
  const bounded = { ...parts, slots: new DownloadSlots() }
  app.get(ROUTES.messageSource, (request, response) =>
    answer(bounded, request, response, async (scope) => {
      const id = String(request.params['id'])
      return { name: `${id}.eml`, bytes: await messages.source(scope, id) }
    }),
  )
  app.get(ROUTES.attachment, (request, response) =>
    answer(bounded, request, response, (scope) =>
      messages.attachment(scope, String(request.params['id']), Number(request.params['position'])),
    ),
  )
}

async function answer(
  { callerOf, languageOf, slots }: MessageParts & { readonly slots: DownloadSlots },
  request: Request,
  response: Response,
  read: (scope: AccountScope) => Promise<Download>,
): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  response.once('close', leave)
  // A response that waits behind another one on its connection never closes by itself.
  request.socket.once('close', leave)
  const timer = setTimeout(() => response.destroy(), DOWNLOAD_MAX_MS)
  try {
    const caller = callerIn({ user: await callerOf(request) })
    await slots.hold(caller.id, gone.signal, async () => {
      send(response, await read(scopeOf(caller)))
      if (!gone.signal.aborted) await once(gone.signal, 'abort')
    })
  } catch (error) {
    if (gone.signal.aborted) return
    if (!(error instanceof AppError)) throw error
    sendRefusal(response, error, await languageOf(request))
  } finally {
    clearTimeout(timer)
    request.socket.off('close', leave)
  }
}

function send(response: Response, { name, bytes }: Download): void {
  response
    .set('cache-control', 'no-store')
    .set('content-type', 'application/octet-stream')
    .set('content-disposition', attachment(name))
    .set('content-security-policy', "sandbox; default-src 'none'")
    .set('x-content-type-options', 'nosniff')
    .send(bytes)
}

/** Names the file in UTF-8 (RFC 6266, RFC 8187), and in ASCII for whoever reads only that. */
function attachment(name: string): string {
  const ascii = name.replace(/[^\w.-]+/g, '_') || 'attachment'
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
