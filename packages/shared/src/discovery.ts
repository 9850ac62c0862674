import { isHost, normaliseHost } from './host.js'
import { isPlainText, toHalfWidth } from './text.js'

/** The words of finding a mail server's settings by an e-mail address. */

/** Who said so. */
export const DiscoverySource = {
  /** The provider's own autoconfig file. */
  AUTOCONFIG_PROVIDER: 'AUTOCONFIG_PROVIDER',
  /** Mozilla's list of providers. */
  AUTOCONFIG_MOZILLA: 'AUTOCONFIG_MOZILLA',
  /** SRV records of the domain (RFC 6186, RFC 8314). */
  SRV: 'SRV',
  /** Our own list, by where the domain's mail is delivered. */
  MX: 'MX',
  /** Our own list, by the domain. */
  PRESET: 'PRESET',
  /** Usual names that answered. */
  GUESS: 'GUESS',
} as const
export type DiscoverySource = (typeof DiscoverySource)[keyof typeof DiscoverySource]

/** Why a source could not be asked, or its answer not be used. */
export const DiscoverySourceProblem = {
  SWITCHED_OFF: 'SWITCHED_OFF',
  NAME_SERVER_UNREACHABLE: 'NAME_SERVER_UNREACHABLE',
  UNREACHABLE: 'UNREACHABLE',
  TIMED_OUT: 'TIMED_OUT',
  CERTIFICATE_UNTRUSTED: 'CERTIFICATE_UNTRUSTED',
  ADDRESS_FORBIDDEN: 'ADDRESS_FORBIDDEN',
  NOT_UNDERSTOOD: 'NOT_UNDERSTOOD',
} as const
export type DiscoverySourceProblem =
  (typeof DiscoverySourceProblem)[keyof typeof DiscoverySourceProblem]

/** What a person has to know or do besides filling in the form. */
export const DiscoveryNote = {
  /** Not the everyday password: one for mail programs, made in the provider's settings. */
  APP_PASSWORD: 'APP_PASSWORD',
  OAUTH_REQUIRED: 'OAUTH_REQUIRED',
  OAUTH_OFFERED: 'OAUTH_OFFERED',
  /** Mail programs must be let in by a switch in the provider's settings. */
  ENABLE_ACCESS: 'ENABLE_ACCESS',
  /** The user name is one that the provider has given, not the address. */
  PROVIDER_USER_NAME: 'PROVIDER_USER_NAME',
  /** The servers are a program of the provider's that must run beside Mailroom. */
  LOCAL_BRIDGE: 'LOCAL_BRIDGE',
} as const
export type DiscoveryNote = (typeof DiscoveryNote)[keyof typeof DiscoveryNote]

/** What accounts sign in with: the whole address, or what stands before its @. */
export const UsernameForm = { ADDRESS: 'ADDRESS', LOCAL_PART: 'LOCAL_PART' } as const
export type UsernameForm = (typeof UsernameForm)[keyof typeof UsernameForm]

/** RFC 5321 section 4.5.3.1.3, without the angle brackets. */
export const EMAIL_MAX_LENGTH = 254
const LOCAL_PART_MAX_BYTES = 64
// A dot-atom (RFC 5322 section 3.2.3; beyond ASCII, RFC 6532). Quoted local parts are refused: no mail program knows them.
const DOT_ATOM =
  /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u

/** An e-mail address in its parts; the domain as {@link normaliseHost} keeps it. */
export interface EmailParts {
  readonly localPart: string
  readonly domain: string
}

/** Takes one addr-spec apart, as typed (full-width letters are turned into half-width); undefined for anything else. */
export function parseEmail(text: string): EmailParts | undefined {
  const address = toHalfWidth(text)
  if (address.length > EMAIL_MAX_LENGTH || !isPlainText(address)) return undefined
  const at = address.lastIndexOf('@')
  const localPart = address.slice(0, Math.max(0, at))
  const domain = normaliseHost(address.slice(at + 1))
  if (!DOT_ATOM.test(localPart) || utf8Length(localPart) > LOCAL_PART_MAX_BYTES) return undefined
  if (!isHost(domain) || !domain.includes('.') || domain.endsWith('.')) return undefined
  // An address literal names no domain that could be asked.
  if (domain.includes(':') || /^[\d.]+$/.test(domain)) return undefined
  return { localPart, domain }
}

function utf8Length(text: string): number {
  return [...text].reduce((sum, letter) => {
    const point = letter.codePointAt(0) ?? 0
    return sum + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
  }, 0)
}
