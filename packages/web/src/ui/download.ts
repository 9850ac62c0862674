import { currentLanguage } from '../i18n/i18n.js'
import type { Translate } from '../i18n/useText.js'

/** A download that the API refused; the status says why. */
class DownloadRefused extends Error {
  override name = 'DownloadRefused'
  constructor(readonly status: number) {
    super(`refused with ${status}`)
  }
}

/**
 * Saves what an address of ours answers as a file. Not by a plain link: one whose session has ended
 * would get a file with an error in it.
 */
export async function download(path: string): Promise<void> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    headers: { 'accept-language': currentLanguage() },
  })
  if (!response.ok) throw new DownloadRefused(response.status)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = fileNameIn(response.headers.get('content-disposition'))
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

const UNAUTHENTICATED = 401
const NOT_FOUND = 404

/** Why a download failed, in words. */
export function downloadProblem(error: unknown, t: Translate): string {
  if (!(error instanceof DownloadRefused)) return t('errors.NETWORK')
  if (error.status === UNAUTHENTICATED) return t('errors.UNAUTHENTICATED')
  return t(error.status === NOT_FOUND ? 'errors.NOT_FOUND' : 'errors.INTERNAL')
}

/** RFC 8187: the name in UTF-8 stands behind `filename*`. */
function fileNameIn(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded === undefined ? '' : decodeURIComponent(encoded)
}
