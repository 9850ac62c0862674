import { describe, expect, it } from 'vitest'
import { joinSmtpReply, parseEhlo, parseSmtpReplyLine } from './smtp-reply-parser.js'

describe('parseSmtpReplyLine', () => {
  it.each([
    ['250 OK', { code: 250, last: true, text: 'OK' }],
    ['250-SIZE 10', { code: 250, last: false, text: 'SIZE 10' }],
    ['250', { code: 250, last: true, text: '' }],
    ['334 ', { code: 334, last: true, text: '' }],
    ['535 5.7.8 否', { code: 535, last: true, text: '5.7.8 否' }],
  ])('reads %j', (line, reply) => {
    expect(parseSmtpReplyLine(line)).toEqual(reply)
  })

  it.each([
    '',
    '25',
    '2500 OK',
    '250OK',
    '150 no such class',
    '650 nor this',
    ' 250 OK',
    '+OK',
    '* OK',
  ])('takes %j for no reply', (line) => {
    expect(parseSmtpReplyLine(line)).toBeUndefined()
  })
})

describe('joinSmtpReply', () => {
  const line = (code: number) => ({ code, last: false, text: 'x' })

  it('refuses lines of different codes, and none at all', () => {
    expect(joinSmtpReply([line(250), line(550)])).toBeUndefined()
    expect(joinSmtpReply([])).toBeUndefined()
  })
})

describe('parseEhlo', () => {
  it('reads keywords without regard to case and leaves the greeting line out', () => {
    const extensions = parseEhlo({ code: 250, lines: ['AUTH.example', 'starttls', 'Size 100'] })
    expect([...extensions]).toEqual([
      ['STARTTLS', []],
      ['SIZE', ['100']],
    ])
  })

  it('joins the old and the new form of AUTH', () => {
    const lines = ['mail.test', 'AUTH PLAIN LOGIN', 'AUTH=LOGIN CRAM-MD5']
    expect(parseEhlo({ code: 250, lines }).get('AUTH')).toEqual(['PLAIN', 'LOGIN', 'CRAM-MD5'])
  })
})
