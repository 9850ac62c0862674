import { decodePercent } from './decode-percent.ts'

/** Of all pictures that are shown within one message, as they are set into its HTML. */
const INLINE_MAX_LENGTH = 8 * 1024 * 1024

/** What a picture's first bytes say that it is; the sender's word for it counts for nothing. */
function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp'
  return undefined
}

/** The pictures that a message brings along, as addresses that hold them. */
export class InlineImages {
  isCut = false
  readonly #images: ReadonlyMap<string, Uint8Array>
  #left = INLINE_MAX_LENGTH
  readonly #urls = new Map<string, string | undefined>()

  /** @param images the bytes by Content-ID */
  constructor(images: ReadonlyMap<string, Uint8Array>) {
    this.#images = images
  }

  /** For `cid:` and `data:`; undefined where it is no picture, or where there would be too much of them. */
  urlOf(src: string): string | undefined {
    const [, scheme = '', rest = ''] = /^\s*(cid|data):([^]*)$/i.exec(src) ?? []
    if (scheme === '') return undefined
    return scheme.toLowerCase() === 'cid' ? this.#byContentId(rest.trim()) : this.#ofData(rest)
  }

  #byContentId(given: string): string | undefined {
    const id = decodePercent(given)
    if (!this.#urls.has(id)) this.#urls.set(id, toUrl(this.#images.get(id)))
    return this.#counted(this.#urls.get(id))
  }

  #ofData(rest: string): string | undefined {
    const base64 = /^[^,]{0,200};base64\s*,([A-Za-z0-9+/=\s%]*)$/i.exec(rest)?.[1]
    return base64 === undefined ? undefined : this.#counted(toUrl(Buffer.from(base64, 'base64')))
  }

  /** One that is shown twice counts twice: that is how it is written. */
  #counted(url: string | undefined): string | undefined {
    if (url === undefined) return undefined
    if (url.length > this.#left) {
      this.isCut = true
      return undefined
    }
    this.#left -= url.length
    return url
  }
}

function toUrl(bytes: Uint8Array | undefined): string | undefined {
  const type = bytes && imageType(bytes)
  return bytes && type && `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
