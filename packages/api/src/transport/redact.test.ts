import { describe, expect, it } from 'vitest'
import { createRedact } from './redact.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('createRedact', () => {
  const username = 'alice'
  const password = 'pa"ss\\wörd 日本'
  const redact = createRedact([{ username, password }])

  it.each([
    ['the password', password],
    ['its base64', base64(password)],
    ['its base64 without padding', base64(password).replace(/=+$/, '')],
    ["PLAIN's message", base64(`\0${username}\0${password}`)],
    ["LOGIN's user name", base64(username)],
    ["IMAP's quoted form", password.replace(/[\\"]/g, '\\$&')],
    ['its bytes read as ISO 8859-1', Buffer.from(password).toString('latin1')],
    ['its URL form', encodeURIComponent(password)],
  ])('masks %s', (_name, secret) => {
    expect(redact(`535 you sent ${secret} to me`)).toBe('535 you sent [redacted] to me')
  })

  it('masks before it cuts, so that no beginning of a password is left at the end', () => {
    const said = redact(`${'x'.repeat(490)}${password}`)
    expect(said).not.toContain('pa"')
    expect(said.length).toBeLessThanOrEqual(500)
  })

  it('masks the longer secret where one holds the other', () => {
    const both = createRedact([
      { username, password: 'abcd' },
      { username, password: 'abcdefgh' },
    ])
    expect(both('abcdefgh')).toBe('[redacted]')
  })

  it('escapes what would forge a line or turn the text round', () => {
    expect(createRedact([])('a\r\n\u0000b\u202ec\u001b[31m')).toBe(
      'a\\x0d\\x0a\\x00b\\u202ec\\x1b[31m',
    )
  })

  it('changes nothing for an empty password', () => {
    expect(createRedact([{ username: '', password: '' }])('hello')).toBe('hello')
  })
})
