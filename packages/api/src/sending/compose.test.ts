import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { compose, NO_OUTSIDE, type Composition } from './compose.js'

const MAIL: Composition = {
  messageId: '<a@example.jp>',
  date: new Date('2026-01-02T03:04:05Z'),
  from: { name: '', address: 'taro@example.jp' },
  to: [{ name: '', address: 'hanako@example.jp' }],
  cc: [],
  subject: 'Hello',
  text: 'Hi',
  html: null,
  attachments: [],
  inReplyTo: undefined,
  references: [],
}

const composed = async (mail: Partial<Composition>) => compose({ ...MAIL, ...mail })
/** Header fields, unfolded. */
const fieldsOf = (source: Buffer) =>
  (source.toString('latin1').split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n')

describe('compose', () => {
  it('reads nothing but what it is given (H-4)', () => {
    expect(NO_OUTSIDE).toEqual({ disableFileAccess: true, disableUrlAccess: true })
  })

  it('writes the date and the id that it is given', async () => {
    const fields = fieldsOf(await composed({}))
    expect(fields).toContain('Date: Fri, 02 Jan 2026 03:04:05 +0000')
    expect(fields).toContain('Message-ID: <a@example.jp>')
  })

  it.each([
    ['a dot alone', 'a\n.\nb'],
    ['a dot between bare CRs', 'a\r.\rb'],
    ['mixed line ends around a dot', 'a\r\n.\nb'],
    ['leading dots', '.a\n..b\n...'],
    ['a line of 100,000', 'x'.repeat(100_000)],
    ['Japanese', '山田様\n\nお世話になっております。🎉\n'],
    ['From at the start', 'From here on\nFrom there'],
    ['spaces at the end', 'a  \nb\t\n\n\n'],
    ['control characters', 'a\u0007b\u001bc\u0085d\u2028e'],
    ['equals signs', '=0A=3D =\n='],
    ['nothing', ''],
  ])('delivers %s as it was written (H-3)', async (_name, text) => {
    const source = await composed({ text })
    const wire = source.toString('latin1')
    expect(wire.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(Math.max(...wire.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
    expect(wire).toMatch(/^[\r\n\t -~]*$/)
    expect(withoutLast(bodyOf(source))).toBe(withoutLast(text.replace(/\r\n|\r|\n/g, '\r\n')))
  })

  it('says names, subjects and file names of any script (RFC 2047, RFC 2231)', async () => {
    const subject = '見積もりの件'.repeat(12)
    const filename = `請求書「${'長'.repeat(60)}」.pdf`
    const source = await composed({
      from: { name: '山田, "花子"', address: 'hanako@example.jp' },
      subject,
      attachments: [{ filename, contentType: 'application/pdf', content: Buffer.from([0, 255]) }],
    })
    const parsed = await simpleParser(source)
    expect(parsed.subject).toBe(subject)
    expect(parsed.from?.value).toEqual([{ name: '山田, "花子"', address: 'hanako@example.jp' }])
    expect(parsed.attachments[0]).toMatchObject({ filename, contentType: 'application/pdf' })
    expect(parsed.attachments[0]?.content).toEqual(Buffer.from([0, 255]))
    for (const field of fieldsOf(source)) expect(field).toMatch(/^[\x20-\x7e]*$/)
  })

  it.each(['a\r\nBcc: evil@x.y', 'a\nX-Evil: 1', 'a\rb', 'a\u0000b', 'a\u2028b', 'a\u0085b'])(
    'begins no header with what is in a text: %j (H-1)',
    async (evil) => {
      const source = await composed({
        subject: evil,
        from: { name: evil, address: 'taro@example.jp' },
        inReplyTo: `<${evil}@x>`,
        references: [`<${evil}@x>`],
        attachments: [{ filename: evil, contentType: evil, content: Buffer.from('x') }],
      })
      const names = fieldsOf(source).map((field) => field.split(':')[0])
      expect(names).not.toContain('Bcc')
      expect(names).not.toContain('X-Evil')
      expect(source.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/)
    },
  )

  it('carries a message as a file, its bytes untouched', async () => {
    const content = Buffer.from('Subject: x\n\nbare\rline ends \x80\xff')
    const source = await composed({
      attachments: [{ filename: 'a.eml', contentType: 'message/rfc822', content }],
    })
    expect(source.toString('latin1')).toContain('Content-Type: application/octet-stream')
    const [attachment] = (await simpleParser(source)).attachments
    expect(attachment?.content).toEqual(content)
  })

  it('is no attachment alone, where there is no text', async () => {
    const attachments = [
      { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('file') },
    ]
    const parsed = await simpleParser(await composed({ text: '', attachments }))
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['a.txt'])
    expect((parsed.text ?? '').trim()).toBe('')
  })

  it('offers text and HTML for the recipient to choose', async () => {
    const parsed = await simpleParser(await composed({ text: '平文', html: '<p>整形</p>' }))
    expect([parsed.text?.trim(), parsed.html]).toEqual(['平文', '<p>整形</p>'])
  })
})

/** The single part, decoded by its own encoding and by nothing that smooths it. */
function bodyOf(source: Buffer): string {
  const [head = '', ...rest] = source.toString('latin1').split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/^Content-Transfer-Encoding: base64/im.test(head)) {
    return Buffer.from(body, 'base64').toString('utf8')
  }
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** The last line end may be the message's own. */
const withoutLast = (text: string) => text.replace(/\r\n$/, '')
