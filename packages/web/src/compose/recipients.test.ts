import { describe, expect, it } from 'vitest'
import { isSameRecipient, recipientFault, splitRecipients } from './recipients.js'

describe('splitRecipients', () => {
  it('takes a pasted list apart, whatever separates it', () => {
    expect(splitRecipients('a@x.jp; b@x.jp,c@x.jp\r\nd@x.jp，e@x.jp、f@x.jp')).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@x.jp`),
    )
  })
  it('keeps the name before an address, also where it has a comma', () => {
    expect(
      splitRecipients('"Yamada, Taro" <taro@x.jp>, 山田花子 <hanako@x.jp>, <jiro@x.jp>'),
    ).toEqual(['"Yamada, Taro" <taro@x.jp>', '山田花子 <hanako@x.jp>', 'jiro@x.jp'])
  })
  it('leaves out a name that could be taken for an address', () => {
    expect(splitRecipients('"a@evil.jp" <taro@x.jp>; a＠evil.jp <hanako@x.jp>')).toEqual([
      'taro@x.jp',
      'hanako@x.jp',
    ])
  })
  it('reads full-width brackets, and what a link to write has', () => {
    expect(splitRecipients('山田＜taro@x.jp＞, mailto:Taro <taro@x.jp>')).toEqual([
      '山田 <taro@x.jp>',
      'Taro <taro@x.jp>',
    ])
  })
  it('makes one space of many in a name', () => {
    expect(splitRecipients(`a${' '.repeat(90)}b <taro@x.jp>`)).toEqual(['a b <taro@x.jp>'])
  })
  it('drops nothing that is no address', () => {
    expect(splitRecipients('taro, <hanako@>, "open <a@x.jp>')).toEqual([
      'taro',
      '<hanako@>',
      'open <a@x.jp>',
    ])
  })
  it('turns full-width letters into half-width ones', () => {
    expect(splitRecipients('ｔａｒｏ＠ｘ．ｊｐ')).toEqual(['taro@x.jp'])
  })
})

describe('recipientFault', () => {
  it.each([
    ['taro', 'NO_AT'],
    ['ta ro@x.jp', 'INVISIBLE'],
    ['taro\u200b@x.jp', 'INVISIBLE'],
    ['.taro@x.jp', 'LOCAL_PART'],
    ['taro@-x.jp', 'DOMAIN'],
    ['taro@日本/x.jp', 'DOMAIN'],
    [`${'a'.repeat(65)}@x.jp`, 'TOO_LONG'],
    ['a@evil.jp <taro@x.jp>', 'NAME'],
    ['a\uff20evil.jp <taro@x.jp>', 'NAME'],
    ['a\ufe6bevil.jp <taro@x.jp>', 'NAME'],
    ['\uff1ca\uff1e <taro@x.jp>', 'NAME'],
    ['=?utf-8?Q?a=40evil.jp?= <taro@x.jp>', 'NAME'],
    ['a\u202eb <taro@x.jp>', 'NAME'],
    ['\u3164 <taro@x.jp>', 'NAME'],
    [`${'\u{20bb7}'.repeat(101)} <taro@x.jp>`, 'NAME'],
    ['Taro <a@evil.jp> <taro@x.jp>', 'INVISIBLE'],
  ])('says why %j is no address', (text, fault) => {
    expect(recipientFault(text)).toBe(fault)
  })
  it.each(['taro@x.jp', '山田@日本語.jp', 'a+b@[127.0.0.1]', '"Yamada, Taro" <taro@x.jp>'])(
    'takes %s',
    (text) => {
      expect(recipientFault(text)).toBeUndefined()
    },
  )
})

it('knows a mailbox by its address, whatever somebody is called', () => {
  expect(isSameRecipient('Taro <taro@X.jp>', 'taro@x.jp')).toBe(true)
  expect(isSameRecipient('Taro <taro@x.jp>', 'Taro <jiro@x.jp>')).toBe(false)
})
