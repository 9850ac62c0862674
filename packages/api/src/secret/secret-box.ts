import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { SecretKey } from './secret-key.js'
import type { SecretKeys } from './secret-keys.js'

declare const PLAINTEXT: unique symbol
declare const CIPHERTEXT: unique symbol
/** A secret that can be read: never stored, logged or answered. */
export type Plaintext = string & { readonly [PLAINTEXT]: true }
/** A secret as it is stored. */
export type Ciphertext = Buffer & { readonly [CIPHERTEXT]: true }

/** Where a secret stands; bound to it, so that it opens nowhere else. */
export interface SecretPlace {
  readonly table: string
  readonly id: string
  readonly field: string
}

/** A stored secret that does not open; says where it stands and nothing of what it holds. */
export class SecretUnreadableError extends Error {
  override name = 'SecretUnreadableError'

  constructor({ table, id, field }: SecretPlace, cause?: unknown) {
    super(`the secret ${table}.${field} of ${id} cannot be decrypted`, { cause })
  }
}

const VERSION = 1
const ID_BYTES = 8
/** 96 random bits (NIST SP 800-38D section 8.2.2): good for 2^32 secrets of one key. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const HEADER_BYTES = 1 + ID_BYTES
const CIPHER = 'aes-256-gcm'

/** Marks a text as a secret from here on. */
export function asPlaintext(text: string): Plaintext {
  return text as Plaintext
}

function asCiphertext(bytes: Buffer): Ciphertext {
  return bytes as Ciphertext
}

/**
 * Encrypts what is stored: AES-256-GCM, bound to its table, row and field.
 * A record is version (1 byte), key id (8), nonce (12), ciphertext, tag (16).
 */
export class SecretBox {
  #current: SecretKey
  #keys: ReadonlyMap<string, SecretKey>

  /**
   * @param readAgain the keys as they are now, since one may be replaced while we run; undefined where
   *   they are what they were
   */
  constructor(
    keys: SecretKeys,
    private readonly readAgain: () => SecretKeys | undefined = () => undefined,
  ) {
    this.#current = keys.current
    this.#keys = ringOf(keys)
  }

  /** The ids of the keys that it has, the one that encrypts first. */
  get keyIds(): readonly [string, ...string[]] {
    const others = [...this.#keys.keys()].filter((id) => id !== this.#current.id)
    return [this.#current.id, ...others]
  }

  /** Takes the keys as they are now. Throws where they cannot be read, and goes on with those it has. */
  reload(): void {
    const keys = this.readAgain()
    if (keys === undefined) return
    this.#current = keys.current
    this.#keys = ringOf(keys)
  }

  seal(text: Plaintext, place: SecretPlace): Ciphertext {
    const header = Buffer.concat([Buffer.of(VERSION), Buffer.from(this.#current.id, 'hex')])
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, this.#current.bytes, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(boundTo(header, place))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return asCiphertext(Buffer.concat([header, nonce, sealed, cipher.getAuthTag()]))
  }

  /** Throws {@link SecretUnreadableError} where it was changed, moved, cut, or sealed with an unknown key. */
  open(record: Buffer, place: SecretPlace): Plaintext {
    const header = record.subarray(0, HEADER_BYTES)
    const key = this.#find(header.subarray(1).toString('hex'))
    const isLongEnough = record.length >= HEADER_BYTES + NONCE_BYTES + TAG_BYTES
    if (!isLongEnough || header[0] !== VERSION || key === undefined) {
      throw new SecretUnreadableError(place)
    }
    try {
      const body = record.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES)
      const nonce = record.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES)
      const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(boundTo(header, place)).setAuthTag(record.subarray(-TAG_BYTES))
      return asPlaintext(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'))
    } catch (cause) {
      throw new SecretUnreadableError(place, cause)
    }
  }

  /**
   * Tells texts apart without telling anything of them: whoever has no key can try none out. Another
   * key has others, so they are for what is soon over.
   */
  fingerprint(text: string): string {
    const key = Buffer.from(hkdfSync('sha256', this.#current.bytes, '', 'fingerprint', KEY_BYTES))
    return createHmac('sha256', key).update(text).digest('hex')
  }

  /** Another process may have begun to encrypt with a key before we were told of it. */
  #find(id: string): SecretKey | undefined {
    if (id.length === ID_BYTES * 2 && !this.#keys.has(id)) {
      try {
        this.reload()
      } catch {
        // As good as not there; whoever follows the keys says why (follow-keys.ts).
      }
    }
    return this.#keys.get(id)
  }
}

const ringOf = ({ current, others }: SecretKeys) =>
  new Map([current, ...others].map((key) => [key.id, key]))

/** JSON keeps the three apart whatever characters they have. */
function boundTo(header: Buffer, { table, id, field }: SecretPlace): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([table, id, field]))])
}
