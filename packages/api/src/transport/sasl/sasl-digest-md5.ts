import { DiagnosisProblem } from '@mailroom/shared'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Credentials } from '../redact.js'
import { TransportError } from '../transport-error.js'
import { parseDigestChallenge, parseDirectives } from './digest-challenge.js'
import { badChallenge } from './sasl-errors.js'
import { decodeChallenge, type SaslClient } from './sasl-client.js'

export interface DigestMd5Options {
  /** The protocol's service name and the server's host, as in "smtp/mail.example.com". */
  readonly digestUri: string
  /** Ours by default; the tests give the RFC's. */
  readonly cnonce?: string
}

/** How text becomes the bytes that are hashed. */
type Hashing = 'utf8' | 'rfc'

/**
 * DIGEST-MD5 (RFC 2831), without a security layer. Nothing counts before the server has proven by
 * `rspauth` that it knows the password as well: it is the mechanism's only proof of the server.
 */
export function createDigestMd5(credentials: Credentials, options: DigestMd5Options): SaslClient {
  return new DigestMd5(credentials, options, 'utf8')
}

class DigestMd5 implements SaslClient {
  readonly mechanism = 'DIGEST-MD5'
  #isUtf8 = false
  /** What proves the server; known once we have answered. */
  #rspauth: string | undefined
  #isProven = false

  constructor(
    private readonly credentials: Credentials,
    private readonly options: DigestMd5Options,
    private readonly hashing: Hashing,
  ) {}

  respond(challenge: string): string {
    const bytes = decodeChallenge(challenge)
    if (this.#rspauth !== undefined) return this.#checkProof(bytes)
    if (bytes === undefined) throw badChallenge('the DIGEST-MD5 challenge cannot be read')
    return this.#answer(bytes)
  }

  assertProven(): void {
    if (!this.#isProven) throw unproven()
  }

  /**
   * RFC 2831 section 2.1.2.1 hashes ISO 8859-1 wherever the text fits. Dovecot hashes UTF-8 and
   * refuses the other; Cyrus takes both; others take only the RFC's. The more frequent goes first.
   */
  get alternative(): (() => SaslClient) | undefined {
    const { username, password } = this.credentials
    const isSame = [username, password].every(
      (text) => bytesOf(text, 'rfc') === bytesOf(text, 'utf8'),
    )
    if (this.hashing === 'rfc' || !this.#isUtf8 || isSame) return undefined
    return () => new DigestMd5(this.credentials, this.options, 'rfc')
  }

  #answer(bytes: Buffer): string {
    const challenge = parseDigestChallenge(bytes)
    if (typeof challenge === 'string') throw badChallenge(challenge)
    const { realms, nonce, qops, isUtf8 } = challenge
    if (!qops.includes('auth')) {
      // auth-int and auth-conf want every later byte wrapped.
      throw new TransportError(DiagnosisProblem.AUTH_METHOD_NOT_OFFERED, {
        detail: 'DIGEST-MD5 is offered with a security layer only (no qop=auth)',
      })
    }
    this.#isUtf8 = isUtf8
    const { digestUri, cnonce = randomBytes(16).toString('base64') } = this.options
    const { username, password } = this.credentials
    // Without a charset everything is ISO 8859-1, where that can say it (RFC 2831 section 2.1.1).
    const onWire: Hashing = isUtf8 ? 'utf8' : 'rfc'
    const hashing = isUtf8 ? this.hashing : 'rfc'
    const realm = chooseRealm(realms, bytesOf(username, onWire))
    const a1 = Buffer.concat([
      md5([bytesOf(username, hashing), rehash(realm, isUtf8, hashing), bytesOf(password, hashing)]),
      Buffer.from(`:${nonce}:${cnonce}`, 'latin1'),
    ])
    const prove = (a2: string) =>
      hex([hex([a1]), nonce, '00000001', cnonce, 'auth', hex([`${a2}:${digestUri}`])])
    this.#rspauth = prove('')
    const directives = [
      ...(isUtf8 ? ['charset=utf-8'] : []),
      `username=${quote(bytesOf(username, onWire))}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      'nc=00000001',
      `cnonce=${quote(cnonce)}`,
      `digest-uri=${quote(digestUri)}`,
      `response=${prove('AUTHENTICATE')}`,
      'qop=auth',
    ]
    return Buffer.from(directives.join(','), 'latin1').toString('base64')
  }

  #checkProof(bytes: Buffer | undefined): string {
    const pairs = parseDirectives(bytes ?? Buffer.alloc(0)) ?? []
    const proofs = pairs.filter(([name]) => name === 'rspauth').map(([, value]) => value)
    const [given = ''] = proofs
    const wanted = this.#rspauth ?? ''
    if (this.#isProven || proofs.length !== 1 || given.length !== wanted.length) throw unproven()
    if (!timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(wanted, 'latin1'))) {
      throw unproven()
    }
    this.#isProven = true
    return ''
  }
}

function unproven(): TransportError {
  return new TransportError(DiagnosisProblem.AUTH_SERVER_UNPROVEN)
}

/** The user's own domain if it is offered, else the first that is; none offered is the empty one. */
function chooseRealm(realms: readonly string[], username: string): string {
  const domain = username.slice(username.lastIndexOf('@') + 1)
  return realms.find((realm) => username.includes('@') && realm === domain) ?? realms[0] ?? ''
}

/** Text's bytes, one a character. "rfc": ISO 8859-1 where all of it fits, else UTF-8. */
function bytesOf(text: string, hashing: Hashing): string {
  // eslint-disable-next-line no-control-regex -- the range is that of ISO 8859-1
  const fits = /^[\u0000-\u00ff]*$/.test(text)
  return hashing === 'rfc' && fits ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** The realm's bytes came in the challenge's charset; hashed as ISO 8859-1 they may be others. */
function rehash(realm: string, isUtf8: boolean, hashing: Hashing): string {
  return isUtf8 ? bytesOf(Buffer.from(realm, 'latin1').toString('utf8'), hashing) : realm
}

function quote(bytes: string): string {
  return `"${bytes.replace(/[\\"]/g, '\\$&')}"`
}

function md5(parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('md5')
  parts.forEach((part, index) => {
    if (index > 0) hash.update(':')
    hash.update(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
  })
  return hash.digest()
}

function hex(parts: readonly (string | Buffer)[]): string {
  return md5(parts).toString('hex')
}
