import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls'

/** What a person needs to know of a server's certificate to trust it or not. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly altNames: readonly string[]
  readonly validFrom: Date
  readonly validTo: Date
  /** SHA-256 of its DER form, 64 lower-case hex digits. */
  readonly fingerprint256: string
  /** Accepted for this connection: by an authority and the name, or because it is the pinned one. */
  readonly trusted: boolean
}

/** A name's length and the number of names are the peer's choice; what is kept of them is ours. */
const TEXT_MAX = 500
const ALT_NAMES_MAX = 100

/** Reads the facts out of Node's form; undefined where the peer showed no certificate, or none that can be read. */
export function certificateFacts(
  certificate: PeerCertificate | DetailedPeerCertificate,
  trusted: boolean,
): CertificateFacts | undefined {
  if (typeof certificate.fingerprint256 !== 'string') return undefined
  const [validFrom, validTo] = [new Date(certificate.valid_from), new Date(certificate.valid_to)]
  if (Number.isNaN(validFrom.getTime()) || Number.isNaN(validTo.getTime())) return undefined
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    altNames: altNames(certificate.subjectaltname),
    validFrom,
    validTo,
    fingerprint256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    trusted,
  }
}

function distinguishedName(name: object | undefined): string {
  const parts = Object.entries(name ?? {}).flatMap(([type, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => `${type}=${String(one)}`),
  )
  return clean(parts.join(', '))
}

function altNames(text: string | undefined): string[] {
  if (text === undefined) return []
  return text
    .split(', ')
    .map((entry) => clean(entry.replace(/^(DNS|IP Address):/, '')))
    .slice(0, ALT_NAMES_MAX)
}

function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it removes
  const shown = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '?')
  return shown.slice(0, TEXT_MAX)
}
