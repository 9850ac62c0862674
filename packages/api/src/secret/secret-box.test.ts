import { expect, it } from 'vitest'
import { asPlaintext, SecretBox, SecretUnreadableError } from './secret-box.js'
import { createSecretKey, formatSecretKey, parseSecretKey, SecretKeyError } from './secret-key.js'

const place = { table: 'oauth_grant', id: 'a', field: 'refresh_token' }
const secret = asPlaintext('hush 秘密 \0 "')
const key = createSecretKey()
const box = new SecretBox({ current: key, others: [] })
const sealed = () => box.seal(secret, place)

it('opens where it was sealed, and its bytes hold nothing of the secret', () => {
  expect(box.open(sealed(), place)).toBe(secret)
  expect(sealed().includes('hush')).toBe(false)
  expect(box.open(box.seal(asPlaintext(''), place), place)).toBe('')
})

it('never seals the same secret to the same bytes', () => {
  const nonces = Array.from({ length: 100_000 }, () => sealed().subarray(9, 21).toString('hex'))
  expect(new Set(nonces).size).toBe(nonces.length)
})

it.each([
  ['table', { ...place, table: 'oauth_provider' }],
  ['row', { ...place, id: 'b' }],
  ['field', { ...place, field: 'access_token' }],
])('does not open in another %s', (_what, other) => {
  expect(() => box.open(sealed(), other)).toThrow(SecretUnreadableError)
})

it('does not open with any one bit flipped, or cut anywhere', () => {
  const record = sealed()
  for (let index = 0; index < record.length; index += 1) {
    const flipped = Buffer.from(record)
    flipped.writeUInt8(record.readUInt8(index) ^ 1, index)
    expect(() => box.open(flipped, place)).toThrow(SecretUnreadableError)
    expect(() => box.open(record.subarray(0, index), place)).toThrow(SecretUnreadableError)
  }
  expect(() => box.open(Buffer.concat([record, Buffer.of(0)]), place)).toThrow(
    SecretUnreadableError,
  )
})

it('does not open with a key that it does not have; an older one reads and does not write', () => {
  const newer = createSecretKey()
  expect(() => new SecretBox({ current: newer, others: [] }).open(sealed(), place)).toThrow(
    SecretUnreadableError,
  )
  const ring = new SecretBox({ current: newer, others: [key] })
  expect(ring.open(sealed(), place)).toBe(secret)
  expect(() => box.open(ring.seal(secret, place), place)).toThrow(SecretUnreadableError)
})

it('says which secret it was and nothing of what it held', () => {
  expect(() => box.open(Buffer.from(secret), place)).toThrow(
    /^the secret oauth_grant\.refresh_token of a cannot be decrypted$/,
  )
})

it('takes a key as hex or base64', () => {
  expect(parseSecretKey(key.bytes.toString('hex'), 'X').id).toBe(key.id)
  expect(parseSecretKey(` ${formatSecretKey(key)}\n`, 'X').id).toBe(key.id)
})

it.each([
  ['short', 'c2hvcnQ='],
  ['cut by one digit', key.bytes.toString('hex').slice(1)],
  ['33 bytes long', Buffer.alloc(33, 7).toString('base64')],
  ['all the same', '00'.repeat(32)],
  ['a pattern', '0123456789abcdef'.repeat(4)],
  ['no key at all', 'correct horse battery staple'],
])('refuses a key that is %s, without repeating it', (_what, text) => {
  const parse = () => parseSecretKey(text, 'MAILROOM_SECRET_KEY')
  expect(parse).toThrow(SecretKeyError)
  expect(parse).toThrow(/^MAILROOM_SECRET_KEY /)
  expect(parse).not.toThrow(text)
})

it('has one fingerprint for a text, which another key has not and the text cannot be told from', () => {
  const other = new SecretBox({ current: createSecretKey(), others: [] })
  expect(box.fingerprint('hush')).toBe(box.fingerprint('hush'))
  expect(box.fingerprint('hush')).not.toBe(box.fingerprint('hush!'))
  expect(box.fingerprint('hush')).not.toBe(other.fingerprint('hush'))
})
