import { Parser } from 'htmlparser2'
import { escapeHtml } from './escape-html.ts'
import type { InlineImages } from './inline-images.ts'
import { SAFE_HTML_MAX_DEPTH, SAFE_HTML_MAX_LENGTH } from './parsing-limits.ts'
import { safeAttributes } from './safe-attributes.ts'

const words = (text: string) => new Set(text.split(' '))

const SHOWN = words(
  'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr',
)
const VOID = words('br col hr img wbr')
/** Nothing within them is a message's own words; of all other unknown elements, what is within stays. */
const DROPPED = words(
  'applet audio canvas embed frameset iframe math noembed noframes object script select style svg template textarea title video',
)

/** HTML that may be shown. */
export interface SanitisedHtml {
  readonly html: string
  /** Whether it has pictures that are elsewhere. */
  readonly hasRemoteContent: boolean
  /** Whether there was too much of something. */
  readonly isCut: boolean
}

/**
 * Writes strangers' HTML anew: out of what is read come only elements and attributes that are named
 * here, and all else is text with its signs escaped. Nothing in it can switch a browser's parser out
 * of plain HTML (no raw text, no SVG, no MathML, no comment), so that it reads what was written.
 *
 * @param showsRemote whether pictures from elsewhere may load
 */
export function sanitiseHtml(
  html: string,
  images: InlineImages,
  showsRemote: boolean,
): SanitisedHtml {
  const writer = new SafeWriter(images, showsRemote)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        writer.open(name, attributes)
        if (writer.isFull) parser.pause()
      },
      onclosetag: () => writer.close(),
      ontext: (text) => writer.text(text),
    },
    { decodeEntities: true },
  )
  parser.write(html)
  if (!writer.isFull) parser.end()
  return writer.end()
}

class SafeWriter {
  readonly #images: InlineImages
  readonly #showsRemote: boolean
  readonly #pieces: string[] = []
  /** What closes each open element; empty where nothing was written of it. */
  readonly #closing: string[] = []
  #length = 0
  /** How many elements are open since one whose content is dropped. */
  #dropped = 0
  #hasRemote = false
  isFull = false

  constructor(images: InlineImages, showsRemote: boolean) {
    this.#images = images
    this.#showsRemote = showsRemote
  }

  open(given: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#dropped > 0 || DROPPED.has(given)) this.#dropped++
    this.isFull ||= this.#closing.length + this.#dropped >= SAFE_HTML_MAX_DEPTH
    if (this.isFull || this.#dropped > 0) return
    // What a page's body looks like is what its message looks like.
    const name = given === 'body' ? 'div' : given
    if (!SHOWN.has(name)) {
      this.#closing.push('')
      return
    }
    const { written, isRemote } = safeAttributes(name, attributes, this.#images, this.#showsRemote)
    this.#hasRemote ||= isRemote
    this.#write(`<${name}${written}>`)
    this.#closing.push(VOID.has(name) ? '' : `</${name}>`)
  }

  close(): void {
    if (this.isFull) return
    if (this.#dropped > 0) this.#dropped--
    else this.#write(this.#closing.pop() ?? '')
  }

  text(text: string): void {
    if (this.#dropped === 0 && !this.isFull) this.#write(escapeHtml(text))
  }

  end(): SanitisedHtml {
    const closing = this.#closing.reverse().join('')
    return {
      html: this.#pieces.join('') + closing,
      hasRemoteContent: this.#hasRemote,
      isCut: this.isFull || this.#images.isCut,
    }
  }

  #write(piece: string): void {
    this.#length += piece.length
    this.#pieces.push(piece)
    if (this.#length > SAFE_HTML_MAX_LENGTH) this.isFull = true
  }
}
