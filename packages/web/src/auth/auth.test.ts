import { describe, expect, it } from 'vitest'
import { passwordStrength } from './password-strength.js'
import { returnAddress } from './return-address.js'

describe('where to go after signing in', () => {
  it('is where one was', () => {
    expect(returnAddress('/mail-servers/7/edit?x=1', null)).toBe('/mail-servers/7/edit?x=1')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '',
    undefined,
    ['/a'],
    '/sign-in',
  ])('is never another site or the sign-in page itself (%j)', (wanted) => {
    expect(returnAddress(wanted, { role: 'ADMIN' })).toBe('/mail-servers')
    expect(returnAddress(wanted, { role: 'USER' })).toBe('/mail-accounts')
  })
})

describe('the strength of a password', () => {
  it.each([
    ['', 'NONE'],
    ['abc', 'SHORT'],
    ['aaaaaaaaaaaaaaaaaaaa', 'WEAK'],
    ['password123', 'WEAK'],
    ['administrator-2026!', 'WEAK'],
    ['tomato-river-9', 'FAIR'],
    ['長い日本語の文はよい合い言葉です', 'GOOD'],
    ['correct horse battery', 'GOOD'],
  ] as const)('of %j is %s', (password, strength) => {
    expect(passwordStrength(password, 'administrator')).toBe(strength)
  })
})
