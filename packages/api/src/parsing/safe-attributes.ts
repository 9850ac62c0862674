import { escapeHtml } from './escape-html.ts'
import type { InlineImages } from './inline-images.ts'
import { safeStyle } from './safe-style.ts'
import { remoteImage, safeLink } from './safe-url.ts'

const words = (text: string) => new Set(text.split(' '))

/** What says how something looks, on whatever element. No id, name or class: they would name something of ours. */
const LOOKS = words(
  'align bgcolor border cellpadding cellspacing clear color colspan compact dir face frame headers height hspace lang noshade nowrap reversed rowspan rules scope size span start type valign value vspace width',
)
const LOOK = /^[\w\s#%.,+*'-]{0,100}$|^[\p{L}\p{N}\s,'-]{0,100}$/u
/** What is read to whoever asks for it. */
const TEXTS = words('abbr alt summary title')
const TEXT_MAX_LENGTH = 2_000

interface SafeAttributes {
  /** With a space before each. */
  readonly written: string
  /** Whether it is a picture that is elsewhere. */
  readonly isRemote: boolean
}

/** The attributes of an element that may stay, and what links and pictures need besides. */
export function safeAttributes(
  name: string,
  attributes: Readonly<Record<string, string>>,
  images: InlineImages,
  showsRemote: boolean,
): SafeAttributes {
  const kept = Object.entries(attributes).map(([key, value]): [string, string | undefined] => [
    key,
    safeValue(key, value),
  ])
  if (name === 'a') kept.push(...linkOf(attributes['href'] ?? ''))
  const picture = name === 'img' ? pictureOf(attributes['src'] ?? '', images, showsRemote) : NONE
  kept.push(...picture.kept)
  const written = kept.flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeHtml(value)}"`],
  )
  return { written: written.join(''), isRemote: picture.isRemote }
}

const NONE = { kept: [], isRemote: false }

function safeValue(key: string, value: string): string | undefined {
  if (LOOKS.has(key)) return LOOK.test(value) ? value : undefined
  if (TEXTS.has(key)) return value.slice(0, TEXT_MAX_LENGTH).toWellFormed()
  if (key === 'style') return safeStyle(value) || undefined
  return undefined
}

function linkOf(href: string): [string, string][] {
  const link = safeLink(href)
  if (link === undefined) return []
  return [
    ['href', link],
    ['target', '_blank'],
    ['rel', 'noopener noreferrer nofollow'],
  ]
}

function pictureOf(src: string, images: InlineImages, showsRemote: boolean) {
  const remote = remoteImage(src)
  if (remote === undefined) {
    const url = images.urlOf(src)
    const kept: [string, string][] = url === undefined ? [] : [['src', url]]
    return { kept, isRemote: false }
  }
  const kept: [string, string][] = showsRemote
    ? [
        ['src', remote],
        ['referrerpolicy', 'no-referrer'],
      ]
    : []
  return { kept, isRemote: true }
}
