/** Longer than what browsers and servers agree on. */
const URL_MAX_LENGTH = 8_000
const LINKED = new Set(['http:', 'https:', 'mailto:'])

/** Where a link may lead, written as a browser will read it; undefined: nowhere. */
export function safeLink(href: string): string | undefined {
  const url = parse(href)
  return url !== undefined && LINKED.has(url.protocol) ? url.href : undefined
}

/** A picture's address elsewhere, by a connection that nobody listens to; undefined where it is none. */
export function remoteImage(src: string): string | undefined {
  const url = parse(src)
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined
  url.protocol = 'https:'
  return url.href
}

/** In a mail there is nothing that an address could be relative to. */
function parse(text: string): URL | undefined {
  if (text.length > URL_MAX_LENGTH || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.href.length > URL_MAX_LENGTH ? undefined : url
}
