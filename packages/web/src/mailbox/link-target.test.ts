import { describe, expect, it } from 'vitest'
import { linkTarget } from './link-target.js'

describe('where a link goes', () => {
  it('is told with its host', () => {
    expect(linkTarget('https://www.example.com/a?b#c', 'here')).toEqual({
      ...{ href: 'https://www.example.com/a?b#c', place: 'www.example.com', isMail: false },
      doubt: undefined,
    })
    expect(linkTarget('mailto:a%40b@example.com?subject=x', '')?.place).toBe('a@b@example.com')
  })

  it.each([
    'javascript:alert(1)',
    ' java\tscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    '/settings',
    '//',
    '#top',
    'https://',
    '',
  ])('is nowhere for %j', (href) => {
    expect(linkTarget(href, '')).toBeUndefined()
  })

  it('is doubted where the text names another host', () => {
    const doubt = (text: string) => linkTarget('https://evil.example/login', text)?.doubt
    expect(doubt('https://bank.example/login')).toBe('OTHER_HOST')
    expect(doubt('bank.example')).toBe('OTHER_HOST')
    expect(doubt(' www.bank\u200b.example ')).toBe('OTHER_HOST')
    expect(doubt('www.evil.example/login')).toBeUndefined()
    expect(doubt('Log in to your bank')).toBeUndefined()
  })

  it('is in Punycode, and doubted, where letters of another script look like ours', () => {
    const target = linkTarget('https://аррӏе.com/', 'Apple')
    expect(target?.place).toBe('xn--80ak6aa92e.com')
    expect(target?.doubt).toBe('LOOKALIKE')
  })

  it('is doubted where a name stands before the host, or only numbers', () => {
    expect(linkTarget('https://bank.example@evil.example/', 'x')?.doubt).toBe('CREDENTIALS')
    expect(linkTarget('http://0x7f.1/', 'x')).toMatchObject({
      place: '127.0.0.1',
      doubt: 'NUMBERS',
    })
  })
})
