import { describe, expect, it } from 'vitest'
import { eucJp, hex, jis, join, mail, word } from '../../test/support/mail-source.js'
import { toShiftJis } from '../../test/support/shift-jis.js'
import { parseSource } from './parse-source.ts'

const NAME = '表示 能力'

async function subjectOf(...headers: readonly (string | Buffer)[]) {
  return (await parseSource(mail(headers))).subject
}

describe('Japanese headers (GOAL-23)', () => {
  const raw: [string, Buffer][] = [
    ['ISO-2022-JP', jis(NAME.replace(' ', ''))],
    ['Shift_JIS', toShiftJis(NAME.replace(' ', ''))],
    ['EUC-JP', eucJp(NAME.replace(' ', ''))],
    ['UTF-8', Buffer.from(NAME.replace(' ', ''))],
  ]
  it.each(raw)('K-13: %s as it is, without encoded words', async (_, bytes) => {
    const message = await parseSource(
      mail([
        join(['Subject: Re: ', bytes]),
        join(['From: "', bytes, '" <a@example.com>']),
        join(['To: ', bytes, ' <b@example.com>, ', bytes, ' <c@example.com>']),
      ]),
    )
    expect(message.subject).toBe('Re: 表示能力')
    expect(message.from).toEqual({ name: '表示能力', address: 'a@example.com' })
    expect(message.to.map(({ name }) => name)).toEqual(['表示能力', '表示能力'])
  })

  it('K-13: what is said of the body tells what the header is in', async () => {
    const short = toShiftJis('例')
    expect(
      await subjectOf(join(['Subject: ', short]), 'Content-Type: text/plain; charset=Shift_JIS'),
    ).toBe('例')
  })

  const encoded: [string, string, string][] = [
    ['iso-2022-jp', word('iso-2022-jp', jis(NAME)), NAME],
    ['iso-2022-jp-ms', word('iso-2022-jp-ms', jis('①㈱髙')), '①㈱髙'],
    ['Windows-31J', word('Windows-31J', hex('8740 fbfc b6b8')), '①髙ｶｸ'],
    ['euc-jp', word('euc-jp', eucJp(NAME)), NAME],
    ['utf-8 that is Shift_JIS', word('utf-8', toShiftJis('会議のお知らせ')), '会議のお知らせ'],
    ['a charset that nobody knows', word('x-none', Buffer.from(NAME)), NAME],
    ['no charset', word('', Buffer.from(NAME)), NAME],
    ['a language', word('utf-8*ja', Buffer.from(NAME)), NAME],
    ['utf-7', '=?utf-7?Q?+iGh5Og-?=', '表示'],
    ['Q', '=?utf-8?q?=E8=A1=A8_=E7=A4=BA?=', '表 示'],
  ]
  it.each(encoded)('K-13: an encoded word of %s', async (_, header, text) => {
    expect(await subjectOf(`Subject: ${header}`)).toBe(text)
    const { from } = await parseSource(mail([`From: ${header} <a@example.com>`]))
    expect(from).toEqual({ name: text, address: 'a@example.com' })
  })

  it('K-13: characters and escapes that go on from one encoded word to the next', async () => {
    const utf8 = Buffer.from('表示')
    const sevenBit = jis('表示')
    for (const [charset, bytes] of [
      ['utf-8', utf8],
      ['iso-2022-jp', sevenBit],
    ] as const) {
      const [one, two] = [word(charset, bytes.subarray(0, 4)), word(charset, bytes.subarray(4))]
      expect(await subjectOf(`Subject: ${one}\r\n ${two}`)).toBe('表示')
    }
    expect(await subjectOf(`Subject: =?utf-8?B?6KGo?= =?utf-8?Q?=E7=A4=BA?= x`)).toBe('表示 x')
    expect(
      await subjectOf(`Subject: ${word('utf-8', utf8)} ${word('euc-jp', eucJp('能力'))}`),
    ).toBe('表示能力')
  })

  it('K-14: an escape left open costs nothing but itself', async () => {
    const open = jis('表示').subarray(0, -3)
    const message = await parseSource(
      mail([join(['Subject: ', open]), 'From: a@example.com'], 'text'),
    )
    expect(message).toMatchObject({
      subject: '表示',
      from: { address: 'a@example.com' },
      text: 'text',
    })
  })
})
