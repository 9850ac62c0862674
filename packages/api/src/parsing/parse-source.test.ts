import { describe, expect, it } from 'vitest'
import { jis, join, mail, mailWith, multipart } from '../../test/support/mail-source.js'
import { toShiftJis } from '../../test/support/shift-jis.js'
import { parseSource, readAttachmentOf } from './parse-source.ts'

const TEXT = '会議のお知らせです。表示と能力。'
const BASE64 = 'Content-Transfer-Encoding: base64'

async function textOf(source: Buffer) {
  return (await parseSource(source)).text
}

describe('the text of a message', () => {
  const degenerate: [string, string, string | null][] = [
    ['nothing', '', null],
    ['one byte', 'x', null],
    ['line breaks only', '\r\n\r\n\r\n', '\n\n'],
    ['a body only', '\r\nbody', 'body'],
    ['a header only', 'Subject: s', null],
    ['a header and its end', 'Subject: s\r\n\r\n', null],
    ['line feeds', 'Subject: s\n\nbody\n', 'body\n'],
    ['carriage returns', 'Subject: s\r\rbody\r', 'body\n'],
    ['a header and no line break at its end', 'From: a@example.com\r\nSubject: s', null],
  ]
  it.each(degenerate)('K-8: of %s', async (_, source, text) => {
    const message = await parseSource(Buffer.from(source))
    expect(message.text ?? '').toBe(text ?? '')
    expect(message.subject).toBe(source.includes('Subject') ? 's' : '')
  })

  it('K-13: ISO-2022-JP and Shift_JIS of which nothing is said, and under a wrong name', async () => {
    expect(await textOf(mail(['From: a@example.com'], jis(TEXT)))).toBe(TEXT)
    expect(await textOf(mail(['From: a@example.com'], toShiftJis(TEXT)))).toBe(TEXT)
    for (const charset of ['utf-8', '""', 'no-such', 'us-ascii']) {
      expect(await textOf(mailWith(`text/plain; charset=${charset}`, toShiftJis(TEXT)))).toBe(TEXT)
      const encoded = toShiftJis(TEXT).toString('base64')
      expect(await textOf(mailWith(`text/plain; charset=${charset}`, encoded, BASE64))).toBe(TEXT)
    }
  })

  it('K-13: what an HTML page says of itself', async () => {
    const page = join(['<meta charset="shift_jis"><p>', toShiftJis('例'), '</p>'])
    expect(await textOf(mailWith('text/html', page))).toBe('例')
  })

  it('K-14: ESC within base64 is no escape of the message', async () => {
    const content = jis(TEXT).toString('base64')
    expect(await textOf(mailWith('text/plain; charset=iso-2022-jp', content, BASE64))).toBe(TEXT)
  })

  it('K-15: quoted-printable and base64 as they come', async () => {
    const quoted = 'Content-Transfer-Encoding: quoted-printable'
    expect(await textOf(mailWith('text/plain', 'a=\r\nb=3D=E3=81=82=ZZ =\r\n', quoted))).toBe(
      'ab=あ=ZZ ',
    )
    expect(await textOf(mailWith('text/plain', 'YW!!Jj\r\n ZA==YQ==\r\n', BASE64))).toBe('abcda')
    const uu = 'begin 644 a\r\n#86)C\r\n`\r\nend\r\n'
    expect(await textOf(mailWith('text/plain', uu, 'Content-Transfer-Encoding: x-uuencode'))).toBe(
      uu.replaceAll('\r\n', '\n'),
    )
  })

  it('reads format=flowed', async () => {
    expect(await textOf(mailWith('text/plain; format=flowed', 'one \r\nline\r\n  two'))).toBe(
      'one line\n two',
    )
  })

  it('K-12: is cut at two mebibytes, and it says so', async () => {
    const message = await parseSource(mailWith('text/plain', 'あ'.repeat(1_000_000)))
    expect(Buffer.byteLength(message.text ?? '')).toBeLessThanOrEqual(2 * 1024 * 1024)
    expect(message).toMatchObject({ isCut: true })
    expect(message.text?.endsWith('あ')).toBe(true)
  })
})

describe('the parts of a message', () => {
  const plain = mail(['Content-Type: text/plain'], 'plain')
  const html = mail(['Content-Type: text/html'], '<p>html &amp; more</p><style>x{}</style>')

  it('takes of alternatives the plain text and the HTML', async () => {
    expect(await parseSource(multipart('alternative', plain, html))).toMatchObject({
      text: 'plain',
      html: '<p>html &amp; more</p><style>x{}</style>',
    })
  })

  it('makes a text of HTML that comes alone', async () => {
    expect(await parseSource(multipart('mixed', html))).toMatchObject({ text: 'html & more' })
  })

  it('K-16: loses no text beside HTML', async () => {
    const footer = mail(['Content-Type: text/plain'], 'a < b')
    const message = await parseSource(multipart('mixed', html, footer))
    expect(message.text).toBe('html & more\na < b')
    expect(message.html).toContain('a &lt; b')
  })

  const boundaries: [string, Buffer][] = [
    ['missing', mailWith('multipart/mixed', '--b\r\n\r\nplain\r\n--b--\r\n')],
    ['empty', mailWith('multipart/mixed; boundary=""', '--\r\n\r\nplain\r\n----\r\n')],
    ['one that never comes', mailWith('multipart/mixed; boundary=c', 'plain')],
    ['never closed', mailWith('multipart/mixed; boundary=b', '--b\r\n\r\nplain')],
    [
      'of 1,000 characters',
      mailWith(
        `multipart/mixed; boundary=${'b'.repeat(1_000)}`,
        `--${'b'.repeat(1_000)}\r\n\r\nplain`,
      ),
    ],
    [
      'the same within',
      mailWith(
        'multipart/mixed; boundary=b',
        '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b--',
      ),
    ],
    [
      'the beginning of another',
      mailWith(
        'multipart/mixed; boundary=b',
        '--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nplain\r\n--bb--\r\n--b--',
      ),
    ],
    [
      'dashes in the text',
      mailWith('multipart/mixed; boundary=b', '--b\r\n\r\n-- \r\nplain\r\n--bx\r\n--b--'),
    ],
  ]
  it.each(boundaries)('K-16: a boundary %s', async (_, source) => {
    expect(await textOf(source)).toContain('plain')
  })

  it('K-18: a message within a message is carried along as it is, and nothing is fetched', async () => {
    const inner = mail(['Subject: inner', 'From: spoofed@example.com'], 'inner text')
    const source = multipart(
      'mixed',
      plain,
      mail(['Content-Type: message/rfc822', 'Content-Disposition: inline'], inner),
      mail(['Content-Type: message/external-body; access-type=URL; URL="http://127.0.0.1:1/"']),
      mail(['Content-Type: message/partial; id=a; number=1'], 'x'),
    )
    const message = await parseSource(source)
    expect(message).toMatchObject({ text: 'plain', subject: '' })
    expect(message.attachments.map(({ contentType }) => contentType)).toEqual([
      'message/rfc822',
      'message/external-body',
      'message/partial',
    ])
    expect((await readAttachmentOf(source, 0))?.equals(inner)).toBe(true)
  })

  it('K-18: reports, signatures, encryption and invitations', async () => {
    const parts = [
      'message/delivery-status',
      'application/pkcs7-signature',
      'application/pgp-encrypted',
      'text/calendar',
    ]
    const message = await parseSource(
      multipart('report', plain, ...parts.map((type) => mail([`Content-Type: ${type}`], type))),
    )
    expect(message.text).toBe('plain\nmessage/delivery-status')
    expect(message.attachments.map(({ contentType }) => contentType)).toEqual(parts.slice(1))
  })

  it('K-18: a digest is read', async () => {
    const digest = multipart('digest', mail([''], mail(['Subject: one'], 'first')))
    expect(await textOf(digest)).toContain('first')
  })
})
