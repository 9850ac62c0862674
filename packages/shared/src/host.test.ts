import { expect, it } from 'vitest'
import { isHost, isIpv6, normaliseHost } from './host.js'

it.each([
  'mail.example.jp',
  'localhost',
  'a',
  'xn--wgv71a119e.jp',
  '日本語.jp',
  'मेल.भारत',
  'mail_1.example.jp',
  'mail.example.jp.',
  '192.0.2.1',
  '::1',
  '2001:db8::192.0.2.1',
  'fe80::1',
])('%s is a host', (host) => {
  expect(isHost(host)).toBe(true)
})

it.each([
  '',
  '.',
  'a..b',
  '-a.jp',
  'a-.jp',
  'a b',
  'a\tb',
  'a\u0000b',
  'a:25',
  'http://a',
  'a/b',
  'user@a',
  '127.1',
  '256.1.1.1',
  '1.2.3.4.5',
  '0x7f000001',
  '2130706433',
  '1.0x10',
  ':::',
  '1::2::3',
  '12345::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  'fe80::1%eth0',
  '😀.jp',
  '\u3164.jp',
  `${'a'.repeat(64)}.jp`,
  `${'a'.repeat(50)}.${'b'.repeat(50)}`,
])('%j is none', (host) => {
  expect(isHost(host)).toBe(false)
})

it.each([
  [' Mail.Example.JP ', 'mail.example.jp'],
  ['ｍａｉｌ．ｅｘａｍｐｌｅ．ｊｐ', 'mail.example.jp'],
  ['mail。example。jp', 'mail.example.jp'],
  ['[2001:DB8::1]', '2001:db8::1'],
  ['[a]', '[a]'],
  ['１９２．０．２．１', '192.0.2.1'],
])('%j is kept as %j', (typed, kept) => {
  expect(normaliseHost(typed)).toBe(kept)
})

it('takes the forms of IPv6 that RFC 4291 has, and no others', () => {
  expect(
    ['::', '1::', '::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1:2:3:4:5:6:1.2.3.4'].map(isIpv6),
  ).toEqual(Array<boolean>(6).fill(true))
  expect(['1', '1:2', '1.2.3.4::', '::1.2.3', '1:2:3:4:5:6:7:1.2.3.4', 'g::'].map(isIpv6)).toEqual(
    Array<boolean>(6).fill(false),
  )
})
