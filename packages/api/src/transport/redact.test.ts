import { describe, expect, it } from 'vitest'
import { alsoMasking, createRedact, formsOfSaslAnswer } from './redact.js'

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
    ['its bytes in hex', Buffer.from(password).toString('hex').toUpperCase()],
    ["PLAIN's message in hex", Buffer.from(base64(`\0${username}\0${password}`)).toString('hex')],
  ])('masks %s', (_name, secret) => {
    expect(redact(`535 you sent ${secret} to me`)).toBe('535 you sent [redacted] to me')
  })

  it.each([
    ["XOAUTH2's message", base64(`user=alice\x01auth=Bearer ${password}\x01\x01`)],
    ["OAUTHBEARER's message", base64(`n,a=alice,\x01auth=Bearer ${password}\x01\x01`)],
    ["PLAIN's message in capitals", base64(`\0${username}\0${password}`).toUpperCase()],
    ["PLAIN's message cut short", base64(`\0${username}\0${password}`).slice(0, 20)],
    ['the password cut short', password.slice(0, 10)],
  ])('masks %s', (_name, secret) => {
    expect(redact(`you sent ${secret}`)).toBe('you sent [redacted]')
  })

  it('masks what came up in the session: a digest and the answer that carries it', () => {
    const digest = 'd388dad90d4bbd760a152321f2143af7'
    const answer = base64(`username="chris",response=${digest},qop=auth`)
    const more = alsoMasking(redact, formsOfSaslAnswer(answer))
    expect(more(`a ${answer} b ${digest.toUpperCase()} c ${base64(password)}`)).toBe(
      'a [redacted] b [redacted] c [redacted]',
    )
    expect(alsoMasking(redact, formsOfSaslAnswer('AQ=='))('AQ==')).toBe('AQ==')
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
