/** A DIGEST-MD5 challenge's directives (RFC 2831 section 2.1.1), text as bytes in ISO 8859-1. */
export interface DigestChallenge {
  readonly realms: readonly string[]
  readonly nonce: string
  readonly qops: readonly string[]
  readonly isUtf8: boolean
}

/** RFC 2831 section 2.1.1: a challenge of 2048 bytes or more is refused. */
const CHALLENGE_LIMIT = 2_048

/** One directive, with the linear white space and empty list elements that its "#rule" allows. */
const DIRECTIVE =
  /[\s,]*([!#$%&'*+.0-9A-Z^_`a-z|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?:,|$)/sy

/** Name and value pairs, values unquoted; undefined for what is no such list. */
export function parseDirectives(bytes: Buffer): [string, string][] | undefined {
  if (bytes.length >= CHALLENGE_LIMIT) return undefined
  const text = bytes.toString('latin1').replace(/[\s,]+$/, '')
  const pairs: [string, string][] = []
  DIRECTIVE.lastIndex = 0
  while (DIRECTIVE.lastIndex < text.length) {
    const match = DIRECTIVE.exec(text)
    if (match === null) return undefined
    const [, name = '', quoted, token = ''] = match
    pairs.push([name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? token])
  }
  return pairs
}

/** Reads a challenge; a sentence for one that must not be answered. */
export function parseDigestChallenge(bytes: Buffer): DigestChallenge | string {
  const pairs = parseDirectives(bytes)
  if (pairs === undefined) return 'the DIGEST-MD5 challenge cannot be read'
  // Only the realm may come several times: the user's choice.
  const names = pairs.map(([name]) => name).filter((name) => name !== 'realm')
  if (new Set(names).size !== names.length) return 'a directive comes twice'
  const values = new Map(pairs)
  const nonce = values.get('nonce')
  if (nonce === undefined || nonce === '') return 'there is no nonce'
  if (values.get('algorithm')?.toLowerCase() !== 'md5-sess') return 'the algorithm is not md5-sess'
  const charset = values.get('charset')
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') return 'the charset is unknown'
  return {
    realms: pairs.filter(([name]) => name === 'realm').map(([, value]) => value),
    nonce,
    qops: (values.get('qop') ?? 'auth').split(/[\s,]+/).map((word) => word.toLowerCase()),
    isUtf8: charset !== undefined,
  }
}
