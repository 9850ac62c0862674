import {
  DiscoveryNote,
  DiscoverySourceProblem,
  EncryptionMode,
  IncomingAuthMethod,
  isHost,
  isPlainText,
  MailProtocol,
  NAME_MAX_LENGTH,
  normaliseHost,
  PORT_MAX,
  PORT_MIN,
  SmtpAuthMethod,
  UsernameForm,
  type DiscoverySource,
} from '@mailroom/shared'
import type { Candidate, FoundEndpoint, FoundIncoming, FoundOutgoing } from './candidate.js'
import type { MailAddress } from './mail-address.js'
import { readXml, type XmlElement } from './read-xml.js'
import { SourceError } from './source-error.js'

/** socketType of the format. */
const ENCRYPTIONS: Readonly<Record<string, EncryptionMode>> = {
  plain: EncryptionMode.NONE,
  SSL: EncryptionMode.SSL,
  STARTTLS: EncryptionMode.TLS,
}
/** Ways to authenticate that we have too; "plain" and "secure" are its older names. */
const OUTGOING_AUTH: Readonly<Record<string, SmtpAuthMethod>> = {
  'password-cleartext': SmtpAuthMethod.PLAIN,
  plain: SmtpAuthMethod.PLAIN,
  'password-encrypted': SmtpAuthMethod.CRAM_MD5,
  secure: SmtpAuthMethod.CRAM_MD5,
  OAuth2: SmtpAuthMethod.XOAUTH2,
  none: SmtpAuthMethod.NONE,
  'client-IP-address': SmtpAuthMethod.NONE,
  'smtp-after-pop': SmtpAuthMethod.NONE,
}
const INCOMING_AUTH: Readonly<Record<string, IncomingAuthMethod>> = {
  'password-cleartext': IncomingAuthMethod.PASSWORD,
  plain: IncomingAuthMethod.PASSWORD,
  'password-encrypted': IncomingAuthMethod.PASSWORD,
  secure: IncomingAuthMethod.PASSWORD,
  OAuth2: IncomingAuthMethod.XOAUTH2,
}
const PROTOCOLS: Readonly<Record<string, MailProtocol>> = {
  imap: MailProtocol.IMAP4,
  pop3: MailProtocol.POP3,
}

/**
 * Reads a file of Mozilla's autoconfig format, version 1.1: one candidate each for IMAP4 and POP3,
 * with the first encrypted server of each kind, in the file's order of preference.
 */
export function parseAutoconfig(
  xml: string,
  address: MailAddress,
  source: DiscoverySource,
): Candidate[] {
  const provider = readXml(xml).first('clientConfig')?.first('emailProvider')
  if (provider === undefined) throw new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD)
  const fill = (text: string) => filledIn(text, address)
  const outgoing = encryptedFirst(
    provider.all('outgoingServer').flatMap((server) => readOutgoing(server, fill)),
  )
  const incoming = encryptedFirst(
    provider.all('incomingServer').flatMap((server) => readIncoming(server, fill)),
  )
  const [sends] = outgoing
  if (sends === undefined) return []
  const about = { source, providerName: nameOf(provider), documentationUrl: linkOf(provider) }
  return Object.values(MailProtocol)
    .flatMap((protocol) =>
      incoming.filter((each) => each.settings.protocol === protocol).slice(0, 1),
    )
    .sort((a, b) => incoming.indexOf(a) - incoming.indexOf(b))
    .map((receives) => ({
      ...about,
      outgoing: sends.settings,
      incoming: receives.settings,
      usernameForm: receives.usernameForm,
      notes: oauthNotes(sends, receives),
    }))
}

interface Server<Settings extends FoundEndpoint> {
  readonly settings: Settings
  readonly usernameForm: UsernameForm | null
  /** All that the file names, ours or not. */
  readonly methods: readonly string[]
}

function readOutgoing(server: XmlElement, fill: Fill): Server<FoundOutgoing>[] {
  const methods = methodsOf(server)
  const known = methods.find((method) => Object.hasOwn(OUTGOING_AUTH, method))
  const endpoint = server.attribute('type') === 'smtp' ? endpointOf(server, fill) : undefined
  const authMethod = known === undefined ? undefined : OUTGOING_AUTH[known]
  if (endpoint === undefined || authMethod === undefined) return []
  return [{ settings: { ...endpoint, authMethod }, usernameForm: usernameOf(server), methods }]
}

function readIncoming(server: XmlElement, fill: Fill): Server<FoundIncoming>[] {
  const methods = methodsOf(server)
  const known = methods.find((method) => Object.hasOwn(INCOMING_AUTH, method))
  const authMethod = known === undefined ? undefined : INCOMING_AUTH[known]
  const type = server.attribute('type')
  const protocol = Object.hasOwn(PROTOCOLS, type) ? PROTOCOLS[type] : undefined
  const endpoint = endpointOf(server, fill)
  if (endpoint === undefined || authMethod === undefined || protocol === undefined) return []
  const settings = { ...endpoint, protocol, authMethod }
  return [{ settings, usernameForm: usernameOf(server), methods }]
}

function endpointOf(server: XmlElement, fill: Fill): FoundEndpoint | undefined {
  const host = normaliseHost(fill(server.textOf('hostname')))
  const port = Number(server.textOf('port'))
  const socketType = server.textOf('socketType')
  const encryption = Object.hasOwn(ENCRYPTIONS, socketType) ? ENCRYPTIONS[socketType] : undefined
  if (!isHost(host) || encryption === undefined) return undefined
  if (!Number.isInteger(port) || port < PORT_MIN || port > PORT_MAX) return undefined
  return { host, port, encryption }
}

const methodsOf = (server: XmlElement) => server.all('authentication').map(({ text }) => text)

function usernameOf(server: XmlElement): UsernameForm | null {
  const form = server.textOf('username')
  if (form === '%EMAILADDRESS%') return UsernameForm.ADDRESS
  return form === '%EMAILLOCALPART%' ? UsernameForm.LOCAL_PART : null
}

type Fill = (text: string) => string

/** Puts the address's parts where the format has placeholders for them. */
function filledIn(text: string, { address, localPart, domain }: MailAddress): string {
  const parts: Readonly<Record<string, string>> = {
    '%EMAILADDRESS%': address,
    '%EMAILLOCALPART%': localPart,
    '%EMAILDOMAIN%': domain,
  }
  return text.replace(/%EMAIL(?:ADDRESS|LOCALPART|DOMAIN)%/g, (name) => parts[name] ?? name)
}

function encryptedFirst<S extends FoundEndpoint>(servers: readonly Server<S>[]): Server<S>[] {
  const isClear = ({ settings }: Server<S>) => settings.encryption === EncryptionMode.NONE
  return [...servers].sort((a, b) => Number(isClear(a)) - Number(isClear(b)))
}

function oauthNotes(...servers: readonly Server<FoundEndpoint>[]): DiscoveryNote[] {
  const isOauth = (method: string) => method === 'OAuth2'
  if (servers.some(({ methods }) => methods.length > 0 && methods.every(isOauth))) {
    return [DiscoveryNote.OAUTH_REQUIRED]
  }
  return servers.some(({ methods }) => methods.some(isOauth)) ? [DiscoveryNote.OAUTH_OFFERED] : []
}

function nameOf(provider: XmlElement): string | null {
  const name = provider.textOf('displayName')
  return name !== '' && isPlainText(name) ? [...name].slice(0, NAME_MAX_LENGTH).join('') : null
}

/** Shown as text; anything but a page on the web is left out. */
function linkOf(provider: XmlElement): string | null {
  const link = URL.parse(provider.first('documentation')?.attribute('url') ?? '')
  return link !== null && /^https?:$/.test(link.protocol) ? link.href : null
}
