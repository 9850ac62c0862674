import { linkTarget } from './link-target.js'

/** Shown of images that a message brings along: by what their bytes are, not by what it says. */
const IMAGE_SIGNS: readonly (readonly [type: string, sign: RegExp])[] = [
  // eslint-disable-next-line no-control-regex -- bytes, and no text
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
]
const SIGN_BYTES = 12

/** A file that a message shows by its Content-ID. */
export interface InlineFile {
  readonly contentId: string | null
  readonly url: string
  readonly size: number
}
const INLINE_BYTES_MAX = 5 * 1024 * 1024

/** Takes HTML apart where nothing of it can load or run. */
export function parseBody(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body
}

/** A link that leads nowhere is text; every other one opens apart, and hands nothing on. */
export function tameLinks(body: HTMLElement): void {
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    const target = linkTarget(link.getAttribute('href') ?? '', link.textContent)
    if (target === undefined) {
      link.removeAttribute('href')
      continue
    }
    link.setAttribute('href', target.href)
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer nofollow')
    link.removeAttribute('ping')
    link.removeAttribute('download')
  }
}

/** Puts the images that came along where the HTML names them. */
export async function showInlineImages(
  body: HTMLElement,
  files: readonly InlineFile[],
): Promise<void> {
  /** An image that is shown many times is fetched once. */
  const urls = new Map<string, Promise<string | undefined>>()
  const urlOf = (contentId: string) => {
    const file = files.find((each) => each.contentId === contentId)
    const url = urls.get(contentId) ?? (file === undefined ? Promise.resolve(file) : imageUrl(file))
    urls.set(contentId, url)
    return url
  }
  await Promise.all(
    [...body.querySelectorAll('img[src^="cid:" i]')].map(async (image) => {
      const url = await urlOf(contentIdOf(image.getAttribute('src') ?? ''))
      if (url === undefined) image.removeAttribute('src')
      else image.setAttribute('src', url)
    }),
  )
}

export function contentIdOf(address: string): string {
  try {
    return decodeURIComponent(address.slice('cid:'.length))
  } catch {
    return address.slice('cid:'.length)
  }
}

async function imageUrl({ url, size }: InlineFile): Promise<string | undefined> {
  if (size > INLINE_BYTES_MAX) return undefined
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    if (!response.ok) return undefined
    const bytes = await response.arrayBuffer()
    const start = String.fromCharCode(...new Uint8Array(bytes.slice(0, SIGN_BYTES)))
    const type = IMAGE_SIGNS.find(([, sign]) => sign.test(start))?.[0]
    return type === undefined ? undefined : await dataUrl(new Blob([bytes], { type }))
  } catch {
    // Its place stays empty: the attachment can still be saved, which says why it cannot be had.
    return undefined
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '')
    reader.onerror = () => reject(new Error('an image could not be read'))
    reader.readAsDataURL(blob)
  })
}
