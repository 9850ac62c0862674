const SCHEMES = new Set(['http:', 'https:', 'mailto:'])
/** What a text must look like to name a host: `bank.example`, also with a path behind it. */
const NAMES_HOST =
  /^(?:https?:\/\/)?(?:[^\s/@?#]+@)?((?:[^\s/@?#.:]+\.)+[^\s/@?#.:\d]{2,})(?::\d+)?(?:[/?#]\S*)?$/iu
// Tab and line breaks, which browsers take out of an address, and what else shows nothing.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Where a link really goes, in signs that cannot be taken for others. */
export interface LinkTarget {
  /** As the browser would open it: a host in other letters is in Punycode. */
  readonly href: string
  readonly isMail: boolean
  /** The host, or of mail the address. */
  readonly place: string
  /** Why to look twice. */
  readonly doubt: LinkDoubt | undefined
}
type LinkDoubt = 'OTHER_HOST' | 'LOOKALIKE' | 'CREDENTIALS' | 'NUMBERS'

/** Undefined for whatever is no link of the web or to write mail by; such a link leads nowhere. */
export function linkTarget(href: string, text: string): LinkTarget | undefined {
  const url = parse(href)
  if (url === undefined || !SCHEMES.has(url.protocol)) return undefined
  if (url.protocol === 'mailto:') {
    return { href: url.href, isMail: true, place: mailAddress(url), doubt: undefined }
  }
  if (url.hostname === '') return undefined
  return { href: url.href, isMail: false, place: url.host, doubt: doubtOf(url, text) }
}

/** Only whole addresses: what is relative would be taken for one of Mailroom's own. */
function parse(href: string): URL | undefined {
  const url = URL.parse(href.trim())
  return url ?? undefined
}

function mailAddress({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

function doubtOf(url: URL, text: string): LinkDoubt | undefined {
  const named = NAMES_HOST.exec(text.replace(UNSEEN, ''))?.[1]
  const host = named === undefined ? undefined : parse(`http://${named}`)?.hostname
  if (host !== undefined && withoutWww(host) !== withoutWww(url.hostname)) return 'OTHER_HOST'
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS'
  if (/(?:^|\.)xn--/.test(url.hostname)) return 'LOOKALIKE'
  return /^[\d.]+$|^\[/.test(url.hostname) ? 'NUMBERS' : undefined
}

const withoutWww = (host: string) => host.replace(/^www\./, '')
