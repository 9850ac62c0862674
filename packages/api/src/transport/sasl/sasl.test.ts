import { describe, expect, it } from 'vitest'
import { isSendable } from './sasl-client.js'
import { saslCramMd5 } from './sasl-cram-md5.js'
import { saslPlain } from './sasl-plain.js'

const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString('utf8')
const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64')

it('puts name and password of PLAIN between NULs, in UTF-8', () => {
  expect(decode(saslPlain({ username: 'alice', password: '日本' }))).toBe('\0alice\0日本')
})

describe('saslCramMd5', () => {
  const tim = { username: 'tim', password: 'tanstaaftanstaaf' }

  it('answers the example of RFC 2195', () => {
    const challenge = encode('<1896.697170952@postoffice.reston.mci.net>')
    expect(decode(saslCramMd5(challenge, tim))).toBe('tim b913a602c7eda7a495b4e6e7334d3890')
  })

  it.each([
    '',
    '!!!',
    encode('no brackets'),
    encode('<a b>'),
    encode('<é>'),
    encode('<>'),
    'A'.repeat(5_000),
  ])('gives no answer to the challenge %j', (challenge) => {
    expect(saslCramMd5(challenge, tim)).toBeUndefined()
  })
})

it.each(['a\rb', 'a\nb', 'a\0b'])('refuses to send %j', (text) => {
  expect(isSendable(text)).toBe(false)
})
