import { describe, expect, it } from 'vitest'
import { hex, jis, join, mail, multipart } from '../../test/support/mail-source.js'
import { toShiftJis } from '../../test/support/shift-jis.js'
import { parseSource, readAttachmentOf } from './parse-source.ts'

const BASE64 = 'Content-Transfer-Encoding: base64'

describe('attachments', () => {
  const file = (...headers: readonly (string | Buffer)[]) =>
    multipart('mixed', mail(['Content-Type: text/plain'], 'x'), mail(headers, 'content'))
  const nameOf = async (...headers: readonly (string | Buffer)[]) =>
    (await parseSource(file(...headers))).attachments[0]?.filename

  it('are described and read by their position', async () => {
    const content = Buffer.from([0, 1, 2, 0xff])
    const source = multipart(
      'mixed',
      mail(['Content-Type: text/plain'], 'x'),
      mail(['Content-Type: application/pdf; name=a.pdf', BASE64], content.toString('base64')),
      mail(['Content-Type: Image/PNG', 'Content-ID: <logo@x>'], 'png'),
    )
    expect((await parseSource(source)).attachments).toEqual([
      {
        position: 0,
        filename: 'a.pdf',
        contentType: 'application/pdf',
        sizeBytes: 4,
        contentId: null,
        isInline: false,
      },
      {
        position: 1,
        filename: null,
        contentType: 'image/png',
        sizeBytes: 3,
        contentId: 'logo@x',
        isInline: false,
      },
    ])
    expect(await readAttachmentOf(source, 0)).toEqual(content)
    expect(await readAttachmentOf(source, 2)).toBeNull()
  })

  it('are inline where the HTML shows them', async () => {
    const { attachments } = await parseSource(
      multipart(
        'related',
        mail(['Content-Type: text/html'], '<img src="cid:a%40x">'),
        mail(['Content-Type: image/png', 'Content-ID: <a@x>']),
        mail(['Content-Type: image/png', 'Content-ID: <b@x>']),
      ),
    )
    expect(attachments.map(({ isInline }) => isInline)).toEqual([true, false])
  })

  const names: [string, string | Buffer, string | null][] = [
    [
      'RFC 2231',
      "Content-Disposition: attachment; filename*0*=utf-8''%E8%A1%A8; filename*1*=%E7%A4%BA.pdf",
      '表示.pdf',
    ],
    [
      'RFC 2231 in ISO-2022-JP',
      "Content-Disposition: attachment; filename*=iso-2022-jp''%1B$BI=%3C(%1B(B.pdf",
      '表示.pdf',
    ],
    [
      'an encoded word',
      'Content-Type: a/b; name="=?iso-2022-jp?B?GyRCST08KBsoQg==?=.pdf"',
      '表示.pdf',
    ],
    [
      'raw Shift_JIS',
      join(['Content-Disposition: attachment; filename="', toShiftJis('表示です.pdf'), '"']),
      '表示です.pdf',
    ],
    [
      'raw ISO-2022-JP',
      join(['Content-Disposition: attachment; filename="', jis('表示'), '.pdf"']),
      '表示.pdf',
    ],
    ['folders', 'Content-Disposition: attachment; filename="../../etc/passwd"', 'passwd'],
    ['folders of Windows', 'Content-Disposition: attachment; filename="C:\\\\a\\\\b.txt"', 'b.txt'],
    ['dots', 'Content-Disposition: attachment; filename=".."', null],
    ['K-5: NUL', 'Content-Disposition: attachment; filename="a\0.pdf"', 'a\uFFFD.pdf'],
    [
      'K-6: text turned around',
      'Content-Disposition: attachment; filename="a\u202efdp.exe"',
      'a\uFFFDfdp.exe',
    ],
  ]
  it.each(names)('are named by %s', async (_, header, filename) => {
    expect(await nameOf(header, 'Content-Disposition: attachment')).toBe(filename)
  })

  it('K-12: keep the ending of a name that is cut', async () => {
    const message = await parseSource(
      file(`Content-Disposition: attachment; filename="${'a'.repeat(65_536)}.exe"`),
    )
    const name = message.attachments[0]?.filename ?? ''
    expect(name).toHaveLength(255)
    expect(name).toMatch(/^a+\.exe$/)
    expect(message.isCut).toBe(true)
  })

  it('K-12: more than are kept', async () => {
    const parts = Array.from({ length: 1_500 }, () => mail(['Content-Type: image/png'], 'x'))
    const message = await parseSource(multipart('mixed', ...parts))
    expect(message.attachments).toHaveLength(1_000)
    expect(message.isCut).toBe(true)
  })

  it('K-17: are never unpacked', async () => {
    const gzip = hex('1f8b 0800 0000 0000 0003')
    const source = file('Content-Type: application/gzip', BASE64)
    const bomb = multipart(
      'mixed',
      mail(['Content-Type: application/x-gzip64', BASE64], gzip.toString('base64')),
    )
    expect((await parseSource(bomb)).attachments[0]?.sizeBytes).toBe(10)
    expect(await readAttachmentOf(bomb, 0)).toEqual(gzip)
    expect((await parseSource(source)).attachments[0]?.contentType).toBe('application/gzip')
  })

  it('K-15: binary content is kept to the byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const source = multipart(
      'mixed',
      mail(['Content-Type: a/b', 'Content-Transfer-Encoding: binary'], bytes),
    )
    expect(await readAttachmentOf(source, 0)).toEqual(bytes)
  })

  it('a type that is none is any', async () => {
    const { attachments } = await parseSource(
      file('Content-Type: "<script>"', 'Content-Disposition: attachment'),
    )
    expect(attachments[0]?.contentType).toBe('application/octet-stream')
  })
})
