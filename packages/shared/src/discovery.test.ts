import { describe, expect, it } from 'vitest'
import { parseEmail } from './discovery.js'

describe('parseEmail', () => {
  it.each([
    ['taro@example.co.jp', 'taro', 'example.co.jp'],
    [' ｔａｒｏ＠Ｅｘａｍｐｌｅ．ｃｏ．ｊｐ ', 'taro', 'example.co.jp'],
    ['Taro.Yamada+mail@EXAMPLE.com', 'Taro.Yamada+mail', 'example.com'],
    ['太郎@日本語.jp', '太郎', '日本語.jp'],
  ])('reads %s', (text, localPart, domain) => {
    expect(parseEmail(text)).toEqual({ localPart, domain })
  })

  it.each([
    '',
    'taro',
    '@example.com',
    'taro@',
    'taro@localhost',
    'taro@192.0.2.1',
    'taro@[192.0.2.1]',
    'taro@example.com, hanako@example.com',
    'a@b@example.com',
    'Taro <taro@example.com>',
    'ta ro@example.com',
    'taro@exa mple.com',
    'taro\r\n@example.com',
    '.taro@example.com',
    'ta..ro@example.com',
    'taro@example.com/path',
    'taro@example.com:8080',
    `${'x'.repeat(65)}@example.com`,
    `taro@${'a.'.repeat(130)}com`,
  ])('refuses %j', (text) => {
    expect(parseEmail(text)).toBeUndefined()
  })
})
