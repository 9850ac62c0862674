import { expect, test } from 'vitest'
import { countIds, isHeld, sameMessage, type KnownIdentity, type Listing } from './judge.js'

const known = (over: Partial<KnownIdentity> = {}): KnownIdentity => ({
  mailboxKey: 'box',
  idKey: 'a',
  sha256: 'bytes',
  messageId: 'm1',
  sizeBytes: 10,
  copies: 1,
  runId: 'r',
  isRemoved: false,
  isMissed: false,
  ...over,
})

const listing = (ids: readonly string[], over: Partial<Listing> = {}): Listing => ({
  mailboxKey: 'box',
  listsAll: true,
  counts: countIds(ids.map((idKey) => ({ idKey, sizeBytes: undefined }))),
  ...over,
})
const listed = (idKey: string | undefined, sizeBytes?: number) => ({ idKey, sizeBytes })

test('an id that is known and was always listed is here: its bytes may have changed since', () => {
  expect(isHeld(listed('a', 99), [known()], listing(['a']), false)).toBe(true)
})

test('an id that is not known, or a message without one, is fetched', () => {
  expect(isHeld(listed('b'), [], listing(['b']), false)).toBe(false)
  expect(isHeld(listed(undefined), [], listing([]), false)).toBe(false)
})

test('an id that was removed or missing, and is there again, is fetched: it may be reused', () => {
  expect(isHeld(listed('a'), [known({ isRemoved: true })], listing(['a']), false)).toBe(false)
  expect(isHeld(listed('a'), [known({ isMissed: true })], listing(['a']), false)).toBe(false)
})

test('more messages of one id than are known are fetched', () => {
  expect(isHeld(listed('a'), [known()], listing(['a', 'a']), false)).toBe(false)
  expect(isHeld(listed('a'), [known({ copies: 2 })], listing(['a', 'a']), false)).toBe(true)
  const two = [known(), known({ sha256: 'other', messageId: 'm2' })]
  expect(isHeld(listed('a'), two, listing(['a', 'a']), false)).toBe(true)
})

test('a UID of another size is fetched', () => {
  const imap = listing(['a'], { listsAll: false })
  expect(isHeld(listed('a', 10), [known()], imap, false)).toBe(true)
  expect(isHeld(listed('a'), [known()], imap, false)).toBe(true)
  expect(isHeld(listed('a', 11), [known()], imap, false)).toBe(false)
})

const fetched = (idKey: string, sha256 = 'bytes') => ({ idKey, sha256 })

test('the same id and bytes are the same message', () => {
  const before = known({ isRemoved: true })
  expect(sameMessage(fetched('a'), [before], listing(['a']))).toBe(before)
})

test('other bytes are another message, whatever the id', () => {
  expect(sameMessage(fetched('a', 'other'), [known()], listing(['a']))).toBeUndefined()
})

test('the same bytes under a new id, where the old one is gone, are the same message', () => {
  expect(sameMessage(fetched('b'), [known()], listing(['b']))?.messageId).toBe('m1')
})

test('the same bytes beside each other are two messages', () => {
  expect(sameMessage(fetched('b'), [known()], listing(['a', 'b']))).toBeUndefined()
})

test('the same bytes under another UID of the same UIDVALIDITY are two messages', () => {
  const imap = listing(['b'], { listsAll: false })
  expect(sameMessage(fetched('b'), [known()], imap)).toBeUndefined()
})

test('the same bytes under another UIDVALIDITY, host or name are one message, and two of them are two', () => {
  const imap = listing(['b', 'c'], { mailboxKey: 'new', listsAll: false })
  const before = known()
  expect(sameMessage(fetched('b'), [before], imap)).toBe(before)
  const renamed = known({ mailboxKey: 'new', idKey: 'b' })
  expect(sameMessage(fetched('c'), [before, renamed], imap)).toBeUndefined()
})

test('the same bytes again after the server removed them for us have come anew', () => {
  expect(sameMessage(fetched('b'), [known({ isRemoved: true })], listing(['b']))).toBeUndefined()
})

test('what will be removed must have the size that is known: its id may be another message’s by now', () => {
  expect(isHeld(listed('a', 10), [known()], listing(['a']), true)).toBe(true)
  expect(isHeld(listed('a', 11), [known()], listing(['a']), true)).toBe(false)
  expect(isHeld(listed('a'), [known()], listing(['a']), true)).toBe(false)
})
