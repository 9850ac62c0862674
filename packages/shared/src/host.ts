import { HOST_MAX_LENGTH } from './mail-server.js'
import { toHalfWidth } from './text.js'

const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/
// Letters, digits and combining marks of any script (IDN, RFC 5890); hyphens inside; underscores as real hosts have them.
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?$/u

/** How a host is kept: half-width, without spaces around it, without the brackets of an IPv6 literal, in lower case. */
export function normaliseHost(host: string): string {
  const text = toHalfWidth(host).normalize('NFKC').toLowerCase()
  return text.startsWith('[') && text.endsWith(']') && isIpv6(text.slice(1, -1))
    ? text.slice(1, -1)
    : text
}

/** An IPv6 literal without zone (RFC 4291 section 2.2). */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups: string[] = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  let count = groups.length
  if (last !== undefined && last.includes('.')) {
    if (!IPV4.test(last) || text.endsWith('::')) return false
    groups.pop()
    count += 1
  }
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? count < 8 : count === 8
}

/**
 * Whether a normalised text names a mail server: a host name (IDN allowed), an IPv4 or an IPv6 literal.
 * No scheme, port, path, space or control character. Numbers that resolvers read as addresses
 * (127.1, 0x7f000001, 2130706433) are refused: they hide where they lead.
 */
export function isHost(host: string): boolean {
  if (host === '' || [...host].length > HOST_MAX_LENGTH) return false
  // They draw nothing, so that two hosts would look like one.
  if (/\p{Default_Ignorable_Code_Point}/u.test(host)) return false
  if (IPV4.test(host) || isIpv6(host)) return true
  const name = host.endsWith('.') ? host.slice(0, -1) : host
  const labels = name.split('.')
  if (!labels.every((label) => label.length <= 63 && LABEL.test(label))) return false
  const last = labels.at(-1) ?? ''
  return !/^(\d+|0x[0-9a-f]*)$/i.test(last)
}
