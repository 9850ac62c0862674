import { UPLOADS_PATH } from '@mailroom/shared'
import { interrupt } from '../auth/useInterruption.js'
import type { ComposeFileFragment } from '../generated/mail.js'
import { currentLanguage } from '../i18n/i18n.js'

/** A file that the API did not take, with its sentence; empty where it said none. */
export class UploadRefused extends Error {
  override name = 'UploadRefused'
  constructor(
    readonly status: number,
    readonly sentence: string,
  ) {
    super(`refused with ${status}`)
  }
}
/** Somebody has taken it back. */
export class UploadCancelled extends Error {
  override name = 'UploadCancelled'
}

const UNAUTHENTICATED = 401
const NO_ANSWER = 0

/** Sends one file. Its progress is told in bytes, which fetch() cannot do. */
export function sendFile(file: File, tellSent: (bytes: number) => void) {
  let request: XMLHttpRequest | undefined
  let isCancelled = false

  const attempt = () =>
    new Promise<ComposeFileFragment>((resolve, reject) => {
      if (isCancelled) return reject(new UploadCancelled())
      request = new XMLHttpRequest()
      const { upload } = request
      const current = request
      current.open('POST', `${UPLOADS_PATH}?name=${encodeURIComponent(file.name)}`)
      current.setRequestHeader('content-type', file.type || 'application/octet-stream')
      current.setRequestHeader('accept-language', currentLanguage())
      upload.addEventListener('progress', ({ loaded }) => tellSent(loaded))
      current.addEventListener('abort', () => reject(new UploadCancelled()))
      current.addEventListener('error', () => reject(new UploadRefused(NO_ANSWER, '')))
      current.addEventListener('load', () => {
        const made = readMade(current.responseText)
        if (made !== undefined && current.status < 300) resolve(made)
        else reject(new UploadRefused(current.status, readSentence(current.responseText)))
      })
      current.send(file)
    })

  async function send(): Promise<ComposeFileFragment> {
    try {
      return await attempt()
    } catch (error) {
      const isSessionOver = error instanceof UploadRefused && error.status === UNAUTHENTICATED
      if (!isSessionOver || !(await interrupt())) throw error
      return attempt()
    }
  }
  return {
    done: send(),
    cancel: () => {
      isCancelled = true
      request?.abort()
    },
  }
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function readMade(text: string): ComposeFileFragment | undefined {
  const { id, filename, contentType, size } = readJson(text)
  return typeof id === 'string' &&
    typeof filename === 'string' &&
    typeof contentType === 'string' &&
    typeof size === 'number'
    ? { id, filename, contentType, size }
    : undefined
}

function readSentence(text: string): string {
  const { errors } = readJson(text)
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return isRecord(first) && typeof first['message'] === 'string' ? first['message'] : ''
}
