import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserRole, type Language } from '@mailroom/shared'
import type { Express, Request, Response } from 'express'
import { callerIn, type Caller } from '../auth/caller.js'
import { AppError, forbidden } from '../errors.js'
import type { ROUTES } from './routes.js'
import { sendRefusal } from './send-json.js'

/** A file that administrators can download. */
interface Download {
  readonly path: (typeof ROUTES)[keyof typeof ROUTES]
  /** What it is called when it is saved, without date and ending. */
  readonly name: Readonly<Record<Language, string>>
  readonly write: (language: Language) => Promise<AsyncGenerator<string>>
}

interface DownloadParts {
  readonly callerOf: (request: Request) => Promise<Caller | undefined>
  readonly languageOf: (request: Request) => Promise<Language>
  readonly downloads: readonly Download[]
}

/** Serves the files that administrators export, written while they are sent. */
export function serveDownloads(
  app: Express,
  { callerOf, languageOf, downloads }: DownloadParts,
): void {
  for (const download of downloads) {
    app.get(download.path, async (request, response) => {
      const language = await languageOf(request)
      try {
        requireAdministrator(await callerOf(request))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return sendRefusal(response, error, language)
      }
      await send(response, download, language)
    })
  }
}

function requireAdministrator(user: Caller | undefined): void {
  if (callerIn({ user }).role !== UserRole.ADMIN) throw forbidden()
}

async function send(response: Response, { name, write }: Download, language: Language) {
  const rows = await write(language)
  response
    .set('cache-control', 'no-store')
    .set('content-type', 'text/csv; charset=utf-8; header=present')
    .set('content-disposition', attachment(name, language, new Date()))
  // Who goes away while it is being written is no fault of ours.
  await pipeline(Readable.from(rows), response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}

/** Names the file in UTF-8 (RFC 6266, RFC 8187), and in ASCII for whoever reads only that. */
function attachment(name: Download['name'], language: Language, now: Date): string {
  const ending = `-${now.toISOString().slice(0, 10)}.csv`
  return `attachment; filename="${name.en}${ending}"; filename*=UTF-8''${encodeURIComponent(name[language] + ending)}`
}
