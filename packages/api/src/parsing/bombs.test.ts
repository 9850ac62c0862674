import { afterAll, describe, expect, it } from 'vitest'
import { mail, mailWith } from '../../test/support/mail-source.js'
import { MessageParser } from './message-parser.ts'

const FROM = 'From: a@example.com'
const PART = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'

function many(count: number, write: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => write(number)).join('')
}

function nested(count: number, write: (number: number) => string): Buffer {
  return Buffer.from(`${FROM}\r\n${many(count, write)}\r\nx`)
}

const html = (body: string) => mailWith('text/html', body)

/** Whatever they cost, they cost it here and nothing else (docs/decisions/0023). */
const bombs: [string, () => Buffer][] = [
  ['K-7: 100,000 parts', () => mailWith('multipart/mixed; boundary=b', PART.repeat(100_000))],
  ['K-7: a million parts', () => mailWith('multipart/mixed; boundary=b', PART.repeat(1_000_000))],
  [
    'K-7: 5,000 multiparts in each other',
    () => nested(5_000, (n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`),
  ],
  [
    'K-7: 5,000 messages in each other',
    () => nested(5_000, () => 'Content-Type: message/rfc822\r\n\r\n'),
  ],
  ['K-7: 100,000 header fields', () => mail([FROM, many(100_000, (n) => `X-${n}: x\r\n`)])],
  ['K-7: a header field of 8 MB', () => mail([FROM, `Subject: ${'x '.repeat(4_000_000)}`])],
  [
    'K-7: 100,000 recipients',
    () => mail([FROM, `To: ${many(100_000, (n) => `"N ${n}" <a${n}@example.com>, `)}`]),
  ],
  [
    'K-7: 50,000 encoded words',
    () => mail([FROM, `Subject: ${'=?utf-8?Q?=E3=81=82?= '.repeat(50_000)}`]),
  ],
  [
    'K-7: 50,000 encoded words in a name',
    () => mail([`From: ${'=?utf-8?B?44GC?= '.repeat(50_000)}<a@example.com>`]),
  ],
  [
    'K-7: 20,000 pieces of RFC 2231',
    () =>
      mail([
        FROM,
        `Content-Type: application/pdf${many(20_000, (n) => `;\r\n name*${n}*=${n === 0 ? "utf-8''" : ''}%41`)}`,
      ]),
  ],
  [
    'K-7: 100,000 references',
    () => mail([FROM, `References: ${many(100_000, (n) => `<${n}@example.com> `)}`]),
  ],
  ['K-6: a megabyte of combining marks', () => mail([FROM], `e${'\u0301'.repeat(500_000)}`)],
  ['K-14: a million escapes', () => mail([FROM], '\x1b$B'.repeat(1_000_000))],
  [
    'K-16: 20,000 lines that are nearly the boundary',
    () => mailWith('multipart/mixed; boundary=bb', '--b\r\n'.repeat(20_000)),
  ],
  ['K-19: mailto: 200,000 times', () => mail([FROM], 'mailto:'.repeat(200_000))],
  ['K-19: an address of 273 kB', () => mail([`From: ${'a'.repeat(273_000)}`])],
  ['K-19: addresses of comments', () => mail([FROM, `To: a${'(b)'.repeat(80_000)}@example.com`])],
  ['K-19: addresses of brackets', () => mail([FROM, `To: ${'<'.repeat(250_000)}`])],
  ['K-19: addresses of groups', () => mail([FROM, `To: ${'a:'.repeat(125_000)}`])],
  [
    'K-19: a charset of quotes',
    () => mailWith(`text/plain; charset=${'\\"'.repeat(100_000)}x`, 'x'),
  ],
  ['K-19: HTML 200,000 deep', () => html('<b>'.repeat(200_000))],
  ['K-19: HTML that never begins', () => html('<'.repeat(1_000_000))],
  ['K-19: HTML of spaces', () => html(`${'&nbsp;'.repeat(200_000)}x${' \t'.repeat(200_000)}`)],
  ['K-19: HTML of comments', () => html('<!--'.repeat(300_000))],
  ['K-19: HTML of meta', () => html('<meta '.repeat(300_000))],
]

describe('bombs', () => {
  const parser = new MessageParser()
  afterAll(() => parser.close())

  it.each(bombs)('%s', async (_name, make) => {
    const outcome = await parser.parse(make())
    if (outcome.ok) expect(outcome.message.from).not.toBeNull()
    else expect(outcome.problem).toMatch(/^PARSE_(?:TIMEOUT|MEMORY|FAILED)$/)
    const next = await parser.parse(mail(['Subject: next']))
    expect(next).toMatchObject({ ok: true, message: { subject: 'next' } })
  })
})
