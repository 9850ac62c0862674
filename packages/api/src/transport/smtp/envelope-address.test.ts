import { describe, expect, it } from 'vitest'
import { parseEnvelopeAddress } from './envelope-address.js'

const local64 = 'a'.repeat(64)

describe('parseEnvelopeAddress', () => {
  it.each([
    ['alice@mail.test', 'alice@mail.test'],
    ["o'hara+tag/x=y@mail.test", "o'hara+tag/x=y@mail.test"],
    ['a.b.c@sub.mail.test', 'a.b.c@sub.mail.test'],
    ['alice@日本語.jp', 'alice@xn--wgv71a119e.jp'],
    ['alice@xn--wgv71a119e.jp', 'alice@xn--wgv71a119e.jp'],
    ['alice@[192.0.2.1]', 'alice@[192.0.2.1]'],
    ['alice@[IPv6:2001:db8::1]', 'alice@[IPv6:2001:db8::1]'],
    [`${local64}@mail.test`, `${local64}@mail.test`],
  ])('takes %s', (text, address) => {
    expect(parseEnvelopeAddress(text)).toEqual({ address, needsSmtpUtf8: false })
  })

  it('knows which address needs SMTPUTF8', () => {
    expect(parseEnvelopeAddress('山田@日本語.jp')).toEqual({
      address: '山田@xn--wgv71a119e.jp',
      needsSmtpUtf8: true,
    })
  })

  it.each([
    ['nothing', ''],
    ['no domain', 'alice'],
    ['an empty local part', '@mail.test'],
    ['an empty domain', 'alice@'],
    ['a line end', 'c@d.jp\r\nRCPT TO:<evil@x.y>'],
    ['a line end at the end', 'alice@mail.test\r\n'],
    ['CR', 'al\rice@mail.test'],
    ['NUL', 'al\u0000ice@mail.test'],
    ['U+0085', 'al\u0085ice@mail.test'],
    ['U+2028', 'al\u2028ice@mail.test'],
    ['a zero-width space', 'al\u200bice@mail.test'],
    ['a bidi override', 'al\u202eice@mail.test'],
    ['a lone surrogate', 'al\ud800ice@mail.test'],
    ['a full-width space', 'al\u3000ice@mail.test'],
    ['a display name', 'Alice <alice@mail.test>'],
    ['angle brackets', '<alice@mail.test>'],
    ['a comment', 'alice@mail.test (c) .evil.com'],
    ['a comment in front', '(x)alice@mail.test'],
    ['a nested comment', 'alice(a(b)c)@mail.test'],
    ['a group', 'team: alice@mail.test;'],
    ['a source route', '@a,@b:alice@mail.test'],
    ['a quoted local part', '"a@evil.test"@mail.test'],
    ['a quoted plain one', '"alice"@mail.test'],
    ['two at signs', 'alice@evil.test@mail.test'],
    ['two addresses', 'alice@mail.test,bob@mail.test'],
    ['a percent hack domain', 'alice@mail%2etest'],
    ['a dot in front', '.alice@mail.test'],
    ['a dot at the end', 'alice.@mail.test'],
    ['two dots', 'a..b@mail.test'],
    ['a domain with a final dot', 'alice@mail.test.'],
    ['a label of 64', `alice@${'a'.repeat(64)}.test`],
    ['a hyphen at a label’s end', 'alice@mail-.test'],
    ['a literal of nothing', 'alice@[]'],
    ['a literal with a line end', 'alice@[1.1.1.1]\r\n'],
    ['a local part of 65', `a${local64}@mail.test`],
    ['a local part of 66 bytes', `${'あ'.repeat(22)}@mail.test`],
    ['255 bytes', `${local64}@${'a.'.repeat(93)}test`],
    ['more than anybody reads', `${'a'.repeat(1_000_000)}@mail.test`],
  ])('refuses %s', (_name, text) => {
    expect(parseEnvelopeAddress(text)).toBeUndefined()
  })
})
