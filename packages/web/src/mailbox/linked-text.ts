import { linkTarget } from './link-target.js'

/** A piece of a text; with an address, a link. */
interface TextPiece {
  readonly text: string
  readonly href?: string
}

/** Signs that end a sentence and no address, Japanese ones too. */
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`{}|\\^\u3000-\u3003\u3008-\u3011\uff00-\uff0f]+/giu
const TRAILING = /[.,;:!?]+$/
const LINKS_MAX = 2_000

/** Splits a plain text at the addresses in it: of http, https and mailto, and of nothing else. */
export function linkedText(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    if (pieces.length > LINKS_MAX * 2) break
    const href = withoutTrail(match[0])
    if (linkTarget(href, href) === undefined) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: href, href })
    end = match.index + href.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** A closing bracket belongs to an address only with its opening one. */
function withoutTrail(address: string): string {
  const cut = address.replace(TRAILING, '')
  const isLone = cut.endsWith(')') && cut.split(')').length > cut.split('(').length
  return isLone ? withoutTrail(cut.slice(0, -1)) : cut
}
