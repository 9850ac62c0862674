import { createHmac, randomBytes } from 'node:crypto'

/** The key cannot be used; the message is a sentence for whoever started Mailroom, without the key. */
export class SecretKeyError extends Error {
  override name = 'SecretKeyError'
}

/** A key that encrypts what is stored, and the name by which records say that it was this one. */
export interface SecretKey {
  readonly id: string
  readonly bytes: Buffer
}

const KEY_BYTES = 32
/** 16 hex digits: enough to tell a handful of keys apart, nothing from which to guess one. */
const ID_LENGTH = 16
/** Random bytes repeat little (32 of them have about 30 different ones); typed patterns do. */
const DIFFERENT_BYTES_MIN = 12

/**
 * A key as 64 hex digits or as base64 of 32 bytes. Throws {@link SecretKeyError}, which names
 * `source` and not the value.
 */
export function parseSecretKey(text: string, source: string): SecretKey {
  const bytes = decode(text.trim())
  if (bytes?.length !== KEY_BYTES) {
    throw new SecretKeyError(
      `${source} must be 32 random bytes, as 64 hex digits or in base64. Make one with: openssl rand -base64 32`,
    )
  }
  if (new Set(bytes).size < DIFFERENT_BYTES_MIN) {
    throw new SecretKeyError(
      `${source} is too easy to guess. Make a random one with: openssl rand -base64 32`,
    )
  }
  return secretKey(bytes)
}

/** A new random key. */
export function createSecretKey(): SecretKey {
  return secretKey(randomBytes(KEY_BYTES))
}

/** The key as {@link parseSecretKey} takes it. */
export function formatSecretKey(key: SecretKey): string {
  return key.bytes.toString('base64')
}

function secretKey(bytes: Buffer): SecretKey {
  const id = createHmac('sha256', bytes).update('mailroom key id').digest('hex').slice(0, ID_LENGTH)
  return { id, bytes }
}

function decode(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined
}
